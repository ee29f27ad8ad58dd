// SPDX-License-Identifier: MIT

using System;
using System.IO;
using System.IO.Ports;

namespace Lapel.Link
{
    /// <summary>A serial port of this machine, or the pseudo terminal of a virtual camera.</summary>
    public sealed class SerialPortOf : IPort
    {
        /// <param name="name">/dev/ttyACM0, COM3, the path of a pseudo terminal.</param>
        public SerialPortOf(string name) => Name = name;

        /// <inheritdoc/>
        public string Name { get; }

        /// <inheritdoc/>
        public ILine Open(int baud)
        {
            if (!OperatingSystem.IsWindows() && !File.Exists(Name))
            {
                throw new LinkException(LinkFailure.NoPort, $"there is no port {Name}", "lapel ports lists the ports that are there");
            }

            PortLock? held = PortLock.Take(Name);
            try
            {
                return new SerialLine(new SerialPort(Name, baud, Parity.None, 8, StopBits.One), Name, held);
            }
            catch (UnauthorizedAccessException error)
            {
                held?.Dispose();

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
                held?.Dispose();
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
                held?.Dispose();
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
