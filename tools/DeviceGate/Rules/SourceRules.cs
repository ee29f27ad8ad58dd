// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Lapel.DeviceGate;

/// <summary>Host and device build the same files, and every device assembly has both projects.</summary>
public static partial class SourceRules
{
    /// <summary>The name that the device's unit test launcher loads.</summary>
    const string TestAssembly = "NFUnitTest";

    public static IEnumerable<Violation> Check(string root, DeviceProject project)
    {
        string where = Path.GetRelativePath(root, project.File);
        string hostName = Path.GetFileNameWithoutExtension(project.File) + ".csproj";
        if (project.Host == null)
        {
            yield return new Violation(where, hostName, "missing: every device assembly has a host project over the same files");
        }
        else
        {
            foreach (string file in project.Device.Sources.Except(project.Host.Sources))
            {
                yield return new Violation(
                    where,
                    Path.GetRelativePath(root, file),
                    $"compiled for the device, but not by {hostName}: the host tests do not see it"
                );
            }

            foreach (string file in project.Host.Sources.Except(project.Device.Sources))
            {
                yield return new Violation(where, Path.GetRelativePath(root, file), $"compiled by {hostName}, but not for the device");
            }
        }

        bool isTest = project.Device.References.Any(reference => reference.Name == "nanoFramework.TestFramework");
        if (isTest && project.Device.AssemblyName != TestAssembly)
        {
            yield return new Violation(
                where,
                "AssemblyName",
                $"{project.Device.AssemblyName}: the launcher on the device loads tests from {TestAssembly} only"
            );
        }

        if (isTest && project.Device.References.All(reference => reference.Name != "nanoFramework.UnitTestLauncher"))
        {
            yield return new Violation(where, "Reference", "tests need nanoFramework.UnitTestLauncher beside nanoFramework.TestFramework");
        }

        if (!isTest && project.Device.AssemblyName == TestAssembly)
        {
            yield return new Violation(where, "AssemblyName", $"{TestAssembly}, but it does not refer to nanoFramework.TestFramework");
        }
    }

    /// <summary>Host projects of device code (those that import device.props or device-tests.props) without a device project.</summary>
    public static IEnumerable<Violation> CheckHostOnly(string root) =>
        from file in DeviceProject.Files(root, "*.csproj")
        where DeviceImport().IsMatch(File.ReadAllText(file)) && !File.Exists(Path.ChangeExtension(file, ".nfproj"))
        select new Violation(
            Path.GetRelativePath(root, file),
            Path.GetFileNameWithoutExtension(file) + ".nfproj",
            "missing: the project imports the device settings, so the device must build it too"
        );

    [GeneratedRegex("""<Import\s+Project="[^"]*device(-tests)?\.props"/?""")]
    private static partial Regex DeviceImport();
}
