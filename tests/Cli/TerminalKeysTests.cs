// SPDX-License-Identifier: MIT

using System;
using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Cli.Tests
{
    /// <summary>Keys of lapel console as the camera takes them.</summary>
    [TestClass]
    public class TerminalKeysTests
    {
        [TestMethod]
        [DataRow(ConsoleKey.A, 'a', "a")]
        [DataRow(ConsoleKey.U, '\u0015', "\u0015")]
        [DataRow(ConsoleKey.C, '\u0003', "\u0003")]
        [DataRow(ConsoleKey.Enter, '\n', "\r")]
        [DataRow(ConsoleKey.Enter, '\r', "\r")]
        [DataRow(ConsoleKey.Backspace, '\u007f', "\b")]
        [DataRow(ConsoleKey.Tab, '\t', "\t")]
        [DataRow(ConsoleKey.UpArrow, '\0', "\u001b[A")]
        [DataRow(ConsoleKey.DownArrow, '\0', "\u001b[B")]
        [DataRow(ConsoleKey.RightArrow, '\0', "\u001b[C")]
        [DataRow(ConsoleKey.LeftArrow, '\0', "\u001b[D")]
        [DataRow(ConsoleKey.Home, '\0', "\u001b[H")]
        [DataRow(ConsoleKey.End, '\0', "\u001b[F")]
        [DataRow(ConsoleKey.Delete, '\u007f', "\u001b[3~")]
        [DataRow(ConsoleKey.Escape, '\u001b', "")]
        [DataRow(ConsoleKey.F5, '\0', "")]
        [DataRow(ConsoleKey.A, 'ä', "")]
        public void EachKeyHasItsBytes(ConsoleKey key, char character, string bytes) =>
            Assert.AreEqual(bytes, Encoding.Latin1.GetString(TerminalKeys.Of(new ConsoleKeyInfo(character, key, false, false, false))));
    }
}
