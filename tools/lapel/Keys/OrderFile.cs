// SPDX-License-Identifier: MIT

using System;
using System.IO;
using Lapel.Authority;

namespace Lapel.Cli
{
    /// <summary>Signed orders on disk.</summary>
    internal static class OrderFile
    {
        /// <summary>Reads an order that is to be brought to a camera.</summary>
        /// <param name="path">The file.</param>
        /// <param name="maker">The command that makes such an order, for the hint.</param>
        /// <exception cref="CommandException">It cannot be read, or its size cannot be an order's.</exception>
        public static byte[] Read(string path, string maker)
        {
            string hint = maker + " makes one";
            try
            {
                if (new FileInfo(path) is { Exists: true, Length: > SignedDocument.MaxBytes })
                {
                    throw new CommandException($"{path} is too large for a signed order", hint);
                }

                byte[] order = File.ReadAllBytes(path);
                return order.Length > 0 ? order : throw new CommandException($"{path} is empty", hint);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new CommandException($"order {path} cannot be read: {FileTrouble.Text(error)}", null, error);
            }
        }
    }
}
