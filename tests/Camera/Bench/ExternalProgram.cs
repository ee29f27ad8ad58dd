// SPDX-License-Identifier: MIT

using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>ffmpeg or ffprobe, run to its end.</summary>
    internal static class ExternalProgram
    {
        /// <summary>Whether a program can be started; says so when it cannot.</summary>
        public static bool IsThere(string program)
        {
            try
            {
                Run(program, "-version");
                return true;
            }
            catch (Win32Exception)
            {
                Console.WriteLine($"SKIPPED: {program} is not installed");
                return false;
            }
        }

        /// <summary>What it wrote to its standard output; fails when it wrote anything to standard error or did not exit with 0.</summary>
        public static byte[] Run(string program, params string[] arguments)
        {
            var start = new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true,
            };
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            using var output = new MemoryStream();
            process.StandardOutput.BaseStream.CopyTo(output);
            process.WaitForExit();
            string line = program + " " + string.Join(' ', arguments);
            Assert.AreEqual("", errors.Result, line);
            Assert.AreEqual(0, process.ExitCode, line);
            return output.ToArray();
        }
    }
}
