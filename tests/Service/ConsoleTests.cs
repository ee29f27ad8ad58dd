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
            "firmware            9.8.7\r\nboard               bench\r\nunit                LAPEL\r\ndevice              "
            + "none\r\nOK\r\nlapel> ";

        private static BenchBoard _board;
        private static TypedLink _link;
        private static Console _console;
        private static ServicePort _port;
        private static AuditTail _tail;
        private static int _smpLines;

        private sealed class SmpCounter : ISmpLane
        {
            public void Line(byte[] buffer, int offset, int count, long nowMs)
            {
                _smpLines++;
            }

            public void Heard(long nowUs) { }

            public bool Step(long nowUs)
            {
                return false;
            }
        }

        private static void Begin()
        {
            _board = new BenchBoard();
            _link = new TypedLink();
            _smpLines = 0;
            var camera = new BenchCamera(_board);
            _tail = new AuditTail(camera, _board);
            var output = new ServiceOutput(_link);
            _console = new Console(
                camera,
                output,
                new ConsoleCommand[] { new VersionCommand(), new LogCommand(_tail), new StatisticsCommand("rec", "recorder", "figures") }
            );
            _port = new ServicePort(_link, output, _console, new SmpCounter());
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
            Assert.AreEqual("ab b\r\nERR malformed a line has printable ASCII and at most 16 words\r\nlapel> ", Type("a\tb\u0001 b\r"));
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
            Assert.AreEqual("", Type("\u0006\tAAsIAAABAABCBqAA3g==\n\u0004\u0014AAAA\n"));
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
    }
}
