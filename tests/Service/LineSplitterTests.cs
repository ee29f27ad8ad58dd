// SPDX-License-Identifier: MIT

using System.Text;
using nanoFramework.TestFramework;

namespace Lapel.Service.Tests
{
    /// <summary>Lines told apart (PROTOCOL.md 1).</summary>
    [TestClass]
    public class LineSplitterTests
    {
        private static LineSplitter _lines;

        // T and S are lines of text and of SMP, L one that was too long; what is in brackets is the line.
        private static string Feed(byte[] bytes, int from, int count)
        {
            string found = "";
            while (count > 0)
            {
                int part = count < _lines.Room ? count : _lines.Room;
                System.Array.Copy(bytes, from, _lines.Buffer, _lines.End, part);
                _lines.Added(part);
                from += part;
                count -= part;
                LineEnd end = _lines.Next();
                while (end != LineEnd.None)
                {
                    string text = Encoding.UTF8.GetString(_lines.Buffer, _lines.LineBegin, _lines.LineCount);
                    found +=
                        end == LineEnd.Text ? "T(" + text + ")"
                        : end == LineEnd.Smp ? "S(" + text + ")"
                        : "L";
                    end = _lines.Next();
                }
            }

            return found;
        }

        private static string Feed(string text)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            return Feed(bytes, 0, bytes.Length);
        }

        [TestMethod]
        public void LfCrAndCrLfEndALine()
        {
            _lines = new LineSplitter();
            Assert.AreEqual("T(a)T(b)T(c)T(d)", Feed("a\nb\rc\r\nd\n"));
        }

        [TestMethod]
        public void LfCrAreTwoEnds()
        {
            _lines = new LineSplitter();
            Assert.AreEqual("T(a)T()T(b)", Feed("a\n\rb\n"));
        }

        [TestMethod]
        public void ACrLfInTwoPiecesIsOneEnd()
        {
            _lines = new LineSplitter();
            Assert.AreEqual("T(a)", Feed("a\r"));
            Assert.AreEqual("T(b)", Feed("\nb\r"));
            Assert.AreEqual("", Feed("\n"));
            Assert.AreEqual("T()", Feed("\n"));
        }

        [TestMethod]
        public void AnyCutGivesTheSameLines()
        {
            byte[] bytes = Encoding.UTF8.GetBytes("help\r\n\u0006\tABC=\nx\u0004\u0014DE\r\rstatus\n");
            string whole = "T(help)S(\u0006\tABC=)S(\u0004\u0014DE)T()T(status)";
            for (int cut = 0; cut <= bytes.Length; cut++)
            {
                _lines = new LineSplitter();
                Assert.AreEqual(whole, Feed(bytes, 0, cut) + Feed(bytes, cut, bytes.Length - cut));
            }
        }

        [TestMethod]
        public void AMarkIsFoundAnywhere()
        {
            _lines = new LineSplitter();
            Assert.AreEqual("S(\u0006\tQQ)", Feed("lapel> \u0006\tQQ\n"));
            Assert.AreEqual("S(\u0004\u0014QQ)", Feed("\u0006\u0004\u0014QQ\n"));
            Assert.AreEqual("S(\u0006\tA\u0004\u0014B)", Feed("\u0006\tA\u0004\u0014B\n"));
        }

        [TestMethod]
        public void HalfAMarkIsText()
        {
            _lines = new LineSplitter();
            Assert.AreEqual("T(\u0006)T(\u0004)T(\tx)", Feed("\u0006\n\u0004\n\tx\n"));
            Assert.AreEqual("T(\u0006)T(\t)", Feed("\u0006\n\t\n"));
        }

        [TestMethod]
        public void TheLongestLineIsTakenAndALongerOneDroppedOnce()
        {
            _lines = new LineSplitter();
            string longest = new string('x', LineSplitter.LongestLine);
            Assert.AreEqual("T(" + longest + ")T(a)", Feed(longest + "\na\n"));
            Assert.AreEqual("LT(a)", Feed(longest + "x\na\n"));
            Assert.AreEqual("LT(a)", Feed(longest + longest + longest + longest + longest + "\na\n"));
            Assert.AreEqual("LT(a)", Feed("\u0006\t" + longest + "\na\n"));
        }

        [TestMethod]
        public void WhatAnEditorTakesBackIsGone()
        {
            _lines = new LineSplitter();
            Assert.AreEqual("", Feed("abc"));
            _lines.Cut(_lines.PendingBegin + 1);
            Assert.AreEqual("T(az)", Feed("z\n"));
        }
    }
}
