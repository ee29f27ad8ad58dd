// SPDX-License-Identifier: MIT

using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lapel.DeviceGate.Rules;

/// <summary>volatile: the v1 runtime has no such modifier. One cooperative loop needs none.</summary>
public sealed class VolatileRule : IlRule
{
    public override string? OfType(TypeReference type) =>
        type is RequiredModifierType { ModifierType.FullName: "System.Runtime.CompilerServices.IsVolatile" }
            ? "volatile: v1 does not know it"
            : null;

    public override string? OfInstruction(Instruction instruction) =>
        instruction.OpCode.Code == Code.Volatile ? "volatile access: v1 does not know it" : null;
}
