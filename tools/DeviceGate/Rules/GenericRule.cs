// SPDX-License-Identifier: MIT

using Mono.Cecil;

namespace Lapel.DeviceGate.Rules;

/// <summary>Generic types and methods, own or used: the v1 runtime has no generics.</summary>
public sealed class GenericRule : IlRule
{
    const string Why = "v1 has no generics";

    public override string? OfDefinition(TypeDefinition type) => type.HasGenericParameters ? $"generic type: {Why}" : null;

    public override string? OfDefinition(MethodDefinition method) => method.HasGenericParameters ? $"generic method: {Why}" : null;

    public override string? OfType(TypeReference type) => type is GenericInstanceType ? $"uses {type.FullName}: {Why}" : null;

    public override string? OfCall(MethodReference method) =>
        method is GenericInstanceMethod ? $"calls generic {method.Name}: {Why}" : null;
}
