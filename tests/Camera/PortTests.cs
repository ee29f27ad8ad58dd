// SPDX-License-Identifier: MIT

using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>The service port of the whole camera, seen from the host's end of the cable.</summary>
    [TestClass]
    public class PortTests
    {
        [TestMethod]
        public void AnEmptyLineIsAnsweredByThePrompt()
        {
            using var bench = new Bench();
            bench.Ready();
            Assert.AreEqual("lapel> ", bench.Type("\r"));
            Assert.AreEqual("", bench.Type("\n"), "the other half of that line end");
            Assert.AreEqual("\r\nlapel> ", bench.Type("\n"));
        }

        [TestMethod]
        public void ACommandIsEchoedAndAnswered()
        {
            using var bench = new Bench();
            bench.Ready();
            string text = bench.Type("versiom\bn\r\n");
            StringAssert.StartsWith(text, "versiom\b \bn\r\nfirmware            0.1.0\r\nbuild               none\r\n");
            StringAssert.EndsWith(text, "OK\r\nlapel> ");
        }

        [TestMethod]
        public void HelpListsEveryCommandAndEachAnswers()
        {
            using var bench = new Bench();
            bench.Ready();
            string help = bench.Type("help\r");
            foreach (string line in help.Split("\r\n")[1..^2])
            {
                string name = line.Split(' ')[0];
                if (name is "selftest" or "reboot")
                {
                    continue;
                }

                string answer = bench.Type(name + "\r");
                Assert.IsTrue(answer.EndsWith("OK\r\nlapel> ") || answer.Contains("\r\nERR "), $"{name}: {answer}");
            }
        }

        [TestMethod]
        public void TheLogShowsWhatTheCameraEntered()
        {
            using var bench = new Bench();
            bench.Ready();
            bench.Start();
            bench.Run(3);
            bench.Stop();
            string log = bench.Type("log -n 64\r");
            StringAssert.Contains(log, " boot ");
            StringAssert.Contains(log, " recording-started 1 ");
            StringAssert.Contains(log, " recording-closed 1 ");
            bench.Type("selftest natives\r");
            StringAssert.Contains(bench.Type("log -n 1\r"), " self-test 0 1 0\r\nOK");
        }

        [TestMethod]
        public void NobodyTalksUnasked()
        {
            using var bench = new Bench();
            bench.Ready(5);
            bench.Start();
            bench.Run(5);
            bench.Stop();
            Assert.AreEqual(0, bench.Camera.Line.Available);
        }
    }
}
