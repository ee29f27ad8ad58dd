// SPDX-License-Identifier: MIT

using System;
using System.IO;

namespace Lapel.Cli
{
    /// <summary>Looks at the folders that stand for card and camera before anything is written into them.</summary>
    internal static class Folders
    {
        /// <summary>Makes a folder when it is not there and finds out whether it can be written.</summary>
        /// <param name="path">The folder.</param>
        /// <param name="role">What it stands for, as in "card folder".</param>
        /// <exception cref="CommandException">It cannot be made or written.</exception>
        public static void Prepare(string path, string role)
        {
            if (File.Exists(path))
            {
                throw new CommandException($"{role} {path} is a file", "name a folder; it is made when it is not there");
            }

            try
            {
                Directory.CreateDirectory(path);
                string probe = Path.Combine(path, $"probe-{Guid.NewGuid():N}");
                using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose)) { }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new CommandException(
                    $"{role} {path} cannot be written: {FileTrouble.Text(e)}",
                    "check the owner and mode of the folder, or name another",
                    e
                );
            }
        }

        /// <summary>Refuses a folder for the camera's inside that lies on the card: whoever takes the card would have the keys.</summary>
        public static void RequireApart(string card, string device)
        {
            string cardPath = Whole(card);
            if (Whole(device).StartsWith(cardPath, StringComparison.Ordinal))
            {
                throw new CommandException(
                    $"device folder {device} lies on the card {card}: the keys never go onto the card",
                    "name a folder beside the card's"
                );
            }
        }

        private static string Whole(string path)
        {
            return Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)) + Path.DirectorySeparatorChar;
        }
    }
}
