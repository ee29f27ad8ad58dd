// SPDX-License-Identifier: MIT

using Mono.Cecil;

namespace Lapel.DeviceGate.Rules;

/// <summary>Locals of one method: v1 stops at 255, and the device compiler may count differently.</summary>
public sealed class LocalCountRule : IlRule
{
    public const int Limit = 200;

    public override string? OfDefinition(MethodDefinition method) =>
        method.HasBody && method.Body.Variables.Count > Limit
            ? $"{method.Body.Variables.Count} locals, more than {Limit}: v1 holds 255 at most"
            : null;
}
