// SPDX-License-Identifier: MIT

using nanoFramework.TestFramework;

namespace Lapel.Service.Tests
{
    /// <summary>The keys that edit a line (PROTOCOL.md 2.1): what is carried out, and what a terminal shows.</summary>
    [TestClass]
    public class ConsoleEditorTests
    {
        private const string Left = "\u001b[D";
        private const string Right = "\u001b[C";
        private const string Up = "\u001b[A";
        private const string Down = "\u001b[B";

        private static BenchBoard _board;
        private static TypedLink _link;
        private static ServicePort _port;
        private static string _screen;
        private static int _column;

        private static void Begin()
        {
            _board = new BenchBoard();
            _link = new TypedLink();
            var camera = new BenchCamera(_board);
            var output = new ServiceOutput(_link);
            var commands = new ConsoleCommand[]
            {
                new VersionCommand(),
                new StatusCommand(null),
                new MemoryCommand(),
                new LogoutCommand(null),
            };
            _port = new ServicePort(_link, output, new Console(camera, output, commands), null);
            _screen = "";
            _column = 0;
        }

        private static string Type(string text)
        {
            _link.Type(text);
            for (int steps = 0; steps < 200; steps++)
            {
                _port.Step(_board.NowUs);
                _board.NowUs += 10000;
            }

            return _link.Answer();
        }

        // The last line of a terminal that knows printable characters, backspace and line ends.
        private static string Row(string text)
        {
            return Shown(Type(text));
        }

        private static string Shown(string answer)
        {
            for (int i = 0; i < answer.Length; i++)
            {
                char c = answer[i];
                if (c == '\r')
                {
                    _column = 0;
                }
                else if (c == '\n')
                {
                    _screen = "";
                }
                else if (c == '\b')
                {
                    Assert.IsTrue(_column > 0, "back over the margin");
                    _column--;
                }
                else
                {
                    Assert.IsTrue(c >= ' ' && c <= '~', "an unprintable character");
                    string behind = _column + 1 < _screen.Length ? _screen.Substring(_column + 1) : "";
                    _screen = _screen.Substring(0, _column) + c.ToString() + behind;
                    _column++;
                }
            }

            return _screen.Substring(0, _column) + "|" + _screen.Substring(_column).TrimEnd(' ');
        }

        private static void Carries(string keys, string line)
        {
            string answer = Type(keys + "\r");
            Shown(answer);
            Assert.IsTrue(answer.IndexOf("no command '" + line + "'") >= 0, answer);
        }

        [TestMethod]
        public void LeftRightHomeAndEndMove()
        {
            Begin();
            Assert.AreEqual("ab|c", Row("abc" + Left));
            Assert.AreEqual("abX|c", Row("X"));
            Assert.AreEqual("|abXc", Row("\u001b[H"));
            Assert.AreEqual("Y|abXc", Row("Y"));
            Assert.AreEqual("YabXc|", Row("\u001b[F"));
            Assert.AreEqual("YabX|c", Row(Right + Left));
            Assert.AreEqual("Yab|c", Row("\b"));
            Assert.AreEqual("Yab|", Row("\u001b[3~"));
            Assert.AreEqual("|Yab", Row("\u0001"));
            Assert.AreEqual("Yab|", Row("\u0005"));
            Assert.AreEqual("|Yab", Row("\u001b[1~"));
            Assert.AreEqual("Yab|", Row("\u001b[4~"));
            Assert.AreEqual("|Yab", Row("\u001bOH"));
            Assert.AreEqual("Y|ab", Row("\u001bOC"));
            Assert.AreEqual("Ya|b", Row("\u001b[1;5C"));
            Assert.AreEqual("Yab|", Row("\u0006x\b"));
            Carries("", "Yab");
        }

        [TestMethod]
        public void WordsAndLinesAreTakenBack()
        {
            Begin();
            Assert.AreEqual("one two |", Row("one two  three\u0017\b"));
            Assert.AreEqual("one |", Row("\u0017"));
            Assert.AreEqual("|", Row("\u0015"));
            Assert.AreEqual("ab|", Row("abcd" + Left + Left + "\u000b"));
            Assert.AreEqual("|ab", Row(Left + Left));
            Assert.AreEqual("|ab", Row("\u0015\u0017\b"));
            Carries("\u0005", "ab");
        }

