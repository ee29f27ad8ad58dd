// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using Lapel.Link;

namespace Lapel.Cli
{
    /// <summary>
    /// The pseudo terminals of the virtual cameras that run on this machine for this user: a link to each, named by its process, that
    /// stays when the cable is out and in again. The system lists serial ports; nobody but the program itself knows of these.
    /// </summary>
    internal sealed class VirtualPorts : IDisposable
    {
        private const string Extension = ".port";

        private static int _announced;

        private readonly string _link;

        private VirtualPorts(string link) => _link = link;

        /// <summary>Announces a port until it is disposed; null where that cannot be noted: it is then known by its path only.</summary>
        public static VirtualPorts? Announce(string port)
        {
            try
            {
                Directory.CreateDirectory(PortNames.VirtualFolder);
                string name = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Environment.ProcessId}-{Interlocked.Increment(ref _announced)}{Extension}"
                );
                var ports = new VirtualPorts(Path.Combine(PortNames.VirtualFolder, name));
                ports.Move(port);
                return ports;
            }
            catch (Exception e) when (FileTrouble.Is(e))
            {
                return null;
            }
        }

        /// <summary>Ports whose camera still runs, in order of their names.</summary>
        public static IReadOnlyList<string> Names()
        {
            try
            {
                return Directory.Exists(PortNames.VirtualFolder)
                    ?
                    [
                        .. Directory
                            .GetFiles(PortNames.VirtualFolder, "*" + Extension)
                            .Select(Port)
                            .OfType<string>()
                            .Order(StringComparer.Ordinal),
                    ]
                    : [];
            }
            catch (Exception e) when (FileTrouble.Is(e))
            {
                return [];
            }
        }

        /// <summary>The cable is out, or it is in again, perhaps under another name.</summary>
        /// <param name="port">The port; null while there is none.</param>
        public void Move(string? port)
        {
            try
            {
                File.Delete(_link);
                if (port != null)
                {
                    File.CreateSymbolicLink(_link, port);
                }
            }
            catch (Exception e) when (FileTrouble.Is(e)) { }
        }

        public void Dispose() => Move(null);

        /// <summary>The port of a link; null when its process is gone, as after a kill.</summary>
        private static string? Port(string link)
        {
            string process = Path.GetFileNameWithoutExtension(link).Split('-')[0];
            bool runs = int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out int id) && IsRunning(id);
            string? port = runs ? File.ResolveLinkTarget(link, returnFinalTarget: true)?.FullName : null;
            return port != null && File.Exists(port) ? port : null;
        }

        private static bool IsRunning(int process)
        {
            try
            {
                using var found = Process.GetProcessById(process);
                return !found.HasExited;
            }
            catch (ArgumentException)
            {
                return false;
            }
        }
    }
}
