// SPDX-License-Identifier: MIT

using Lapel.Evidence;
using nanoFramework.TestFramework;

namespace Lapel.Service.Tests
{
    /// <summary>The lane for people (PROTOCOL.md 2), without a camera behind it.</summary>
    [TestClass]
    public class ConsoleTests
    {
        private const string Version =
            "firmware            9.8.7\r\nbuild               none\r\nboard               bench\r\ntarget              bench\r\n"
            + "runtime             not known\r\nunit                LAPEL\r\ndevice              none\r\nOK\r\nlapel> ";

        private static BenchBoard _board;
        private static TypedLink _link;
        private static Console _console;
        private static ServicePort _port;
        private static AuditTail _tail;
        private static int _smpLines;
        private static ServiceOutput _output;
        private static SmpCounter _smp;

        private sealed class SmpCounter : ISmpLane
        {
            private int _waiting;

            public bool IsAlwaysBusy { get; set; }

            public bool IsBusy
            {
                get { return IsAlwaysBusy || _waiting > 0; }
            }

            public void Line(byte[] buffer, int offset, int count, long nowMs)
            {
                _smpLines++;
                _waiting++;
            }

            public void Heard(long nowUs) { }

            public bool Step(long nowUs)
            {
                if (_waiting == 0)
                {
                    return false;
                }

                _waiting--;
                _output.EnsureLineStart();
                _output.Text("<answer>\r\n");
                return true;
            }
        }

        private static void Begin()
        {
            _board = new BenchBoard();
            _link = new TypedLink();
            _smpLines = 0;
            _smp = new SmpCounter();
            var camera = new BenchCamera(_board);
            _tail = new AuditTail(camera, _board);
            _output = new ServiceOutput(_link);
            _console = new Console(
                camera,
                _output,
                new ConsoleCommand[]
                {
                    new VersionCommand(),
                    new LogCommand(_tail),
                    new StatisticsCommand("rec", "recorder", "figures"),
                    new LogoutCommand(null),
                }
            );
            _port = new ServicePort(_link, _output, _console, _smp);
        }

        private static void Run()
        {
            for (int steps = 0; steps < 500; steps++)
            {
                _port.Step(_board.NowUs);
                _board.NowUs += 10000;
            }
        }

        private static string Type(string text)
        {
            _link.Type(text);
            Run();
            return _link.Answer();
        }

        [TestMethod]
        public void NothingIsSaidUnasked()
        {
            Begin();
            Run();
            Assert.AreEqual("", _link.Answer());
        }

        [TestMethod]
        public void EachLineEndRunsACommandOnce()
        {
            Begin();
            Assert.AreEqual("version\r\n" + Version, Type("version\r"));
            Assert.AreEqual("version\r\n" + Version, Type("\nversion\n"));
            Assert.AreEqual("version\r\n" + Version, Type("version\r\n"));
        }

        [TestMethod]
        public void BackspaceAndDeleteTakeBack()
        {
            Begin();
            Assert.AreEqual("versx\b \bi\b \bion\r\n" + Version, Type("versx\bi\u007fion\r"));
            Assert.AreEqual("a\b \b", Type("a\b\b\b"));
            Assert.AreEqual("version\r\n" + Version, Type("version\r"));
        }

        [TestMethod]
        public void ControlCForgetsTheLine()
        {
            Begin();
            Assert.AreEqual("vers\r\nlapel> version\r\n" + Version, Type("vers\u0003version\r"));
        }

        [TestMethod]
        public void WhatIsWrongIsSaid()
        {
            Begin();
            Assert.AreEqual("nose\r\nERR unknown no command 'nose'; help lists them\r\nlapel> ", Type("nose\r"));
            Assert.AreEqual("version now\r\nERR usage version takes no argument, and there is 'now'\r\nlapel> ", Type("version now\r"));
            Assert.AreEqual("ab b\r\nERR malformed a line has printable ASCII and at most 16 words\r\nlapel> ", Type("ab\u001f b\r"));
            Assert.AreEqual(
                "1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7\r\nERR malformed a line has printable ASCII and at most 16 words\r\nlapel> ",
                Type("1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7\r")
            );
        }

        [TestMethod]
        public void ALineThatIsTooLongIsAnsweredOnce()
        {
            Begin();
            string answer = Type(new string('x', 1500) + "\r");
            Assert.IsTrue(answer.EndsWith("\r\nERR malformed a line of more than 512 bytes was dropped\r\nlapel> "), answer);
            Assert.AreEqual(answer.IndexOf("ERR"), answer.LastIndexOf("ERR"));
            Assert.AreEqual("version\r\n" + Version, Type("version\r"));
        }

