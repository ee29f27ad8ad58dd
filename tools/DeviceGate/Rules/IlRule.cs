// SPDX-License-Identifier: MIT

using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lapel.DeviceGate.Rules;

/// <summary>
/// A thing that compiles and then breaks on nanoFramework v1. Each question is answered with what is wrong and why, or null.
/// Everything is asked of every definition and of every use in code.
/// </summary>
public abstract class IlRule
{
    public virtual string? OfDefinition(TypeDefinition type) => null;

    public virtual string? OfDefinition(MethodDefinition method) => null;

    public virtual string? OfDefinition(FieldDefinition field) => null;

    /// <summary>A type as written anywhere in a signature, a local or an instruction; element types are asked about one by one.</summary>
    public virtual string? OfType(TypeReference type) => null;

    /// <summary>A method that an instruction names.</summary>
    public virtual string? OfCall(MethodReference method) => null;

    public virtual string? OfInstruction(Instruction instruction) => null;
}
