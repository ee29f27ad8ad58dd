// SPDX-License-Identifier: MIT

using System;
using System.IO;
using System.IO.Ports;

namespace Lapel.Link
{
    /// <summary>A serial port of this machine, or the pseudo terminal of a virtual camera.</summary>
    public sealed class SerialPortOf : IPort
    {
        private string? _lasting;

        /// <param name="name">/dev/ttyACM0, COM3, the path of a pseudo terminal.</param>
        public SerialPortOf(string name) => Name = name;

        /// <inheritdoc/>
        public string Name { get; }

        private string Path => _lasting ?? Name;

        /// <inheritdoc/>
        public ILine Open(int baud)
        {
            if (!OperatingSystem.IsWindows() && !File.Exists(Path))
            {
                throw new LinkException(LinkFailure.NoPort, $"there is no port {Name}", "lapel ports lists the ports that are there");
            }

            ILine line = LinuxTerminal.IsSupported ? OnLinux(baud) : Elsewhere(baud);

            // It may have another number when it comes back: then it is looked for by the name that stays.
            _lasting ??= PortNames.Lasting(Name);
            return line;
        }

        private LinuxLine OnLinux(int baud)
        {
            PortLock port = PortLock.Take(Path, Name);
            try
            {
                return new LinuxLine(port, Name, baud);
            }
            catch
            {
                port.Dispose();
                throw;
            }
        }

        private SerialLine Elsewhere(int baud)
        {
            try
            {
                return new SerialLine(new SerialPort(Path, baud, Parity.None, 8, StopBits.One), Name);
            }
            catch (UnauthorizedAccessException error)
            {
                // The class says the same whether another program holds the port or the user has no right to it.
                throw new LinkException(
                    LinkFailure.PortBusy,
                    $"port {Name} cannot be opened: another program uses it, or you may not",
                    "end the other program; on Linux your user must be in the port's group (dialout)",
                    error
                );
            }
            catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
            {
                throw new LinkException(
                    LinkFailure.NoPort,
                    $"there is no port {Name}",
                    "lapel ports lists the ports that are there",
                    error
                );
            }
            catch (Exception error)
                when (error is IOException or ArgumentException or InvalidOperationException or PlatformNotSupportedException)
            {
                throw new LinkException(
                    LinkFailure.PortRefused,
                    $"port {Name} cannot be opened: {error.Message.TrimEnd('.')}",
                    "lapel ports lists the ports that are there",
                    error
                );
            }
        }
    }
}
