// SPDX-License-Identifier: MIT

using System;
using System.Runtime.InteropServices;

namespace Lapel.Link
{
    /// <summary>
    /// What Linux calls a terminal: the calls and the structure by which a program holds a serial port. The numbers are those of
    /// asm-generic/ioctls.h and asm-generic/termbits.h, which every processor that .NET runs on shares but PowerPC. The kernel is asked
    /// itself, not the C library: of that, glibc and musl write a rate differently.
    /// </summary>
    internal static class LinuxTerminal
    {
        /// <summary>poll: there is something to read, or room to write; the other end hung up, an error, no such file.</summary>
        public const short PollIn = 1,
            PollOut = 4,
            PollGone = 8 | 0x10 | 0x20;

        /// <summary>EINTR, EAGAIN.</summary>
        public const int Interrupted = 4,
            Again = 11;

        private const nuint GetSettings = 0x802C542A, // TCGETS2
            SetSettings = 0x402C542B, // TCSETS2
            Flush = 0x540B, // TCFLSH
            Unsent = 0x5411, // TIOCOUTQ
            ExcludeOthers = 0x540C, // TIOCEXCL
            AdmitOthers = 0x540D; // TIOCNXCL

        private const nint Input = 0,
            Both = 2;

        // struct termios2: four words of flags, the line discipline, 19 control characters, two rates.
        private const int SettingsBytes = 44,
            ControlFlags = 8,
            ControlCharacters = 17,
            TimeCharacter = 5,
            LeastCharacter = 6,
            InputRate = 36,
            OutputRate = 40;

        // CS8, CREAD, CLOCAL; a rate by its number, BOTHER.
        private const uint EightBitsNoModem = 0x30 | 0x80 | 0x800,
            AnyRate = 0x1000;

        // Rates that have a code of their own; a pseudo terminal's other end looks for that.
        private static readonly (int Baud, uint Code)[] Codes =
        [
            (9600, 0x0D),
            (19200, 0x0E),
            (38400, 0x0F),
            (57600, 0x1001),
            (115200, 0x1002),
            (230400, 0x1003),
            (460800, 0x1004),
            (500000, 0x1005),
            (576000, 0x1006),
            (921600, 0x1007),
            (1000000, 0x1008),
            (1152000, 0x1009),
            (1500000, 0x100A),
            (2000000, 0x100B),
            (2500000, 0x100C),
            (3000000, 0x100D),
            (3500000, 0x100E),
            (4000000, 0x100F),
        ];

        /// <summary>Whether this machine's kernel has these calls in this form.</summary>
        public static bool IsSupported =>
            OperatingSystem.IsLinux()
            && RuntimeInformation.ProcessArchitecture
                is Architecture.X64
                    or Architecture.X86
                    or Architecture.Arm64
                    or Architecture.Arm
                    or Architecture.Armv6
                    or Architecture.RiscV64
                    or Architecture.LoongArch64
                    or Architecture.S390x;

        /// <summary>Rate of a port, bits a second; 0 when it is no terminal.</summary>
        public static int Rate(int file)
        {
            var settings = new byte[SettingsBytes];
            return Control(file, GetSettings, settings) == 0
                ? (int)Math.Min(int.MaxValue, BitConverter.ToUInt32(settings, OutputRate))
                : 0;
        }

        /// <summary>
        /// Lets bytes pass as they are, 8 data bits, no parity, one stop bit, no flow control, at a rate. False when it is no terminal.
        /// </summary>
        public static bool Set(int file, int baud)
        {
            var settings = new byte[SettingsBytes];
            if (Control(file, GetSettings, settings) != 0)
            {
                return false;
            }

            uint code = Array.Find(Codes, c => c.Baud == baud).Code;
            settings.AsSpan(0, ControlCharacters - 1).Clear();
            Word(settings, ControlFlags, EightBitsNoModem | (code == 0 ? AnyRate : code));
            settings[ControlCharacters + TimeCharacter] = 0;
            settings[ControlCharacters + LeastCharacter] = 1;
            Word(settings, InputRate, (uint)baud);
            Word(settings, OutputRate, (uint)baud);
            return Control(file, SetSettings, settings) == 0;
        }

        /// <summary>Asks the kernel to open the port for nobody else, root apart.</summary>
        public static void KeepOthersOut(int file) => Control(file, ExcludeOthers, 0);

        /// <summary>Takes that back.</summary>
        public static void LetOthersIn(int file) => Control(file, AdmitOthers, 0);

        /// <summary>Throws away what came and was not read.</summary>
        public static void ForgetInput(int file) => Control(file, Flush, Input);

        /// <summary>Throws away what came and what was not sent.</summary>
        public static void ForgetAll(int file) => Control(file, Flush, Both);

        /// <summary>Bytes that were written and not sent; 0 when the port does not say.</summary>
        public static int UnsentBytes(int file) => Control(file, Unsent, out int bytes) == 0 ? bytes : 0;

        /// <summary>Waits for a state of the port; 0 when the time is up.</summary>
        /// <param name="file">The port.</param>
        /// <param name="what"><see cref="PollIn"/> or <see cref="PollOut"/>.</param>
        /// <param name="ms">Longest wait.</param>
        public static short Poll(int file, short what, int ms)
        {
            var item = new PollItem { File = file, Events = what };
            return Poll(ref item, 1, ms) > 0 ? item.Returned : (short)0;
        }

        /// <summary>Reads; -1 with an error number.</summary>
        public static int Read(int file, Span<byte> into) => (int)Read(file, ref MemoryMarshal.GetReference(into), into.Length);

        /// <summary>Writes; -1 with an error number.</summary>
        public static int Write(int file, ReadOnlySpan<byte> from) => (int)Write(file, ref MemoryMarshal.GetReference(from), from.Length);

        /// <summary>Closes. The kernel may wait for a port to send what it holds.</summary>
        [DllImport("libc", EntryPoint = "close")]
        public static extern int Close(int file);

        private static void Word(byte[] settings, int at, uint value) =>
            BitConverter.TryWriteBytes(settings.AsSpan(at), value);

        [DllImport("libc", EntryPoint = "ioctl", SetLastError = true)]
        private static extern int Control(int file, nuint request, byte[] settings);

        [DllImport("libc", EntryPoint = "ioctl", SetLastError = true)]
        private static extern int Control(int file, nuint request, nint value);

        [DllImport("libc", EntryPoint = "ioctl", SetLastError = true)]
        private static extern int Control(int file, nuint request, out int value);

        [DllImport("libc", EntryPoint = "poll", SetLastError = true)]
        private static extern int Poll(ref PollItem items, nuint count, int ms);

        [DllImport("libc", EntryPoint = "read", SetLastError = true)]
        private static extern nint Read(int file, ref byte into, nint count);

        [DllImport("libc", EntryPoint = "write", SetLastError = true)]
        private static extern nint Write(int file, ref readonly byte from, nint count);

        [StructLayout(LayoutKind.Sequential)]
        private struct PollItem
        {
            public int File;
            public short Events;
            public short Returned;
        }
    }
}
