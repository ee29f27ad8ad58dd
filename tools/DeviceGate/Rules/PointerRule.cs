// SPDX-License-Identifier: MIT

using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lapel.DeviceGate.Rules;

/// <summary>Raw memory: the v1 runtime moves its objects and has neither pointers nor stack memory.</summary>
public sealed class PointerRule : IlRule
{
    public override string? OfType(TypeReference type) =>
        type switch
        {
            PointerType => $"pointer {type.FullName}: v1 has no pointers",
            FunctionPointerType => "function pointer: v1 has no pointers",
            PinnedType => "pinned local (fixed): v1 has no pointers",
            _ => null,
        };

    public override string? OfInstruction(Instruction instruction) =>
        instruction.OpCode.Code switch
        {
            Code.Localloc => "stackalloc: v1 has no stack memory",
            Code.Calli => "call through a function pointer: v1 has no pointers",
            Code.Cpblk or Code.Initblk => $"{instruction.OpCode.Name}: v1 has no pointers",
            _ => null,
        };
}
