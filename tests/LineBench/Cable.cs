// SPDX-License-Identifier: MIT

using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using Lapel.Link.Tests;

namespace Lapel.LineBench
{
    /// <summary>
    /// A cable as a process of its own: two pseudo terminals, and a rate between them. It ends with its standard input, and says then how
    /// long it carried from A to B.
    /// </summary>
    internal sealed class Cable : IDisposable
    {
        /// <summary>As much as the virtual camera makes up for: a real line goes on while the processor is elsewhere.</summary>
        private const double LateSeconds = 1;

        private readonly Process _process;

        /// <param name="baud">Bits a second, ten a byte.</param>
        public Cable(int baud)
        {
            _process = Self.Start("cable", baud.ToString(CultureInfo.InvariantCulture));
            A = Line();
            B = Line();
        }

        /// <summary>One end.</summary>
        public string A { get; }

        /// <summary>The other.</summary>
        public string B { get; }

        /// <summary>What the process does.</summary>
        public static int Run(int baud)
        {
            using Pty a = Open(),
                b = Open();
            using var pump = new PacedPump(a, b, baud, LateSeconds);
            Console.WriteLine(a.Path);
            Console.WriteLine(b.Path);
            Console.In.ReadToEnd();
            Console.WriteLine(pump.Forward.TotalSeconds.ToString(CultureInfo.InvariantCulture));
            return 0;
        }

        /// <summary>Ends it; the seconds from the first to the last byte that went from A to B.</summary>
        public string End()
        {
            _process.StandardInput.Close();
            return Line();
        }

        public void Dispose()
        {
            _process.StandardInput.Close();
            _process.WaitForExit();
            _process.Dispose();
        }

        private static Pty Open() => Pty.Open() ?? throw new IOException("there is no pseudo terminal here");

        private string Line() => _process.StandardOutput.ReadLine() ?? throw new IOException("the cable broke");
    }
}
