// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lapel.CostMeter.Rewriting;
using Lapel.DeviceGate;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;

namespace Lapel.CostMeter.Tests;

/// <summary>
/// What is counted on the host is what the device would run: every method has the same instructions when it is compiled against the
/// device's API. It may differ only where the device lacks what the host has, and by two instructions in the assemblies that touch the
/// simulated API, which has a property here or there where the device's has a field, and in methods that call DateTime or String.
/// </summary>
[TestClass]
public sealed class DeviceIlTests
{
    static readonly string[] OnSimulatedApi = ["Lapel.Hal.Esp32", "Lapel.App"];

    [TestMethod]
    public void HostAndDeviceBuildsHaveTheSameInstructions()
    {
        string root = Root();
        string? references = ReferenceAssemblies.Find(root, out string why);
        if (references == null)
        {
            Assert.Inconclusive(why);
        }

        string output = Directory.CreateTempSubdirectory("lapel-device-").FullName;
        try
        {
            var build = new DeviceBuild(root, references, output);
            var differences = new List<string>();
            int compared = 0;
            foreach (DeviceProject project in ProjectOrder.Of(DeviceProject.FindAll(root)))
            {
                Assert.AreEqual("", string.Join("\n", build.Compile(project)));
                string name = project.Device.AssemblyName;
                string host = Path.Combine(AppContext.BaseDirectory, name + ".dll");
                if (!DeviceAssemblies.Names.Contains(name) || !File.Exists(host))
                {
                    continue;
                }

                using var onDevice = ModuleDefinition.ReadModule(build.Compiled[project.File]);
                using var onHost = ModuleDefinition.ReadModule(host);
                var hostMethods = Methods(onHost).ToDictionary(Signature);
                foreach (MethodDefinition method in Methods(onDevice))
                {
                    if (!hostMethods.TryGetValue(Signature(method), out var twin))
                    {
                        differences.Add($"{method.FullName}: not in the host build");
                        continue;
                    }
                    if (UsesWhatOnlyTheHostHas(twin) || InitialisesEnums(twin))
                    {
                        continue;
                    }

                    compared++;
                    string[] device = OpCodes(method),
                        other = OpCodes(twin);
                    bool agree =
                        OnSimulatedApi.Contains(name) || CallsDatesOrTexts(twin)
                            ? Math.Abs(device.Length - other.Length) <= 2
                            : device.SequenceEqual(other);
                    if (!agree)
                    {
                        differences.Add($"{method.FullName}: {Difference(device, other)}");
                    }
                }
            }
            Assert.AreEqual("", string.Join("\n", differences));
            Assert.IsGreaterThan(0, compared);
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }
    }

    /// <summary>
    /// Where the compiler itself calls something that nanoFramework lacks: accessors of events (there a combination under a lock), string
    /// interpolation (there String.Format). Neither belongs on a path whose cost matters.
    /// </summary>
    static bool UsesWhatOnlyTheHostHas(MethodDefinition method) =>
        method.Body.Instructions.Any(instruction =>
            instruction.Operand
                is MethodReference { DeclaringType.FullName: "System.Threading.Interlocked", Name: "CompareExchange" }
                    or MethodReference { DeclaringType.FullName: "System.Runtime.CompilerServices.DefaultInterpolatedStringHandler" }
        );

    /// <summary>
    /// nanoFramework's own DateTime and String: UnixEpoch is a field that can be written there, some calls take one argument more.
    /// </summary>
    static bool CallsDatesOrTexts(MethodDefinition method) =>
        method.Body.Instructions.Any(instruction =>
            instruction.Operand is MemberReference { DeclaringType.FullName: "System.DateTime" or "System.String" }
        );

    /// <summary>
    /// A static constructor with an array of enum values: the compiler stores them one by one where the core library is not .NET's. It runs
    /// once, at boot.
    /// </summary>
    static bool InitialisesEnums(MethodDefinition method) =>
        method.IsConstructor
        && method.IsStatic
        && method.Body.Instructions.Any(instruction =>
            instruction.OpCode.Code == Mono.Cecil.Cil.Code.Newarr && ((TypeReference)instruction.Operand).Resolve().IsEnum
        );

    static string Difference(string[] device, string[] host)
    {
        int at = 0;
        while (at < Math.Min(device.Length, host.Length) && device[at] == host[at])
        {
            at++;
        }

        return $"device {device.Length} instructions, host {host.Length}; from number {at} on: device "
            + $"{string.Join(' ', device.Skip(at).Take(6))}, host {string.Join(' ', host.Skip(at).Take(6))}";
    }

    static IEnumerable<MethodDefinition> Methods(ModuleDefinition module) =>
        module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody);

    // By simple type names: the simulated API has a namespace of its own where .NET's types of the same name are in the way.
    static string Signature(MethodDefinition method) =>
        $"{method.DeclaringType.FullName}::{method.Name}"
        + $"({string.Join(',', method.Parameters.Select(parameter => parameter.ParameterType.Name))})";

    static string[] OpCodes(MethodDefinition method) => method.Body.Instructions.Select(instruction => instruction.OpCode.Name).ToArray();

    static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Lapel.slnx")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
