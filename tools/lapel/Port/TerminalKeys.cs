// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Cli
{
    /// <summary>Keys of the terminal as the camera's console takes them (PROTOCOL.md 2.1).</summary>
    internal static class TerminalKeys
    {
        /// <summary>The bytes of a key: its character, or the sequence that terminals send. Empty when the console knows none.</summary>
        public static byte[] Of(ConsoleKeyInfo key) =>
            key.Key switch
            {
                ConsoleKey.Enter => "\r"u8.ToArray(),
                ConsoleKey.Backspace => "\b"u8.ToArray(),
                ConsoleKey.Tab => "\t"u8.ToArray(),
                ConsoleKey.UpArrow => "\e[A"u8.ToArray(),
                ConsoleKey.DownArrow => "\e[B"u8.ToArray(),
                ConsoleKey.RightArrow => "\e[C"u8.ToArray(),
                ConsoleKey.LeftArrow => "\e[D"u8.ToArray(),
                ConsoleKey.Home => "\e[H"u8.ToArray(),
                ConsoleKey.End => "\e[F"u8.ToArray(),
                ConsoleKey.Delete => "\e[3~"u8.ToArray(),

                // An escape by itself means nothing there, and would swallow the key behind it.
                ConsoleKey.Escape => [],
                _ => key.KeyChar is > (char)0 and < (char)0x7F ? [(byte)key.KeyChar] : [],
            };
    }
}
