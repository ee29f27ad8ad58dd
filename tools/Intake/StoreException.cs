// SPDX-License-Identifier: MIT

using System;
using System.IO;

namespace Lapel.Intake
{
    /// <summary>A store that cannot take what is brought. Whatever was brought before is whole.</summary>
    public sealed class StoreException : Exception
    {
        // ENOSPC and EDQUOT of Linux, ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL of Windows.
        private static readonly int[] Full = [28, 122, unchecked((int)0x80070070), unchecked((int)0x80070027)];

        // EROFS of Linux, ERROR_WRITE_PROTECT of Windows.
        private static readonly int[] WriteProtected = [30, unchecked((int)0x80070013)];

        /// <param name="message">What went wrong, one line without a full stop.</param>
        /// <param name="hint">What to do about it, or null.</param>
        /// <param name="inner">The cause, or null.</param>
        public StoreException(string message, string? hint, Exception? inner = null)
            : base(message, inner) => Hint = hint;

        /// <summary>What to do about it, or null.</summary>
        public string? Hint { get; }

        /// <summary>The words for an error of the disk.</summary>
        public static StoreException Of(string folder, Exception error)
        {
            if (Array.IndexOf(Full, error.HResult) >= 0)
            {
                return new StoreException(
                    $"the disk of {folder} is full",
                    "make room and run it again: it goes on where it stopped, and the camera still has everything",
                    error
                );
            }

            if (error is UnauthorizedAccessException || Array.IndexOf(WriteProtected, error.HResult) >= 0)
            {
                return new StoreException(
                    $"{folder} cannot be written",
                    "check owner and mode of the folder and whether its disk is mounted read-only",
                    error
                );
            }

            return new StoreException(
                $"the disk of {folder} fails",
                "the camera still has everything; check the disk",
                error
            );
        }

        /// <summary>Whether an error is one of the disk.</summary>
        public static bool IsDisk(Exception error) => error is IOException or UnauthorizedAccessException;
    }
}
