// SPDX-License-Identifier: MIT

using System;
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;

namespace Lapel.VirtualCamera
{
    /// <summary>
    /// A pseudo terminal: what another program opens as a serial port, seen from the other side. Linux and macOS have them; Windows has
    /// none that a program could open by name.
    /// </summary>
    public sealed class PseudoTerminal : IDisposable
    {
        private const int ReadWrite = 2;

        // O_NOCTTY: it must not become this process's own terminal.
        private static readonly int NotOurs = OperatingSystem.IsMacOS() ? 0x20000 : 0x100;

        // TIOCNXCL.
        private static readonly nuint AdmitOthers = OperatingSystem.IsMacOS() ? (nuint)0x2000740E : 0x540D;
        private const short PollIn = 1;
        private const short PollOut = 4;
        private const int SetNow = 0;

        // struct termios is 60 bytes on Linux and 72 on macOS.
        private const int TermiosBytes = 256;

        // Speeds that glibc encodes (asm-generic/termbits.h); newer versions of glibc and macOS give the number itself.
        private static readonly (uint Code, int Baud)[] Speeds =
        [
            (0x0D, 9600),
            (0x0E, 19200),
            (0x0F, 38400),
            (0x1001, 57600),
            (0x1002, 115200),
            (0x1003, 230400),
            (0x1004, 460800),
            (0x1007, 921600),
            (0x1008, 1000000),
            (0x100A, 1500000),
            (0x100B, 2000000),
            (0x100D, 3000000),
        ];

        private readonly int _master;
        private readonly int _slave;
        private readonly byte[] _termios = new byte[TermiosBytes];

        private PseudoTerminal(int master, int slave, string path)
        {
            _master = master;
            _slave = slave;
            Path = path;
        }

        /// <summary>Whether this system has them.</summary>
        public static bool IsSupported => OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();

        /// <summary>What the other program opens.</summary>
        public string Path { get; }

        /// <summary>The rate that the other program set, bits a second; 0 when it is not one of a serial port.</summary>
        public int Baud
        {
            get
            {
                if (tcgetattr(_master, _termios) != 0)
                {
                    return 0;
                }

                uint speed = (uint)cfgetospeed(_termios);
                foreach ((uint code, int baud) in Speeds)
                {
                    if (code == speed)
                    {
                        return baud;
                    }
                }

                return speed is >= 9600 and <= 5_000_000 ? (int)speed : 0;
            }
        }

        /// <summary>
        /// Opens one in raw mode: bytes pass as they are. This side keeps the other side open too, so that a client may come and go.
        /// </summary>
        /// <exception cref="IOException">The system gave none.</exception>
        /// <exception cref="PlatformNotSupportedException">This system has none.</exception>
        public static PseudoTerminal Open()
        {
            if (!IsSupported)
            {
                throw new PlatformNotSupportedException("there are no pseudo terminals on this system");
            }

            int master = Require(posix_openpt(ReadWrite | NotOurs), "posix_openpt");
            int slave = -1;
            try
            {
                Require(grantpt(master), "grantpt");
                Require(unlockpt(master), "unlockpt");
                string path = Marshal.PtrToStringUTF8(ptsname(master)) ?? throw new IOException("the pseudo terminal has no name");
                slave = Require(open(path, ReadWrite | NotOurs), "open " + path);
                var termios = new byte[TermiosBytes];
                Require(tcgetattr(slave, termios), "tcgetattr");
                cfmakeraw(termios);
                Require(tcsetattr(slave, SetNow, termios), "tcsetattr");
                return new PseudoTerminal(master, slave, path);
            }
            catch
            {
                if (slave >= 0)
                {
                    _ = close(slave);
                }

                _ = close(master);
                throw;
            }
        }

        /// <summary>
        /// Lets the next program in after one that had asked the kernel to keep others out and was killed: this side holds the terminal
        /// open, so the kernel does not see that nobody does any more.
        /// </summary>
        public void LetOthersIn() => _ = ioctl(_slave, AdmitOthers);

        /// <summary>Takes what the other program has written, without waiting; returns how many bytes.</summary>
        public int Read(byte[] buffer) => IsReady(PollIn) ? (int)Math.Max(0, read(_master, buffer, (nuint)buffer.Length)) : 0;

        /// <summary>Gives bytes to the other program, without waiting; returns how many were taken.</summary>
        public int Write(ReadOnlySpan<byte> bytes)
        {
            if (bytes.Length == 0 || !IsReady(PollOut))
            {
                return 0;
            }

            return (int)Math.Max(0, write(_master, bytes.ToArray(), (nuint)bytes.Length));
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _ = close(_slave);
            _ = close(_master);
        }

        private bool IsReady(short what)
        {
            var wanted = new PollFd { Fd = _master, Events = what };
            return poll(ref wanted, 1, 0) == 1 && (wanted.Happened & what) != 0;
        }

        private static int Require(int result, string call)
        {
            if (result >= 0)
            {
                return result;
            }

            int error = Marshal.GetLastPInvokeError();
            throw new IOException($"{call}: {new Win32Exception(error).Message}");
        }

        [StructLayout(LayoutKind.Sequential)]
        private struct PollFd
        {
            public int Fd;
            public short Events;
            public short Happened;
        }

        [DllImport("libc", SetLastError = true)]
        private static extern int posix_openpt(int flags);

        [DllImport("libc", SetLastError = true)]
        private static extern int grantpt(int fd);

        [DllImport("libc", SetLastError = true)]
        private static extern int unlockpt(int fd);

        [DllImport("libc", SetLastError = true)]
        private static extern IntPtr ptsname(int fd);

        [DllImport("libc", SetLastError = true)]
        private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

        [DllImport("libc", SetLastError = true)]
        private static extern int close(int fd);

        [DllImport("libc", SetLastError = true)]
        private static extern nint read(int fd, byte[] buffer, nuint count);

        [DllImport("libc", SetLastError = true)]
        private static extern nint write(int fd, byte[] buffer, nuint count);

        [DllImport("libc")]
        private static extern int ioctl(int fd, nuint request);

        [DllImport("libc", SetLastError = true)]
        private static extern int poll(ref PollFd fds, uint count, int timeout);

        [DllImport("libc", SetLastError = true)]
        private static extern int tcgetattr(int fd, byte[] termios);

        [DllImport("libc", SetLastError = true)]
        private static extern int tcsetattr(int fd, int actions, byte[] termios);

        [DllImport("libc")]
        private static extern void cfmakeraw(byte[] termios);

        [DllImport("libc")]
        private static extern nuint cfgetospeed(byte[] termios);
    }
}
