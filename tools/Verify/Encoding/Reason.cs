// SPDX-License-Identifier: MIT

using System;
using System.Formats.Cbor;
using System.IO;

namespace Lapel.Verify
{
    /// <summary>Why something cannot be read, in this program's words: the system's and the libraries' are for developers.</summary>
    internal static class Reason
    {
        private const int OwnMessage = unchecked((int)0x80131620),
            DiskFails = 5,
            IsFolder = 21;

        /// <summary>The end of a sentence about a file or a structure.</summary>
        public static string Of(Exception error) =>
            error switch
            {
                FileNotFoundException => "it does not exist",
                DirectoryNotFoundException => "its folder does not exist",
                PathTooLongException => "its name is too long",
                UnauthorizedAccessException => "it is closed to you",
                EndOfStreamException => "it is cut short",
                IOException when error.HResult == OwnMessage => error.Message.TrimEnd('.'),
                IOException when error.HResult == DiskFails => "the disk fails",
                IOException when error.HResult == IsFolder => "it is a folder",
                IOException => $"the system refuses it (error {error.HResult & 0xFFFF})",
                CborContentException => "its CBOR is malformed",
                InvalidOperationException => "its CBOR holds another kind of value than is expected",
                OverflowException => "a number in it is out of range",
                _ => error.Message.TrimEnd('.'),
            };
    }
}
