// SPDX-License-Identifier: MIT

using System;
using System.Diagnostics;
using System.IO;

namespace Lapel.LineBench
{
    /// <summary>Other processes of this comparison.</summary>
    internal static class Self
    {
        /// <summary>This program once more.</summary>
        public static Process Start(params string[] arguments) =>
            Dotnet(Path.Combine(AppContext.BaseDirectory, "Lapel.LineBench.dll"), arguments);

        /// <summary>The program lapel.</summary>
        public static Process Lapel(params string[] arguments) => Dotnet(Path.Combine(AppContext.BaseDirectory, "lapel.dll"), arguments);

        private static Process Dotnet(string program, string[] arguments) =>
            Process.Start(
                new ProcessStartInfo("dotnet", [program, .. arguments])
                {
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            )!;
    }
}
