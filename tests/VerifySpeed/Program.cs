// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Lapel.VerifySpeed
{
    /// <summary>
    /// `dotnet run -c Release --project tests/VerifySpeed -- [MB] [RUNS]`: makes cards in a temporary folder, clear and sealed, and prints
    /// medians of processor time, wall time and memory of `lapel verify` beside those of openssl; then of 100 recordings among 200 and
    /// among 8,000 slots. Each run is a process.
    /// </summary>
    internal static class Program
    {
        private const int SlotBytes = 8 * 1024 * 1024,
            DefaultMegabytes = 1600,
            DefaultRuns = 5,
            Recordings = 100;

        private static int Main(string[] args)
        {
            int megabytes = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : DefaultMegabytes;
            int runs = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : DefaultRuns;
            string folder = Directory.CreateTempSubdirectory("lapel-speed-").FullName;
            try
            {
                foreach (bool isSealed in (bool[])[false, true])
                {
                    Compare(folder, isSealed, megabytes, runs);
                }

                Slots(folder, runs);
            }
            finally
            {
                Directory.Delete(folder, true);
            }

            return 0;
        }

        private static void Compare(string folder, bool isSealed, int megabytes, int runs)
        {
            string kind = isSealed ? "sealed" : "clear",
                card = SpeedCard.Make(Path.Combine(folder, kind), megabytes * 1000L * 1000 / SlotBytes, isSealed);
            List<string> slots = [.. Directory.EnumerateFiles(card, "*.MP4", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
            Cost hash = Median(runs, () => Run("openssl", ["dgst", "-sha256", .. slots]));
            Cost verify = Median(runs, () => Verify(card));
            Console.WriteLine($"{kind}, {slots.Count} segments of {SlotBytes >> 20} MiB, medians of {runs}:");
            Console.WriteLine($"  openssl dgst -sha256   {hash}");
            Console.WriteLine($"  lapel verify           {verify}");
            double limit = 1.15 * hash.Processor + 0.5;
            Console.WriteLine(
                FormattableString.Invariant($"  processor time {verify.Processor / hash.Processor:0.00} of openssl's, ")
                    + FormattableString.Invariant($"{verify.Processor:0.00} s of {limit:0.00} s allowed; ")
                    + FormattableString.Invariant($"wall {verify.Wall / hash.Wall:0.00} of openssl's (0.70)")
            );
            Directory.Delete(card, true);
        }

        private static void Slots(string folder, int runs)
        {
            string card = SpeedCard.Make(Path.Combine(folder, "slots"), Recordings, false);
            SpeedCard.AddFree(card, Recordings, 200);
            Cost few = Median(runs, () => Verify(card));
            SpeedCard.AddFree(card, Recordings, 8000);
            Cost many = Median(runs, () => Verify(card));
            Console.WriteLine($"{Recordings} recordings of one segment, medians of {runs}:");
            Console.WriteLine($"  lapel verify,   200 slots   {few}");
            Console.WriteLine($"  lapel verify, 8,000 slots   {many}");
            Console.WriteLine(FormattableString.Invariant($"  processor time {many.Processor / few.Processor:0.00} (1.30)"));
        }

        // As it is installed; LAPEL names another one.
        private static Cost Verify(string card) =>
            Run(
                Environment.GetEnvironmentVariable("LAPEL") ?? Path.Combine(AppContext.BaseDirectory, "installed", "lapel"),
                ["verify", card]
            );

        private static Cost Median(int runs, Func<Cost> run)
        {
            run();
            List<Cost> all = [.. Enumerable.Range(0, runs).Select(_ => run())];
            double Middle(Func<Cost, double> of) => all.Select(of).Order().ElementAt(runs / 2);
            return new Cost(Middle(c => c.Processor), Middle(c => c.Wall), Middle(c => c.Megabytes));
        }

        // `time` is the one that tells the processor time of a child that has ended, children's threads included.
        private static Cost Run(string program, IReadOnlyList<string> arguments)
        {
            var start = new ProcessStartInfo("/usr/bin/env", ["bash", "-c", "TIMEFORMAT='%U %S %R'; time \"$@\" > /dev/null", "-", program])
            {
                RedirectStandardError = true,
            };
            foreach (string argument in arguments)
            {
                start.ArgumentList.Add(argument);
            }

            using Process process = Process.Start(start)!;
            long most = 0;
            while (!process.WaitForExit(20))
            {
                most = Math.Max(most, Memory(process.Id));
            }

            string text = process.StandardError.ReadToEnd();
            Match times = Regex.Match(text, @"([0-9.]+) ([0-9.]+) ([0-9.]+)\s*$");
            return process.ExitCode == 0 && times.Success
                ? new Cost(Value(times.Groups[1]) + Value(times.Groups[2]), Value(times.Groups[3]), most / 1e6)
                : throw new InvalidOperationException(program + " went wrong: " + text);
        }

        private static double Value(Group group) => double.Parse(group.Value, CultureInfo.InvariantCulture);

        // The most that a child of the shell has had resident.
        private static long Memory(int shell)
        {
            long most = 0;
            try
            {
                string children = File.ReadAllText($"/proc/{shell}/task/{shell}/children");
                foreach (string child in children.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    Match peak = Regex.Match(File.ReadAllText($"/proc/{child}/status"), @"VmHWM:\s+([0-9]+) kB");
                    most = peak.Success ? Math.Max(most, long.Parse(peak.Groups[1].Value, CultureInfo.InvariantCulture) * 1024) : most;
                }
            }
            catch (IOException) { }

            return most;
        }

        private sealed record Cost(double Processor, double Wall, double Megabytes)
        {
            public override string ToString() =>
                FormattableString.Invariant($"{Processor:0.00} s processor, {Wall:0.00} s wall, {Megabytes:0} MB");
        }
    }
}
