// SPDX-License-Identifier: MIT

using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace Lapel.Link.Tests
{
    /// <summary>A pseudo terminal of this machine, raw: what is written at one end is read at the other.</summary>
    internal sealed class Pty : IDisposable
    {
        // Linux: O_RDWR, O_NOCTTY, O_NONBLOCK; POLLIN, POLLOUT.
        private const int ReadWrite = 2,
            NoControl = 0x100,
            NoWait = 0x800;
        private const short In = 1,
            Out = 4;

        /// <summary>A program that reads nothing for so long has ended or hangs.</summary>
        private const int PatienceMs = 5000;

        private readonly int _master;

        private Pty(int master, string path) => (_master, Path) = (master, path);

        /// <summary>The end that a program opens.</summary>
        public string Path { get; }

        /// <summary>A new one; null where there is none to be had.</summary>
        public static Pty? Open()
        {
            if (!OperatingSystem.IsLinux())
            {
                return null;
            }

            int master = OpenMaster(ReadWrite | NoControl | NoWait);
            var name = new byte[128];
            if (master < 0 || Grant(master) != 0 || Unlock(master) != 0 || Name(master, name, name.Length) != 0)
            {
                return null;
            }

            string path = Encoding.ASCII.GetString(name, 0, Array.IndexOf(name, (byte)0));
            using Process raw = Process.Start(new ProcessStartInfo("stty", ["-F", path, "raw", "-echo"]))!;
            raw.WaitForExit();
            return raw.ExitCode == 0 ? new Pty(master, path) : null;
        }

        /// <summary>Takes what a program wrote, waiting at most so long; 0 when nothing came, or nobody has it open.</summary>
        public int Read(Span<byte> into, int waitMs)
        {
            var poll = new PollItem { File = _master, Events = In };
            if (Poll(ref poll, 1, waitMs) <= 0 || (poll.Returned & In) == 0)
            {
                return 0;
            }

            nint n = Read(_master, ref MemoryMarshal.GetReference(into), into.Length);
            return n < 0 ? 0 : (int)n;
        }

        /// <summary>Gives a program bytes.</summary>
        public void Write(ReadOnlySpan<byte> bytes)
        {
            while (bytes.Length > 0)
            {
                var poll = new PollItem { File = _master, Events = Out };
                nint n = Poll(ref poll, 1, PatienceMs) <= 0 ? -1 : Write(_master, ref MemoryMarshal.GetReference(bytes), bytes.Length);
                if (n < 0)
                {
                    throw new IOException($"the pseudo terminal took nothing for {PatienceMs} ms");
                }

                bytes = bytes[(int)n..];
            }
        }

        public void Dispose() => Close(_master);

        [DllImport("libc", EntryPoint = "posix_openpt")]
        private static extern int OpenMaster(int flags);

        [DllImport("libc", EntryPoint = "grantpt")]
        private static extern int Grant(int master);

        [DllImport("libc", EntryPoint = "unlockpt")]
        private static extern int Unlock(int master);

        [DllImport("libc", EntryPoint = "ptsname_r")]
        private static extern int Name(int master, byte[] name, nint length);

        [DllImport("libc", EntryPoint = "poll")]
        private static extern int Poll(ref PollItem items, nint count, int waitMs);

        [DllImport("libc", EntryPoint = "read")]
        private static extern nint Read(int file, ref byte into, nint count);

        [DllImport("libc", EntryPoint = "write")]
        private static extern nint Write(int file, ref readonly byte from, nint count);

        [DllImport("libc", EntryPoint = "close")]
        private static extern int Close(int file);

        [StructLayout(LayoutKind.Sequential)]
        private struct PollItem
        {
            public int File;
            public short Events;
            public short Returned;
        }
    }
}
