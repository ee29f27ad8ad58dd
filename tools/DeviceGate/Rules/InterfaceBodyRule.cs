// SPDX-License-Identifier: MIT

using Mono.Cecil;

namespace Lapel.DeviceGate.Rules;

/// <summary>Interface members with bodies: the v1 runtime does not look for a method's body in an interface.</summary>
public sealed class InterfaceBodyRule : IlRule
{
    public override string? OfDefinition(MethodDefinition method) =>
        method.DeclaringType.IsInterface && method.HasBody ? "interface member with a body: v1 does not find it when it is called" : null;
}
