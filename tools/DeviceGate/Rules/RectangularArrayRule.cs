// SPDX-License-Identifier: MIT

using Mono.Cecil;

namespace Lapel.DeviceGate.Rules;

/// <summary>Arrays of more than one dimension: the v1 runtime has vectors only.</summary>
public sealed class RectangularArrayRule : IlRule
{
    public override string? OfType(TypeReference type) =>
        type is ArrayType { IsVector: false } ? $"rectangular array {type.FullName}: v1 has one-dimensional arrays only" : null;
}
