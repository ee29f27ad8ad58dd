// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Lapel.Cli
{
    /// <summary>
    /// The pseudo terminals of the virtual cameras that run on this machine for this user: a file for each, named by its process, that
    /// holds the path. The system lists serial ports; nobody but the program itself knows of these.
    /// </summary>
    internal sealed class VirtualPorts : IDisposable
    {
        private const string Extension = ".port";

        /// <summary>A path has fewer bytes.</summary>
        private const int MostBytes = 4096;

        private readonly string _file;

        private VirtualPorts(string file) => _file = file;

        // For one user, where no other user can write: /run/user/1000 where the system has such a folder, else beside the user's data.
        private static string Folder =>
            Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime
                ? Path.Combine(runtime, "lapel")
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "lapel", "ports");

        /// <summary>Announces a port until it is disposed; null where that cannot be noted: it is then known by its path only.</summary>
        public static VirtualPorts? Announce(string port)
        {
            try
            {
                Directory.CreateDirectory(Folder);
                string file = Path.Combine(Folder, Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + Extension);
                File.WriteAllText(file, port);
                return new VirtualPorts(file);
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
                return Directory.Exists(Folder)
                    ? [.. Directory.GetFiles(Folder, "*" + Extension).Select(Port).OfType<string>().Order(StringComparer.Ordinal)]
                    : [];
            }
            catch (Exception e) when (FileTrouble.Is(e))
            {
                return [];
            }
        }

        public void Dispose()
        {
            try
            {
                File.Delete(_file);
            }
            catch (Exception e) when (FileTrouble.Is(e)) { }
        }

        /// <summary>The port of a file; null when its process is gone, as after a kill.</summary>
        private static string? Port(string file)
        {
            bool runs =
                int.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out int process)
                && IsRunning(process);
            string? port = runs && new FileInfo(file).Length <= MostBytes ? File.ReadAllText(file) : null;
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
