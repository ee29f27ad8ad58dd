// SPDX-License-Identifier: MIT

using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lapel.DeviceGate.Rules;

/// <summary>
/// Floating point, refused in every device assembly: the frame path must not wait for it, and sums that go into evidence must come out the
/// same on host and device. <see cref="FloatingPointAllowance"/> names the exceptions.
/// </summary>
public sealed class FloatingPointRule : IlRule
{
    public override string? OfType(TypeReference type) =>
        type.MetadataType is MetadataType.Single or MetadataType.Double ? $"floating point ({type.Name}): not in device code" : null;

    public override string? OfInstruction(Instruction instruction)
    {
        switch (instruction.OpCode.Code)
        {
            case Code.Ldc_R4:
            case Code.Ldc_R8:
            case Code.Conv_R4:
            case Code.Conv_R8:
            case Code.Conv_R_Un:
            case Code.Ldelem_R4:
            case Code.Ldelem_R8:
            case Code.Stelem_R4:
            case Code.Stelem_R8:
            case Code.Ldind_R4:
            case Code.Ldind_R8:
            case Code.Stind_R4:
            case Code.Stind_R8:
                return $"floating point ({instruction.OpCode.Name}): not in device code";
            default:
                return null;
        }
    }
}
