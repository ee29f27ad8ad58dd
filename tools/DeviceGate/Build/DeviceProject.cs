// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Lapel.DeviceGate;

/// <summary>A .nfproj and the .csproj of the same name beside it (null when there is none).</summary>
public sealed record DeviceProject(ProjectEvaluation Device, ProjectEvaluation? Host)
{
    static readonly string[] NotSource = ["artifacts", "packages", "bin", "obj", ".git", "TestResults"];

    public string File => Device.File;

    /// <summary>Every .nfproj below the root.</summary>
    public static IReadOnlyList<DeviceProject> FindAll(string root) =>
        Files(root, "*.nfproj")
            .AsParallel()
            .AsOrdered()
            .WithDegreeOfParallelism(Math.Max(2, Environment.ProcessorCount))
            .Select(Read)
            .ToArray();

    /// <summary>Project files below the root, sorted, build output left out.</summary>
    public static IReadOnlyList<string> Files(string root, string pattern)
    {
        var found = new List<string>();
        Collect(root, pattern, found);
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    static DeviceProject Read(string file)
    {
        string host = Path.ChangeExtension(file, ".csproj");
        return new DeviceProject(ProjectEvaluation.Of(file), System.IO.File.Exists(host) ? ProjectEvaluation.Of(host) : null);
    }

    static void Collect(string folder, string pattern, List<string> found)
    {
        found.AddRange(Directory.GetFiles(folder, pattern));
        foreach (string child in Directory.GetDirectories(folder))
        {
            if (!NotSource.Contains(Path.GetFileName(child)))
            {
                Collect(child, pattern, found);
            }
        }
    }
}
