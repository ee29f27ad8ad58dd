// SPDX-License-Identifier: MIT

using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;

namespace Lapel.LineBench
{
    /// <summary>A file by ZMODEM (sz and rz of lrzsz) over a cable that is a process of its own and keeps the rate of the line.</summary>
    internal static class ZmodemRun
    {
        private const double GiveUpSeconds = 300;

        /// <summary>Whether lrzsz is installed.</summary>
        public static bool IsThere()
        {
            try
            {
                using Process look = Process.Start("sh", ["-c", "command -v sz rz > /dev/null"]);
                look.WaitForExit();
                return look.ExitCode == 0;
            }
            catch (Win32Exception)
            {
                return false;
            }
        }

        /// <summary>Sends so many bytes; the share of the line's rate that they had from the first to the last, in percent.</summary>
        public static double Share(int baud, long bytes)
        {
            string folder = Directory.CreateTempSubdirectory("lapel-zmodem-").FullName;
            try
            {
                var content = new byte[bytes];
                new Random(1).NextBytes(content);
                File.WriteAllBytes(Path.Combine(folder, "sent.bin"), content);
                string into = Directory.CreateDirectory(Path.Combine(folder, "in")).FullName;
                using var cable = new Cable(baud);
                using Process receiver = Shell(into, $"exec rz -b -y -q < {cable.B} > {cable.B}");
                using Process sender = Shell(folder, $"exec sz -b -q sent.bin < {cable.A} > {cable.A}");
                foreach (Process process in new[] { sender, receiver })
                {
                    if (!process.WaitForExit(TimeSpan.FromSeconds(GiveUpSeconds)))
                    {
                        process.Kill();
                        throw new TimeoutException("ZMODEM did not end");
                    }
                }

                if (!File.ReadAllBytes(Path.Combine(into, "sent.bin")).AsSpan().SequenceEqual(content))
                {
                    throw new InvalidDataException("ZMODEM brought other bytes");
                }

                return 100.0 * bytes / (double.Parse(cable.End(), CultureInfo.InvariantCulture) * baud / 10);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        private static Process Shell(string folder, string command) =>
            Process.Start(new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = folder })!;
    }
}
