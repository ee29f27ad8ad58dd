// SPDX-License-Identifier: MIT

using System;
using System.Runtime.InteropServices;

namespace Lapel.Link
{
    /// <summary>
    /// Holds a serial port of Linux for this process. The kernel is asked to open it for nobody else (TIOCEXCL), which does not bind root;
    /// so an advisory lock is taken besides, as terminal programs do.
    /// </summary>
    internal sealed class PortLock : IDisposable
    {
        // Linux: O_RDWR, O_NOCTTY, O_NONBLOCK (the carrier is not waited for), O_CLOEXEC.
        private const int OpenFlags = 2 | 0x100 | 0x800 | 0x80000;

        // LOCK_EX, LOCK_NB.
        private const int Exclusive = 2 | 4;

        private const int NotPermitted = 1,
            NoFile = 2,
            NoDevice = 6,
            Again = 11,
            NoAccess = 13,
            Busy = 16,
            NoSuchDevice = 19;

        private int _file;

        private PortLock(int file) => _file = file;

        /// <summary>The port, open for reading and writing without waiting.</summary>
        public int File => _file;

        /// <summary>Opens a port of Linux and takes it; throws <see cref="LinkException"/>.</summary>
        /// <param name="path">What to open.</param>
        /// <param name="name">Its name for people.</param>
        public static PortLock Take(string path, string name)
        {
            int file = Open(path, OpenFlags);
            if (file < 0)
            {
                throw Refusal(name, Marshal.GetLastPInvokeError());
            }

            if (Lock(file, Exclusive) != 0 && Marshal.GetLastPInvokeError() == Again)
            {
                Close(file);
                throw Refusal(name, Busy);
            }

            // No locks on this kind of file: the kernel's own exclusion has to do.
            return new PortLock(file);
        }

        /// <summary>Gives it back.</summary>
        public void Dispose()
        {
            if (_file >= 0)
            {
                Close(_file);
            }

            _file = -1;
        }

        private static LinkException Refusal(string name, int error) =>
            error switch
            {
                Busy => new LinkException(
                    LinkFailure.PortBusy,
                    $"port {name} is busy: another program uses it",
                    "end the other program, a lapel or a terminal"
                ),
                NotPermitted or NoAccess => new LinkException(
                    LinkFailure.PortRefused,
                    $"you may not open port {name}",
                    "on Linux your user must be in the port's group (dialout)"
                ),
                NoFile or NoDevice or NoSuchDevice => new LinkException(
                    LinkFailure.NoPort,
                    $"there is no port {name}",
                    "lapel ports lists the ports that are there"
                ),
                _ => new LinkException(
                    LinkFailure.PortRefused,
                    $"port {name} cannot be opened: {Marshal.GetPInvokeErrorMessage(error)}",
                    "lapel ports lists the ports that are there"
                ),
            };

        [DllImport("libc", EntryPoint = "open", SetLastError = true)]
        private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

        [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
        private static extern int Lock(int file, int operation);

        [DllImport("libc", EntryPoint = "close")]
        private static extern int Close(int file);
    }
}
