// SPDX-License-Identifier: MIT

using System;
using System.IO;
using System.Text.RegularExpressions;

namespace Lapel.Cli
{
    /// <summary>What the system says about files, in words that need no knowledge of .NET.</summary>
    internal static partial class FileTrouble
    {
        /// <summary>An <see cref="IOException"/> whose message is our own: it carries no number of the system's.</summary>
        private const int NoSystemCode = unchecked((int)0x80131620);

        /// <summary>Whether it is trouble with a file.</summary>
        public static bool Is(Exception error) => error is IOException or UnauthorizedAccessException;

        /// <summary>What is wrong, with the file's name in front where the error tells it.</summary>
        public static string Sentence(Exception error)
        {
            string? path = (error as FileNotFoundException)?.FileName;
            if (path == null && Quoted().Match(error.Message) is { Success: true } match)
            {
                path = match.Groups[1].Value;
            }

            return path == null ? Text(error) : $"{path}: {Text(error)}";
        }

        /// <summary>What is wrong, as the end of a sentence about the file.</summary>
        public static string Text(Exception error)
        {
            switch (error)
            {
                case FileNotFoundException:
                    return "it does not exist";
                case DirectoryNotFoundException:
                    return "its folder does not exist";
                case EndOfStreamException:
                    return "it is cut short";
                case PathTooLongException:
                    return "its name is too long";
                case UnauthorizedAccessException:
                    return Quoted().Match(error.Message) is { Success: true } match && Directory.Exists(match.Groups[1].Value)
                        ? "it is a folder, or closed to you"
                        : "it is closed to you";
                case IOException:
                    return OfCode(error);
                default:
                    return error.Message.TrimEnd('.');
            }
        }

        // errno of Linux and macOS where they agree, and what Windows puts into an HRESULT.
        private static string OfCode(Exception error) =>
            error.HResult switch
            {
                NoSystemCode => error.Message.TrimEnd('.'),
                5 => "the disk fails",
                17 or unchecked((int)0x80070050) or unchecked((int)0x800700B7) => "it is already there",
                20 => "a part of its path is a file",
                21 => "it is a folder",
                28 or 122 or unchecked((int)0x80070070) or unchecked((int)0x80070027) => "the disk is full",
                30 or unchecked((int)0x80070013) => "the disk can only be read",
                11 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021) => "another program uses it",
                _ => $"the system refuses it (error {error.HResult & 0xFFFF})",
            };

        [GeneratedRegex("'([^']+)'")]
        private static partial Regex Quoted();
    }
}
