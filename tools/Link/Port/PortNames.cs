// SPDX-License-Identifier: MIT

using System;
using System.IO;
using System.Linq;

namespace Lapel.Link
{
    /// <summary>
    /// Names of ports that stay the same when the cable is out and in again. A port's own name, /dev/ttyUSB0, is the first number that is
    /// free; beside it the system keeps a link named by the converter's serial number.
    /// </summary>
    public static class PortNames
    {
        /// <summary>Where udev keeps such links.</summary>
        private const string ById = "/dev/serial/by-id";

        /// <summary>
        /// Where the virtual cameras of this user keep such links to their pseudo terminals, where no other user can write:
        /// /run/user/1000 where the system has such a folder, else beside the user's data.
        /// </summary>
        public static string VirtualFolder =>
            Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime
                ? Path.Combine(runtime, "lapel")
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "lapel", "ports");

        /// <summary>The link that leads to a port now; null when there is none.</summary>
        public static string? Lasting(string name)
        {
            if (OperatingSystem.IsWindows())
            {
                return null;
            }

            try
            {
                string port = Target(name);
                return new[] { ById, VirtualFolder }
                    .Where(Directory.Exists)
                    .SelectMany(Directory.GetFiles)
                    .Order(StringComparer.Ordinal)
                    .FirstOrDefault(link => File.ResolveLinkTarget(link, returnFinalTarget: true)?.FullName == port);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Links come and go while they are looked at.
                return null;
            }
        }

        private static string Target(string name) =>
            File.ResolveLinkTarget(name, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(name);
    }
}
