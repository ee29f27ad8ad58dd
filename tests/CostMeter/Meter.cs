// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Lapel.CostMeter.Rewriting;

namespace Lapel.CostMeter;

/// <summary>Runs the scenarios in a process of their own, on rewritten copies of the device assemblies.</summary>
public static class Meter
{
    /// <summary>The argument that makes this program the measuring process.</summary>
    public const string MeasureArgument = "--measure";

    /// <summary>The argument that makes this program the measuring process for a profile.</summary>
    public const string ProfileArgument = "--measure-profile";

    /// <summary>Measures every scenario, or those whose names are given.</summary>
    public static IReadOnlyList<Cost> Measure(params string[] rows) =>
        Run(false, [MeasureArgument, .. rows]).Select(Cost.FromJson).ToArray();

    /// <summary>Instructions of one row by method, the most first, a line each.</summary>
    public static IReadOnlyList<string> Profile(string row) => Run(true, [ProfileArgument, row]);

    static string[] Run(bool profile, string[] arguments)
    {
        DirectoryInfo work = Directory.CreateTempSubdirectory("lapel-cost-");
        try
        {
            string program = typeof(Meter).Assembly.Location;
            Copy(new DirectoryInfo(Path.GetDirectoryName(program)!), work);
            AssemblyRewriter.Rewrite(work.FullName, DeviceAssemblies.Names, profile);
            return Child(Path.Combine(work.FullName, Path.GetFileName(program)), arguments);
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    static string[] Child(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process child = Process.Start(start) ?? throw new InvalidOperationException("the measuring process did not start");
        var errors = child.StandardError.ReadToEndAsync();
        string[] lines = child.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        child.WaitForExit();
        if (child.ExitCode != 0)
        {
            throw new InvalidOperationException($"the measuring process ended with {child.ExitCode}: {errors.Result}");
        }

        return lines;
    }

    static void Copy(DirectoryInfo from, DirectoryInfo to)
    {
        foreach (FileInfo file in from.EnumerateFiles())
        {
            file.CopyTo(Path.Combine(to.FullName, file.Name));
        }

        foreach (DirectoryInfo folder in from.EnumerateDirectories())
        {
            Copy(folder, to.CreateSubdirectory(folder.Name));
        }
    }
}
