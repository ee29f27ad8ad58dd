// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using Lapel.Fuzz.Instrument;
using Lapel.Fuzz.Mutation;

namespace Lapel.Fuzz;

/// <summary>
/// Gives a target so many inputs: its seeds, then changed copies of them and of all inputs that reached something new. The same seed gives
/// the same run.
/// </summary>
public sealed class Campaign(ITarget target, IReadOnlyList<Sample> foreign, int count, int seed)
{
    /// <summary>No input may take longer, milliseconds of processor time.</summary>
    public const int LongestMs = 2_000;

    // By the clock: what takes as long as this does not end.
    const int GiveUpMs = 60_000;
    const int MostKept = 4_000;
    const int MostFailures = 5;

    readonly List<Sample> corpus = [.. target.Seeds];
    long begunAt;
    int number;
    Sample? current;

    /// <summary>Runs; returns its report.</summary>
    public Report Run(BlockMap map)
    {
        Coverage.Forget();
        var random = new Random(seed);
        var mutator = new Mutator(random, foreign);
        var failures = new List<string>();
        long longest = 0;
        var watch = Stopwatch.StartNew();
        using var guard = new Timer(_ => Guard(), null, GiveUpMs, GiveUpMs / 4);
        for (number = 0; number < count && failures.Count < MostFailures; number++)
        {
            bool whole = number < target.Seeds.Count;
            current = whole ? target.Seeds[number].Copy() : mutator.Of(corpus[random.Next(corpus.Count)]);
            Volatile.Write(ref begunAt, Stopwatch.GetTimestamp());
            TimeSpan before = Environment.CpuUsage.TotalTime;
            string? wrong = Once(current);
            long took = (long)(Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
            longest = Math.Max(longest, took);
            if (wrong == null && took > LongestMs)
            {
                wrong = "took " + took + " ms";
            }

            if (wrong != null)
            {
                failures.Add(Failure(wrong));
            }
            else if (Coverage.IsNew() && !whole && corpus.Count < MostKept)
            {
                corpus.Add(current);
            }
        }
        Volatile.Write(ref begunAt, 0);
        int[] blocks = [.. map.Of(target.Types)];
        return new Report(
            target.Name,
            number,
            corpus.Count,
            blocks.Count(Coverage.Reached),
            blocks.Length,
            longest,
            watch.Elapsed.TotalSeconds,
            failures
        );
    }

    string? Once(Sample input)
    {
        Coverage.Begin();
        try
        {
            return target.Try(input);
        }
        catch (Exception error)
        {
            return "thrown: " + error;
        }
    }

    string Failure(string wrong) => $"{target.Name} seed {seed} input {number}: {wrong}\n  input kept as {Keep()}";

    string Keep()
    {
        string folder = Directory.CreateTempSubdirectory($"lapel-fuzz-{target.Name.Replace(' ', '-')}-{number}-").FullName;
        for (int i = 0; i < current!.Files.Length; i++)
        {
            File.WriteAllBytes(Path.Combine(folder, i + ".bin"), current.Files[i]);
        }

        return folder;
    }

    void Guard()
    {
        long begun = Volatile.Read(ref begunAt);
        if (begun == 0 || Stopwatch.GetElapsedTime(begun).TotalMilliseconds < GiveUpMs)
        {
            return;
        }

        Console.Error.WriteLine(Failure("does not end"));
        Environment.Exit(3);
    }
}
