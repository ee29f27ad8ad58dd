// SPDX-License-Identifier: MIT

using System.Text;
using Lapel.Custody;
using Lapel.Evidence;
using Lapel.Hal;
using nanoFramework.TestFramework;

namespace Lapel.Service.Tests
{
    /// <summary>What status tells people, and what programs (PROTOCOL.md 2.2).</summary>
    [TestClass]
    public class StatusCommandTests
    {
        private static BenchBoard _board;
        private static BenchCamera _camera;
        private static Console _console;

        private static void Begin()
        {
            _board = new BenchBoard();
            _camera = new BenchCamera(_board);
            var access = new AccessControl(_board, new Digests(_board.Natives), _camera, _camera.Store);
            _console = new Console(_camera, new ServiceOutput(_board.Line), new ConsoleCommand[] { new StatusCommand(access) });
        }

        private static string Shown(params string[] words)
        {
            var text = new TextBuffer(4096);
            _console.Execute(words, text, _board.NowUs);
            return Encoding.UTF8.GetString(text.Bytes, 0, text.Count);
        }

        private static void Says(string text, string line)
        {
            Assert.IsTrue(text.IndexOf(line + "\r\n") >= 0, line + " not in " + text);
        }

        [TestMethod]
        public void WhatIsNotKnownIsSaidAndNoNumber()
        {
            Begin();
            _camera.BatteryMillivolts = 0;
            _camera.CardStatus = CardStatus.NoCard;
            _camera.FaultText = FaultWords.Of(CameraFault.Absent);
            string text = Shown("status");
            Says(text, "state               buffering");
            Says(text, "fault               the camera module does not answer");
            Says(text, "recording           none on this card");
            Says(text, "card                no card");
            Says(text, "battery             not known yet");
            Says(text, "clock               not set; recordings cannot state their time");
            string json = Shown("status", "-j");
            Assert.IsTrue(json.IndexOf("\"last_recording\":null,\"last_recording_utc\":null") > 0, json);
            Assert.IsTrue(json.IndexOf("\"battery_percent\":null,\"battery_mv\":null,\"clock\":null,\"uncertainty_ms\":null") > 0, json);
            _camera.BatteryMillivolts = 150;
            Says(Shown("status"), "battery             none");
        }

        [TestMethod]
        public void ACameraAtWork()
        {
            Begin();
            _camera.IsClockSet = true;
            _camera.UtcMs = 1790856000011L;
            _camera.UncertaintyMs = 1200;
            _camera.LastRecording = new RecordingFacts { Number = 12, ZeroUtcMs = 1790855000000L, ZeroMs = 1000 };
            _camera.IsRecording = true;
            _board.NowUs = 84000000;
            string text = Shown("status");
            Says(text, "fault               none");
            Says(text, "recording           12, from 2026-10-01T11:43:20Z, under way for 83 s");
            Says(text, "battery             80 %, 3900 mV");
            Says(text, "clock               2026-10-01T12:00:00Z, within 1200 ms");
            Says(text, "pictures            5, none lost");
            Says(text, "OK");
            string json = Shown("status", "-j");
            Assert.IsTrue(json.StartsWith("{\"state\":\"buffering\",\"fault\":null,\"caught\":null,\"recording\":true,"), json);
            Assert.IsTrue(json.IndexOf("\"recording\":true,\"last_recording\":12,") > 0, json);
            Assert.IsTrue(json.IndexOf("\"battery_percent\":80,\"battery_mv\":3900,\"clock\":\"2026-10-01T12:00:00Z\"") > 0, json);
            Assert.IsTrue(json.EndsWith("\"ok\":true}\r\n"), json);
            _camera.IsRecording = false;
            _camera.LastRecording.ZeroUtcMs = 0;
            Says(Shown("status"), "recording           12, clock was not set, ended");
        }

        [TestMethod]
        public void EveryFigureWithV()
        {
            Begin();
            string text = Shown("status", "-v");
            Says(text, "recorder.frames     5");
            Says(text, "link.ticks          405");
            Assert.IsTrue(Shown("status", "-j").IndexOf("link.ticks") < 0);
            Assert.IsTrue(Shown("status", "-v", "-j").IndexOf("\"link.ticks\":405,\"ok\":true}") > 0);
            Assert.IsTrue(Shown("status", "-x").IndexOf("ERR usage") >= 0);
        }

        [TestMethod]
        public void EveryFaultHasWordsOfItsOwn()
        {
            string all = "";
            for (int fault = 1; fault <= (int)CameraFault.PicturesTooLarge; fault++)
            {
                string words = FaultWords.Of((CameraFault)fault);
                Assert.IsTrue(words.Length > 10 && all.IndexOf(words) < 0 && words != FaultWords.Of(CameraFault.None), words);
                all += words + ";";
            }

            for (int status = 1; status <= (int)CardStatus.Unformatted; status++)
            {
                string words = FaultWords.Of((CardStatus)status);
                Assert.IsTrue(words.Length > 6 && all.IndexOf(words + ";") < 0 && words != FaultWords.Of(CardStatus.Ok), words);
                all += words + ";";
            }
        }
    }
}
