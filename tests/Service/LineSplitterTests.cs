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

        private static string _part = "";

        // T and S are lines of text and of SMP; what is in brackets is the line. Text comes in runs, of which the
        // editor makes lines; what was typed before a mark in the same line is forgotten, as there.
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
                    found += Found(end, Encoding.UTF8.GetString(_lines.Buffer, _lines.LineBegin, _lines.LineCount));
                    end = _lines.Next();
                }
            }

            return found;
        }

        private static string Found(LineEnd end, string text)
        {
            if (end != LineEnd.Text)
            {
                _part = "";
                return "S(" + text + ")";
            }

            Assert.IsTrue(text.Length <= LineSplitter.LongestRun, "a run of " + text.Length.ToString());
            _part += text;
            if (!text.EndsWith("\n") && !text.EndsWith("\r"))
            {
                return "";
            }

            string line = _part.Substring(0, _part.Length - 1);
            _part = "";
            return "T(" + line + ")";
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
        public void TheLongestLineOfTextIsHandedOn()
        {
            _lines = new LineSplitter();
            string longest = new string('x', LineSplitter.LongestLine);
            Assert.AreEqual("T(" + longest + ")T(a)", Feed(longest + "\na\n"));
        }

        [TestMethod]
        public void ALongLineOfSmpIsTakenInParts()
        {
            string part = "";
            for (int i = 0; i < 31; i++)
            {
                part += "ABCD";
            }

            // A line of 1,024 bytes, one of 2,048, and one that the parts just fill, as clients with a longer MTU send them.
            string next = "\u0004\u0014";
            for (int parts = 1; parts < 20; parts++)
            {
                for (int rest = 0; rest < 124; rest += 4)
                {
                    string line = "\u0006\t";
                    string found = "";
                    for (int i = 0; i < parts; i++)
                    {
                        line += part;
                        found += "S(" + (i == 0 ? "\u0006\t" : next) + part + ")";
                    }

                    line += part.Substring(0, rest);
                    found += rest == 0 ? "" : "S(" + next + part.Substring(0, rest) + ")";
                    _lines = new LineSplitter();
                    Assert.AreEqual(found + "T(a)", Feed(line + "\r\na\n"));
                    Assert.AreEqual(found, Feed(line.Substring(0, line.Length / 2)) + Feed(line.Substring(line.Length / 2) + "\n"));
                }
            }
        }

        [TestMethod]
        public void HalfALongLineCostsTheNextOneNothing()
        {
            for (int count = 100; count < 300; count++)
            {
                _lines = new LineSplitter();
                string found = Feed("\u0006\t" + new string('A', count) + "\u0006\tQUJD\n");
                Assert.IsTrue(found.EndsWith("\u0006\tQUJD)"), found);
            }
        }

        [TestMethod]
        public void WhatIsGivenBackComesAgain()
        {
            _lines = new LineSplitter();
            byte[] typed = Encoding.UTF8.GetBytes("abc\r\nd");
            System.Array.Copy(typed, 0, _lines.Buffer, 0, typed.Length);
            _lines.Added(typed.Length);
            Assert.AreEqual(LineEnd.Text, _lines.Next());
            Assert.AreEqual(4, _lines.LineCount);
            _lines.GiveBack(2);
            Assert.AreEqual(LineEnd.Text, _lines.Next());
            Assert.AreEqual("c\r", Encoding.UTF8.GetString(_lines.Buffer, _lines.LineBegin, _lines.LineCount));
            Assert.AreEqual(LineEnd.Text, _lines.Next());
            Assert.AreEqual("d", Encoding.UTF8.GetString(_lines.Buffer, _lines.LineBegin, _lines.LineCount));
        }

        [TestMethod]
        public void ControlCTakesTheTextBeforeItAndNoRequest()
        {
            _lines = new LineSplitter();
            byte[] typed = Encoding.UTF8.GetBytes("abc\rd\u0003e\n");
            System.Array.Copy(typed, 0, _lines.Buffer, 0, typed.Length);
            _lines.Added(typed.Length);
            Assert.IsTrue(_lines.TakeControlC());
            Assert.IsTrue(!_lines.TakeControlC());
            Assert.AreEqual("T(e)T(f)", Feed("f\n"));
            typed = Encoding.UTF8.GetBytes("abc\r\u0006\tQQ==\nd\u0003e\n");
            System.Array.Copy(typed, 0, _lines.Buffer, _lines.End, typed.Length);
            _lines.Added(typed.Length);
            Assert.IsTrue(_lines.HasMarkBehind);
            Assert.IsTrue(_lines.TakeControlC());
            Assert.AreEqual("T(abc)S(\u0006\tQQ==)T(de)T(f)", Feed("f\n"));
        }

        [TestMethod]
        public void APartThatDoesNotGoOnIsForgotten()
        {
            _lines = new LineSplitter();
            Assert.AreEqual("", Feed("\u0006\tQUJD"));
            _lines.ForgetPart();
            Assert.AreEqual("T(status)", Feed("status\n"));
            Feed("\u0006\t" + new string('A', 600));
            _lines.ForgetPart();
            Assert.AreEqual("T(status)", Feed("status\n"));
        }
    }
}