        [TestMethod]
        public void LinesOfSmpAreNotEchoedAndGoTheirWay()
        {
            Begin();
            Assert.AreEqual("<answer>\r\n<answer>\r\n", Type("\u0006\tAAsIAAABAABCBqAA3g==\n\u0004\u0014AAAA\n"));
            Assert.AreEqual(2, _smpLines);
            Assert.AreEqual("version\r\n" + Version, Type("version\r"));
        }

        [TestMethod]
        public void TheLogIsFollowedUntilSomethingIsTyped()
        {
            Begin();
            _tail.Add(AuditKind.Boot, 2, 0, 0, null);
            Assert.AreEqual("log -f\r\n1000 boot 2 0 0\r\n", Type("log -f\r\n"));
            _tail.Add(AuditKind.Marker, 1, 77, 0, new byte[] { 1 });
            Run();
            Assert.AreEqual("6000 marker 1 77 0\r\n", _link.Answer());
            string end = Type("x");
            Assert.IsTrue(end.IndexOf("ERR interrupted by input\r\n") >= 0, end);
            _tail.Add(AuditKind.Marker, 2, 0, 0, null);
            Run();
            Assert.AreEqual("", _link.Answer());
        }

        [TestMethod]
        public void TheLogShowsAsManyAsAskedFor()
        {
            Begin();
            for (int n = 0; n < 100; n++)
            {
                _tail.Add(AuditKind.Alive, n, 0, 0, null);
            }

            Assert.AreEqual("log -n 2\r\n1000 alive 98 0 0\r\n1000 alive 99 0 0\r\nOK\r\nlapel> ", Type("log -n 2\r"));
            Assert.IsTrue(Type("log -n 64\r").IndexOf("\r\n1000 alive 36 0 0\r\n") >= 0);
            Assert.IsTrue(Type("log -n 65\r").IndexOf("ERR usage ") >= 0);
            Assert.IsTrue(Type("log -n\r").IndexOf("ERR usage ") >= 0);
            Assert.IsTrue(Type("log -x\r").IndexOf("ERR usage ") >= 0);
        }

        [TestMethod]
        public void TheShellAnswersAtOnce()
        {
            Begin();
            var text = new TextBuffer(2048);
            Assert.AreEqual(ExitCode.Done, _console.Execute(new string[] { "rec" }, text, 0));
            Assert.AreEqual(
                "frames              5\r\npages               105\r\npages_free          205\r\nOK\r\n",
                System.Text.Encoding.UTF8.GetString(text.Bytes, 0, text.Count)
            );
            Assert.AreEqual(ExitCode.Unknown, _console.Execute(new string[] { "nose" }, text, 0));
            Assert.AreEqual(ExitCode.Empty, _console.Execute(new string[0], text, 0));
            Assert.AreEqual(ExitCode.Failed, _console.Execute(new string[] { "log", "-f" }, text, 0));
            Assert.AreEqual(ExitCode.Failed, _console.Execute(new string[] { "help" }, new TextBuffer(600), 0), "no room");
        }

        private const string Frames = "frames              5\r\npages               105\r\npages_free          205\r\nOK\r\nlapel> ";
        private const string Json = "{\"frames\":5,\"pages\":105,\"pages_free\":205,\"ok\":true}\r\nlapel> ";

        [TestMethod]
        public void LinesThatArriveTogetherAreAnsweredInOrderEachWhole()
        {
            Begin();
            Assert.AreEqual("rec -j\r\n" + Json + "rec\r\n" + Frames + "rec -j\r\n" + Json, Type("rec -j\rrec\nrec -j\r\n"));
            string paste = "";
            string answers = "";
            for (int n = 0; n < 200; n++)
            {
                paste += "rec -j\r\n";
                answers += "rec -j\r\n" + Json;
            }

            _link.Type(paste);
            for (int n = 0; n < 10; n++)
            {
                Run();
            }

            Assert.AreEqual(answers, _link.Answer());
        }

