// SPDX-License-Identifier: MIT

using Mono.Cecil;

namespace Lapel.DeviceGate.Rules;

/// <summary>Fields of the core library's SpanByte: a ref struct there (1.17.11), which the API listing does not say.</summary>
public sealed class SpanFieldRule : IlRule
{
    public override string? OfDefinition(FieldDefinition field) =>
        field.FieldType.FullName == "System.SpanByte"
            ? "field of type SpanByte: a ref struct on the device, its compiler refuses it"
            : null;
}