        [TestMethod]
        public void OlderLinesComeAgain()
        {
            Begin();
            Carries("one", "one");
            Carries("three", "three");
            Carries("three", "three");
            Carries("login technician AAAA", "login");
            Assert.AreEqual("lapel> login technician AAAA|", Row(Up));
            Assert.AreEqual("lapel> three|", Row(Up));
            Assert.AreEqual("lapel> one|", Row(Up));
            Assert.AreEqual("lapel> one|", Row(Up));
            Assert.AreEqual("lapel> three|", Row(Down));
            Assert.AreEqual("lapel> threeX|", Row("X"));
            Assert.AreEqual("lapel> |", Row(Down + Down + Down));
            Carries(Up + Up + "s", "threes");
            for (int n = 0; n < 40; n++)
            {
                Carries("x" + n.ToString(), "x" + n.ToString());
            }

            string all = "";
            for (int n = 0; n < 40; n++)
            {
                all += Up;
            }

            Assert.AreEqual("lapel> x24|", Row(all));
            Carries("\u0015" + new string('y', 200), new string('y', 24) + "...");
            Assert.AreEqual("lapel> x39|", Row(Up));
        }

        [TestMethod]
        public void TabCompletesCommands()
        {
            Begin();
            Row("\r");
            Assert.AreEqual("lapel> version |", Row("v\t"));
            Assert.AreEqual("lapel> version |", Row("\t"));
            Row("\r");
            Assert.AreEqual("lapel> help status |", Row("he\tst\t"));
            Row("\r");
            string answer = Type("\t");
            Assert.AreEqual("\r\nhelp version status mem logout\r\nlapel> ", answer);
            Assert.AreEqual("zz", Type("zz\t"));
        }

        [TestMethod]
        public void TabCompletesAtTheCursor()
        {
            Begin();
            Row("\r");
            Assert.AreEqual("lapel> version |-j", Row("v -j\u001b[D\u001b[D\u001b[D\t"));
            Row("\u0003");
            Assert.AreEqual("lapel> version |x", Row("vx\u001b[D\t"));
            Row("\u0003");
            Assert.AreEqual("lapel> help status |mem", Row("help stmem\u001b[D\u001b[D\u001b[D\t"));
            Row("\u0003");
            Assert.AreEqual("lapel> zz| v", Row("zz v\u001b[D\u001b[D\t"));
            Row("\u0003");
            Assert.AreEqual("lapel> |status", Row("status\u0001\t"));
        }

        [TestMethod]
        public void NoSequenceSpoilsALine()
        {
            string[] sequences =
            {
                "\u001b[5~",
                "\u001b[24~",
                "\u001b[200~",
                "\u001bOP",
                "\u001b[[A",
                "\u001b[1;2P",
                "\u001bb",
                "\u001b\u001b[Z",
                "\u001b[?1;2c",
                "\u001b[12;34R",
                "\u0000",
                "\u0011\u0013",
                "\u001b[I\u001b[O",
            };
            for (int i = 0; i < sequences.Length; i++)
            {
                Begin();
                string line = "sta" + sequences[i] + "tvs";
                Carries(line, "statvs");
                for (int cut = 1; cut < line.Length; cut++)
                {
                    Begin();
                    _link.Type(line.Substring(0, cut));
                    _port.Step(_board.NowUs);
                    _port.Step(_board.NowUs + 1);
                    _port.Step(_board.NowUs + 2);
                    Carries(line.Substring(cut), "statvs");
                }
            }
        }

        [TestMethod]
        public void AnEscapeByItselfAndOneThatNeverEndsAreForgotten()
        {
            Begin();
            Type("\u001b");
            Carries("statvs", "statvs");
            Carries("x\u001b[", "x");
            Begin();
            string endless = "\u001b[" + new string('1', 2000);
            Type(endless);
            Type("\u0003");
            Carries("statvs", "statvs");
        }

        [TestMethod]
        public void NoiseMakesALineMalformedUntilItIsTakenBack()
        {
            Begin();
            Assert.IsTrue(Type("sta\u00e4tus\r").IndexOf("ERR malformed") >= 0);
            Assert.IsTrue(Type("sta\u001ctus\r").IndexOf("ERR malformed") >= 0);
            Carries("sta\u00e4\u0015statvs", "statvs");
        }

        [TestMethod]
        public void HelpSaysWhatACommandTakes()
        {
            Begin();
            Assert.AreEqual(
                "help mem\r\ncommand             mem\r\nsummary             free memory, and what the pictures take of it\r\nOK\r\nlapel> ",
                Type("help mem\r")
            );
            Assert.IsTrue(Type("help nose\r").IndexOf("ERR unknown no command 'nose'") >= 0);
            Assert.IsTrue(Type("? -j\r").IndexOf("{\"command\":\"logout\",\"summary\":\"give the role back\"}") >= 0);
        }

        [TestMethod]
        public void TheLongestLineCanBeEdited()
        {
            Begin();
            string longest = new string('x', LineSplitter.LongestLine);
            Type(longest);
            for (int n = 0; n < 100; n++)
            {
                Type("\u0001\u0005\u0001\u001b[3~" + "z");
            }

            Type("\u0001\u000b");
            Carries("ab", "ab");
        }
    }
}
