// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Lapel.Fuzz.Instrument;
using Lapel.Fuzz.Targets;

namespace Lapel.Fuzz;

/// <summary>Runs campaigns in a process of their own, on instrumented copies of the parsers.</summary>
public static class Fuzzer
{
    /// <summary>The argument that makes this program the process that runs the parsers.</summary>
    public const string RunArgument = "--run";

    const string MapFile = "blocks.txt";

    // Processes that share out each target's inputs, each with a seed of its own. Not as many as the machine has cores: a seed gives the
    // same inputs everywhere.
    const int Parts = 2;
    const int NextSeed = 1_000_003;

    static readonly string[] Parsers = ["Lapel.Verify", "Lapel.Export", "Lapel.Evidence"];

    /// <summary>Fuzzes.</summary>
    /// <param name="inputs">Inputs in all, shared out among the targets; or, with a target's name, all for that one.</param>
    /// <param name="seed">The same seed gives the same inputs.</param>
    /// <param name="target">Only this target.</param>
    /// <param name="told">Told of each report as it comes.</param>
    public static IReadOnlyList<Report> Run(int inputs, int seed, string? target = null, Action<Report>? told = null)
    {
        DirectoryInfo work = Directory.CreateTempSubdirectory("lapel-fuzz-");
        try
        {
            string program = typeof(Fuzzer).Assembly.Location;
            Copy(new DirectoryInfo(Path.GetDirectoryName(program)!), work);
            Instrumenter.Run(work.FullName, IsParser).Write(Path.Combine(work.FullName, MapFile));
            return Children(Path.Combine(work.FullName, Path.GetFileName(program)), inputs, seed, target, told);
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    /// <summary>The other side of <see cref="Run"/>: prints a report a line.</summary>
    public static void RunHere(int inputs, int seed, string? only)
    {
        BlockMap map = BlockMap.Read(Path.Combine(AppContext.BaseDirectory, MapFile));
        Coverage.Size(map.Count);
        IReadOnlyList<ITarget> targets = AllTargets.List();
        Sample[] foreign = [.. targets.Where(target => target.Share > 0).SelectMany(target => target.Seeds), Fixture.Foreign];
        int shares = targets.Sum(target => target.Share);
        foreach (ITarget target in targets.Where(target => only == null ? target.Share > 0 : target.Name == only))
        {
            int count = only == null ? (int)((long)inputs * target.Share / shares) : inputs;
            Console.WriteLine(new Campaign(target, foreign, count, seed).Run(map).ToJson());
        }
        foreach (IDisposable target in targets.OfType<IDisposable>())
        {
            target.Dispose();
        }
    }

    static bool IsParser(string assembly, string type) => Parsers.Contains(assembly) || type == typeof(PlantedParser).FullName;

    static IReadOnlyList<Report> Children(string program, int inputs, int seed, string? target, Action<Report>? told)
    {
        var parts = new Dictionary<string, List<Report>>();
        var reports = new List<Report>();
        void Take(Report part)
        {
            lock (parts)
            {
                List<Report> same = parts.TryGetValue(part.Target, out List<Report>? found) ? found : parts[part.Target] = [];
                same.Add(part);
                if (same.Count < Parts)
                {
                    return;
                }

                reports.Add(Report.Joined(same));
                told?.Invoke(reports[^1]);
            }
        }

        Task.WaitAll([
            .. Enumerable
                .Range(0, Parts)
                .Select(part => Task.Run(() => Child(program, inputs / Parts, unchecked(seed + part * NextSeed), target, Take))),
        ]);
        return reports;
    }

    static void Child(string program, int inputs, int seed, string? target, Action<Report> told)
    {
        string[] arguments =
        [
            program,
            RunArgument,
            inputs.ToString(CultureInfo.InvariantCulture),
            seed.ToString(CultureInfo.InvariantCulture),
            .. target == null ? Array.Empty<string>() : [target],
        ];
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process child = Process.Start(start) ?? throw new InvalidOperationException("the fuzzing process did not start");
        var errors = child.StandardError.ReadToEndAsync();
        while (child.StandardOutput.ReadLine() is string line)
        {
            told(Report.FromJson(line));
        }

        child.WaitForExit();
        if (child.ExitCode != 0)
        {
            throw new InvalidOperationException($"the fuzzing process ended with {child.ExitCode}: {errors.Result}");
        }
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