        [TestMethod]
        public void EveryCutOfAPasteGivesTheSameAnswers()
        {
            const string Paste = "rec -j\r\nversion\rrec\n";
            string whole = "rec -j\r\n" + Json + "version\r\n" + Version + "rec\r\n" + Frames;
            for (int cut = 1; cut < Paste.Length; cut++)
            {
                for (int steps = 0; steps < 12; steps++)
                {
                    Begin();
                    _link.Type(Paste.Substring(0, cut));
                    for (int step = 0; step < steps; step++)
                    {
                        _port.Step(_board.NowUs);
                        _board.NowUs += 10000;
                    }

                    string before = _link.Answer();
                    if (_link.Available == 0)
                    {
                        Assert.AreEqual(whole, before + Type(Paste.Substring(cut)));
                    }
                }
            }
        }

        [TestMethod]
        public void ControlCEndsACommandAndWhatWasTypedBehindIt()
        {
            Begin();
            Assert.AreEqual("log -f\r\n", Type("log -f\r"));
            Assert.AreEqual("ERR interrupted by input\r\nlapel> rec\r\n" + Frames, Type("version\r\u0003rec\r"));
            _link.Type("rec -j\rrec -j\rversion\r");
            _port.Step(_board.NowUs);
            _board.NowUs += 10000;
            _port.Step(_board.NowUs);
            string rest = _link.Answer() + Type("\u0003");
            Assert.AreEqual(
                "{\"frames\":5,\"pages\":105,\"ok\":false,\"code\":\"interrupted\",\"text\":\"by input\"}\r\nlapel> ",
                rest.Substring(rest.IndexOf('{'))
            );
        }

        [TestMethod]
        public void ARequestBehindTextWaitsForIt()
        {
            Begin();
            string answer = Type("rec -j\rrec -j\r\u0006\tAAsIAAABAABCBqAA3g==\nrec -j\r");

            // Never within the line of an object: before the next one, or behind it.
            string one = "rec -j\r\n" + Json;
            bool before = answer == one + one + "\r\n<answer>\r\n" + one;
            Assert.IsTrue(before || answer == one + one + one + "\r\n<answer>\r\n", answer);
        }

        [TestMethod]
        public void ARequestBehindALongCommandIsTakenAtOnceAndOneBehindMoreTextSoon()
        {
            Begin();
            Assert.AreEqual("log -f\r\n", Type("log -f\r"));
            Assert.AreEqual(
                "ERR interrupted by input\r\nlapel> \r\n<answer>\r\n",
                Type("\u0006\tAAsIAAABAABCBqAA3g==\n")
            );
            Assert.AreEqual(1, _smpLines);

            // A list in JSON that the line does not take: an answer that waits for its end waits no longer than 0.25 s.
            _smp.IsAlwaysBusy = true;
            _link.Type("log -n 64 -j\r");
            for (int n = 0; n < 64; n++)
            {
                _tail.Add(AuditKind.Alive, n, 0, 0, null);
            }

            for (int steps = 0; steps < 10; steps++)
            {
                _link.IsFull = steps > 3;
                _port.Step(_board.NowUs);
                _board.NowUs += 10000;
            }

            Assert.IsTrue(_console.IsRunning);
            _board.NowUs += 250000;
            _port.Step(_board.NowUs);
            Assert.IsTrue(!_console.IsRunning);
            _link.IsFull = false;
            Run();
            string answer = _link.Answer();
            Assert.IsTrue(
                answer.EndsWith("\"second\":0}],\"ok\":false,\"code\":\"interrupted\",\"text\":\"by input\"}\r\nlapel> "),
                answer
            );
        }

        [TestMethod]
        public void ErrorsOfJsonCommandsAreJson()
        {
            Begin();
            Assert.AreEqual(
                "nose -j\r\n{\"ok\":false,\"code\":\"unknown\",\"text\":\"no command 'nose'; help lists them\"}\r\nlapel> ",
                Type("nose -j\r")
            );
        }

        [TestMethod]
        public void AListThatFailsInItsMidstIsStillJson()
        {
            var text = new TextBuffer(1024);
            var report = new Report(text, true);
            report.BeginList("slots");
            report.BeginRow();
            report.Field("slot", 1);
            report.Fail("busy", "later");
            Assert.AreEqual(
                "{\"slots\":[{\"slot\":1}],\"ok\":false,\"code\":\"busy\",\"text\":\"later\"}\r\n",
                System.Text.Encoding.UTF8.GetString(text.Bytes, 0, text.Count)
            );
        }

        [TestMethod]
        public void HalfALineOfSmpCostsTheNextLineNothing()
        {
            Begin();
            Assert.AreEqual("", Type("\u0006\tAAsIAAAB"));
            Assert.AreEqual("version\r\n" + Version, Type("version\r"));
            Assert.AreEqual(0, _smpLines);
        }
    }
}
