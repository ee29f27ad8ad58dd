// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Lapel.Verify;

namespace Lapel.VerifySpeed
{
    /// <summary>
    /// `dotnet run -c Release --project tests/VerifySpeed -- [MB] [RUNS]`: makes cards in a temporary folder, clear and sealed, with 200
    /// and with 8,000 slots, and prints medians of processor time, wall time and memory beside those of openssl. Each run is a process.
    /// </summary>
    internal static class Program
    {
        private const int SlotBytes = 8 * 1024 * 1024,
            DefaultMegabytes = 1600,
            DefaultRuns = 5;

        private static int Main(string[] args)
        {
            if (args is ["verify", string card])
            {
                var result = CardVerifier.Verify(card, null);
                VerifyReport.Write(result, TextWriter.Null);
                return result.AllAuthentic ? 0 : 1;
            }

            int megabytes = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : DefaultMegabytes;
            int runs = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : DefaultRuns;
            string folder = Directory.CreateTempSubdirectory("lapel-speed-").FullName;
            try
            {
                foreach (bool isSealed in (bool[])[false, true])
                {
                    Compare(folder, isSealed, megabytes, runs);
                }
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
            SpeedCard.AddFree(card, slots.Count, 200);
            Cost hash = Median(runs, () => Run("openssl", ["dgst", "-sha256", .. slots]));
            Cost verify = Median(runs, () => Verify(card));
            SpeedCard.AddFree(card, slots.Count, 8000);
            Cost many = Median(runs, () => Verify(card));
            Console.WriteLine($"{kind}, {slots.Count} segments of {SlotBytes >> 20} MiB, medians of {runs}:");
            Console.WriteLine($"  openssl dgst -sha256   {hash}");
            Console.WriteLine($"  verify,   200 slots    {verify}");
            Console.WriteLine($"  verify, 8,000 slots    {many}");
            double limit = 1.15 * hash.Processor + 0.5;
            Console.WriteLine(
                FormattableString.Invariant($"  processor time {verify.Processor / hash.Processor:0.00} of openssl's, ")
                    + FormattableString.Invariant($"{verify.Processor:0.00} s of {limit:0.00} s allowed; ")
                    + FormattableString.Invariant($"wall {verify.Wall / hash.Wall:0.00} of openssl's (0.70); ")
                    + FormattableString.Invariant($"8,000 slots {many.Processor / verify.Processor:0.00} of 200 (1.30)")
            );
        }

        private static Cost Verify(string card) => Run(Environment.ProcessPath!, ["verify", card]);

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
