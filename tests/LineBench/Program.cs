// SPDX-License-Identifier: MIT

using System;
using System.Globalization;
using System.Linq;
using System.Threading;

namespace Lapel.LineBench
{
    /// <summary>
    /// lapel sync beside ZMODEM on lines that keep a rate, turn by turn, while one core is busy: the median of some rounds. Exit 1 when
    /// lapel is slower than it is to be.
    /// </summary>
    internal static class Program
    {
        private static readonly (int Baud, long Bytes, double Least)[] Lines =
        [
            (115200, 250_000, 0.98),
            (921600, 2_000_000, 1.0),
            (3_000_000, 5_000_000, 1.0),
        ];

        private static int Main(string[] arguments)
        {
            if (arguments is ["cable", string rate])
            {
                return Cable.Run(int.Parse(rate, CultureInfo.InvariantCulture));
            }

            int rounds = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 5;
            bool compares = ZmodemRun.IsThere();
            using var ends = new CancellationTokenSource();
            var busy = new Thread(() => Burn(ends.Token)) { IsBackground = true };
            busy.Start();
            using var sync = new SyncRun(seconds: 90);
            bool good = true;
            Console.WriteLine($"payload over line rate, median of {rounds}; one core is kept busy");
            foreach ((int baud, long bytes, double least) in Lines)
            {
                var lapel = new double[rounds];
                var zmodem = new double[rounds];
                for (int i = 0; i < rounds; i++)
                {
                    lapel[i] = sync.Share(baud, bytes);
                    zmodem[i] = compares ? ZmodemRun.Share(baud, bytes) : double.NaN;
                }

                (double ours, double theirs) = (Median(lapel), Median(zmodem));
                Console.WriteLine(
                    string.Create(CultureInfo.InvariantCulture, $"{baud,9} bits/s, {bytes / 1e6:0.0} MB: lapel sync {ours:0.0} %")
                        + (
                            compares
                                ? string.Create(
                                    CultureInfo.InvariantCulture,
                                    $", ZMODEM (lrzsz) {theirs:0.0} %, ratio {ours / theirs:0.00}, wanted {least:0.00}"
                                )
                                : ", ZMODEM: lrzsz is not installed"
                        )
                );
                good &= !compares || ours / theirs >= least;
            }

            ends.Cancel();
            busy.Join();
            return good ? 0 : 1;
        }

        private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

        private static void Burn(CancellationToken ends)
        {
            while (!ends.IsCancellationRequested)
            {
                Thread.SpinWait(10_000);
            }
        }
    }
}
