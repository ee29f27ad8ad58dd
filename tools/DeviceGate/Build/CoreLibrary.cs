// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;

namespace Lapel.DeviceGate;

/// <summary>
/// The device's own core library, restored from its NuGet package. The listings say what the other assemblies offer; of this one the
/// package itself can be had, so device code is compiled against it and the listing is checked against it.
/// </summary>
public sealed class CoreLibrary
{
    public const string Package = "nanoFramework.CoreLibrary";

    public const string Assembly = "mscorlib";

    private CoreLibrary(string version, string file)
    {
        Version = version;
        File = file;
    }

    public string Version { get; }

    /// <summary>Full path of mscorlib.dll.</summary>
    public string File { get; }

    /// <summary>Restores the version that the device projects name; null when that cannot be done here, and then why says so.</summary>
    public static CoreLibrary? Restore(string root, IReadOnlyList<DeviceProject> projects, out string why)
    {
        why = "";
        string? version = VersionOf(projects);
        if (version == null)
        {
            why = $"no packages.config names {Package}";
            return null;
        }

        string folder = Path.Combine(root, "artifacts", "device-core", version);
        string file = Path.Combine(folder, "packages", Package.ToLowerInvariant(), version, "lib", Assembly + ".dll");
        if (!System.IO.File.Exists(file))
        {
            why = Download(folder, version);
        }

        return System.IO.File.Exists(file) ? new CoreLibrary(version, file) : null;
    }

    /// <summary>A folder with the assemblies of another folder, but with this core library among them.</summary>
    public string PutAmong(string references)
    {
        string folder = references + "-core-" + Version;
        Directory.CreateDirectory(folder);
        foreach (string reference in Directory.GetFiles(references, "*.dll"))
        {
            string from = Path.GetFileNameWithoutExtension(reference) == Assembly ? File : reference;
            System.IO.File.Copy(from, Path.Combine(folder, Path.GetFileName(reference)), overwrite: true);
        }

        return folder;
    }

    private static string? VersionOf(IReadOnlyList<DeviceProject> projects) =>
        projects
            .Select(project => Path.Combine(Path.GetDirectoryName(project.File)!, "packages.config"))
            .Where(System.IO.File.Exists)
            .SelectMany(file => XDocument.Load(file).Root!.Elements("package"))
            .FirstOrDefault(package => package.Attribute("id")?.Value == Package)
            ?.Attribute("version")
            ?.Value;

    // NuGet's own client in a project of nothing: its sources, its cache, its checks of the package. The empty props files keep the
    // repository's settings out.
    private static string Download(string folder, string version)
    {
        Directory.CreateDirectory(folder);
        foreach (string props in new[] { "Directory.Build.props", "Directory.Packages.props" })
        {
            System.IO.File.WriteAllText(Path.Combine(folder, props), "<Project />");
        }

        string project = Path.Combine(folder, "restore.csproj");
        System.IO.File.WriteAllText(
            project,
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><PackageDownload Include="{Package}" Version="[{version}]" /></ItemGroup>
            </Project>
            """
        );
        DotNet.Outcome outcome = DotNet.Run(
            DotNet.Host,
            ["restore", project, "--packages", Path.Combine(folder, "packages"), "-v", "quiet", "-nologo"],
            folder
        );
        string? error = outcome.Output.Split('\n').FirstOrDefault(line => line.Contains("error", System.StringComparison.Ordinal));
        return $"{Package} {version} cannot be restored here: {(error ?? outcome.Errors).Trim()}";
    }
}
