// SPDX-License-Identifier: MIT

using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>The on-device self-test of the whole camera: what holds, and each fault that it is there to find.</summary>
    [TestClass]
    public class SelfTestTests
    {
        private static readonly string[] All =
        [
            "sensor",
            "card",
            "buttons",
            "indicators",
            "battery",
            "clock",
            "natives",
            "signature",
            "entropy",
            "memory",
            "storage",
            "fences",
        ];

        private static Bench Ready(
            System.Func<Lapel.VirtualCamera.VirtualCameraOptions, Lapel.VirtualCamera.VirtualCameraOptions>? with = null
        )
        {
            var bench = new Bench(options =>
                (with ?? (o => o))(options with { Utc = new System.DateTime(2026, 7, 1, 8, 0, 0, System.DateTimeKind.Utc) })
            );
            bench.Ready(2);
            return bench;
        }

        private static string[] Lines(string text) => text.Split("\r\n");

        [TestMethod]
        public void EverythingHoldsAndNoPictureIsLate()
        {
            using Bench bench = Ready();
            int dropped = bench.Camera.Status.Drops;
            string[] lines = Lines(bench.Type("selftest\r", 6));
            foreach (string name in All)
            {
                Assert.AreEqual(1, lines.Count(line => line.StartsWith($"PASS {name} ")), $"{name}: {string.Join('\n', lines)}");
            }

            CollectionAssert.Contains(lines, "12 passed, 0 failed, 0 skipped");
            CollectionAssert.AreEqual(new[] { "OK", "lapel> " }, lines[^2..]);
            StringAssert.Contains(lines.Single(line => line.StartsWith("PASS card")), "fast enough");
            Assert.AreEqual(dropped, bench.Camera.Status.Drops);
            Assert.IsFalse(
                new[] { bench.Camera.Status.Red, bench.Camera.Status.Vibration, bench.Camera.Status.Tone }.Any(on => on),
                "the indicators are as they were"
            );
        }

        [TestMethod]
        public void AFreeSlotIsWrittenAndTheCatalogueIsAsBefore()
        {
            using Bench bench = Ready();
            bench.Start();
            bench.Run(3);
            bench.Stop();
            byte[] before = Whole(bench, "LAPEL/CATALOG.A");
            StringAssert.Contains(bench.Type("selftest card\r", 6), "1 passed, 0 failed, 0 skipped\r\nOK");
            CollectionAssert.AreEqual(before, Whole(bench, "LAPEL/CATALOG.A"));
            foreach (var recording in bench.Judge())
            {
                Assert.AreEqual(Lapel.Verify.Verdict.Authentic, recording.Verdict);
            }
        }

        [TestMethod]
        [DataRow("sensor")]
        [DataRow("card")]
        [DataRow("buttons")]
        [DataRow("battery")]
        [DataRow("battery", "sags")]
        [DataRow("clock")]
        public void EachFaultIsFound(string name, string how = "")
        {
            using Bench bench =
                name == "clock" ? Unset() : Ready(name == "card" ? options => options with { CardKilobytesPerSecond = 120 } : null);
            switch (name)
            {
                case "sensor":
                    bench.ConnectSensor(false);
                    break;
                case "buttons":
                    bench.Parts.EventButton.Press();
                    break;
                case "battery" when how == "sags":
                    bench.Parts.Battery.SagMillivolts = 300;
                    break;
                case "battery":
                    bench.Camera.SetBattery(3_300);
                    break;
            }

            bench.Run(1);
            string text = bench.Type($"selftest {name}\r", 12);
            StringAssert.Contains(text, name == "clock" ? "FAIL clock never set: date sets it" : $"FAIL {name} ");
            StringAssert.Contains(text, "0 passed, 1 failed, 0 skipped\r\nERR failed a test failed\r\n");
        }

        [TestMethod]
        public void ARecordingHasPriority()
        {
            using Bench bench = Ready();
            bench.Camera.Line.Send("selftest card\r"u8);
            bench.Run(0.5);
            bench.Start();
            bench.Run(1);
            StringAssert.Contains(bench.Type("\r"), "SKIP card a recording has priority");
            StringAssert.Contains(bench.Type("selftest\r"), "ERR busy a recording has priority");
            bench.Stop();
            Assert.AreEqual(Lapel.Verify.Verdict.Authentic, bench.Judge().Single().Verdict);
        }

        [TestMethod]
        public void InputEndsItAndTheIndicatorsAreAsBefore()
        {
            using Bench bench = Ready();
            bench.Camera.Line.Send("selftest indicators\r\n"u8);
            bench.Run(0.1);
            Assert.IsTrue(bench.Camera.Status.Red);
            StringAssert.Contains(bench.Type("\u0003"), "ERR interrupted");
            Assert.IsFalse(bench.Camera.Status.Red);
            StringAssert.Contains(bench.Type("selftest -r\r"), "SKIP indicators interrupted\r\n0 passed, 0 failed, 1 skipped\r\nOK");
        }

        [TestMethod]
        public void AnUnknownTestIsRefusedWithTheNames()
        {
            using Bench bench = Ready();
            StringAssert.Contains(bench.Type("selftest nose\r"), "ERR missing no test 'nose'; there are: " + string.Join(' ', All));
            StringAssert.Contains(bench.Type("selftest card card\r"), "ERR usage ");
        }

        [TestMethod]
        public void JsonIsOneLine()
        {
            using Bench bench = Ready();
            string[] lines = Lines(bench.Type("selftest natives -j\r"));
            using var json = System.Text.Json.JsonDocument.Parse(lines[1]);
            Assert.AreEqual("PASS", json.RootElement.GetProperty("tests")[0].GetProperty("result").GetString());
            Assert.AreEqual(1, json.RootElement.GetProperty("passed").GetInt32());
            Assert.IsTrue(json.RootElement.GetProperty("ok").GetBoolean());
            Assert.AreEqual("lapel> ", lines[2]);
        }

        private static Bench Unset()
        {
            var bench = new Bench();
            bench.Ready(2);
            return bench;
        }

        private static byte[] Whole(Bench bench, string path)
        {
            var bytes = new byte[bench.Card.Length(path)];
            bench.Card.Read(path, 0, bytes);
            return bytes;
        }
    }
}
