// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace Lapel.DeviceGate;

/// <summary>A project as MSBuild itself evaluates it: wildcards, conditions and imports are MSBuild's business.</summary>
/// <param name="File">Full path.</param>
/// <param name="AssemblyName">The AssemblyName property; for a .csproj without one, the file's name.</param>
/// <param name="IsProgram">Whether it builds a program (OutputType Exe), not a library.</param>
/// <param name="Sources">Full paths of the Compile items, sorted.</param>
/// <param name="References">Reference items: name and hint path as written (null when there is none).</param>
/// <param name="ProjectReferences">Full paths of the ProjectReference items.</param>
public sealed record ProjectEvaluation(
    string File,
    string AssemblyName,
    bool IsProgram,
    IReadOnlyList<string> Sources,
    IReadOnlyList<ProjectEvaluation.Reference> References,
    IReadOnlyList<string> ProjectReferences
)
{
    /// <summary>A Reference item.</summary>
    public sealed record Reference(string Name, string? HintPath);

    public static ProjectEvaluation Of(string file)
    {
        var outcome = DotNet.Run(
            DotNet.Host,
            [
                "msbuild",
                "-nologo",
                "-getItem:Compile",
                "-getItem:Reference",
                "-getItem:ProjectReference",
                "-getProperty:AssemblyName",
                "-getProperty:OutputType",
                file,
            ],
            Path.GetDirectoryName(file)
        );
        if (outcome.ExitCode != 0)
        {
            throw new GateException($"{file}: MSBuild cannot read it: {outcome.Output.Trim()} {outcome.Errors.Trim()}");
        }

        using var json = JsonDocument.Parse(outcome.Output);
        JsonElement items = json.RootElement.GetProperty("Items");
        JsonElement properties = json.RootElement.GetProperty("Properties");
        string name = properties.GetProperty("AssemblyName").GetString() ?? "";
        return new ProjectEvaluation(
            file,
            name.Length > 0 ? name : Path.GetFileNameWithoutExtension(file),
            properties.GetProperty("OutputType").GetString() == "Exe",
            FullPaths(items, "Compile"),
            items.GetProperty("Reference").EnumerateArray().Select(ReferenceOf).ToArray(),
            FullPaths(items, "ProjectReference")
        );
    }

    static Reference ReferenceOf(JsonElement item)
    {
        string? hint = item.TryGetProperty("HintPath", out var value) ? value.GetString()?.Replace('\\', '/') : null;
        return new Reference(item.GetProperty("Identity").GetString()!, string.IsNullOrEmpty(hint) ? null : hint);
    }

    static string[] FullPaths(JsonElement items, string kind) =>
        items
            .GetProperty(kind)
            .EnumerateArray()
            .Select(item => Path.GetFullPath(item.GetProperty("FullPath").GetString()!.Replace('\\', '/')))
            .Order(StringComparer.Ordinal)
            .ToArray();
}
