// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace Lapel.DeviceGate;

/// <summary>What an assembly weighs. The device format addresses IL and initialiser data with 16 bits each.</summary>
/// <param name="Name">Assembly name.</param>
/// <param name="IlBytes">Sum of the method bodies' code.</param>
/// <param name="DataBytes">Sum of the initialiser data of static arrays.</param>
/// <param name="Types">Types, compiler-made ones included.</param>
public sealed record AssemblySize(string Name, int IlBytes, int DataBytes, int Types)
{
    /// <summary>60 KB of the format's 64 KB.</summary>
    public const int Limit = 60 * 1024;

    public static AssemblySize Of(ModuleDefinition module)
    {
        var types = module.GetTypes().ToArray();
        return new AssemblySize(
            module.Assembly.Name.Name,
            types.SelectMany(type => type.Methods).Where(method => method.HasBody).Sum(method => method.Body.CodeSize),
            types.SelectMany(type => type.Fields).Where(field => field.RVA != 0).Sum(field => field.InitialValue.Length),
            types.Length
        );
    }

    public IEnumerable<Violation> Check(string where)
    {
        if (IlBytes > Limit)
        {
            yield return new Violation(
                where,
                "IL",
                $"{IlBytes} bytes, more than {Limit}: an assembly holds less than 64 KB of IL on v1; split it"
            );
        }

        if (DataBytes > Limit)
        {
            yield return new Violation(
                where,
                "initialiser data",
                $"{DataBytes} bytes, more than {Limit}: an assembly holds less than 64 KB of it on v1; split it"
            );
        }
    }
}
