// SPDX-License-Identifier: MIT

using System;
using Lapel.VirtualCamera;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Cli.Tests
{
    /// <summary>What a person at the terminal sees of a camera that runs.</summary>
    [TestClass]
    public sealed class LiveLineTests
    {
        private static readonly CameraStatus Buffering = new()
        {
            NowUs = 1_000_000,
            State = OperatingState.Buffering,
            Utc = DateTime.UnixEpoch,
            SlotsFree = 5,
            SlotsTotal = 6,
        };

        [TestMethod]
        public void It_tells_what_a_key_did_and_how_long_the_recording_goes()
        {
            var line = new LiveLine();
            Assert.AreEqual(StatusText.Line(Buffering), line.Of(Buffering), "nothing happened yet");
            line.Struck("record pressed twice", 1_100_000);
            Assert.EndsWith("   [record pressed twice]", line.Of(Buffering with { NowUs = 1_200_000 }));

            CameraStatus recording = Buffering with { State = OperatingState.Recording, Recordings = 1, NowUs = 1_500_000 };
            string said = line.Of(recording);
            Assert.StartsWith("recording 1 since power-on, 0:00:00, 0 markers, ", said);
            Assert.EndsWith("   [record pressed twice: recording 1 began]", said);

            said = line.Of(recording with { NowUs = 43_500_000 });
            Assert.StartsWith("recording 1 since power-on, 0:00:42, 0 markers, ", said);
            Assert.DoesNotContain("[", said, "after a while the line is quiet again");

            line.Struck("record tapped", 44_000_000);
            Assert.EndsWith("[record tapped: marker 1 set]", line.Of(recording with { NowUs = 44_200_000, Markers = 1 }));
            said = line.Of(recording with { NowUs = 44_500_000, Markers = 1 });
            Assert.StartsWith("recording 1 since power-on, 0:00:43, 1 marker, ", said);

            line.Struck("record held for 3 s", 60_000_000);
            Assert.EndsWith(
                "[record held for 3 s: recording 1 ends]",
                line.Of(recording with { NowUs = 63_200_000, Markers = 1, State = OperatingState.Closing })
            );
            Assert.EndsWith(
                "recording 1 is closed]",
                line.Of(recording with { NowUs = 64_200_000, Markers = 1, State = OperatingState.Buffering })
            );
        }

        [TestMethod]
        public void It_tells_the_number_in_the_store_and_what_is_not_written()
        {
            var line = new LiveLine();
            line.Of(Buffering);
            CameraStatus recording = Buffering with
            {
                State = OperatingState.Recording,
                Recordings = 1,
                RecordingNumber = 42,
                UnwrittenSeconds = 27.6,
                NowUs = 2_000_000,
            };
            string said = line.Of(recording);
            Assert.StartsWith("recording 42, 0:00:00, 0 markers, 28 s not on the card yet, ", said);
            Assert.EndsWith("   [recording 42 began]", said);
            Assert.StartsWith(
                "recording 42, 0:00:03, 0 markers, 00:00:05 recording",
                line.Of(recording with { NowUs = 5_000_000, UnwrittenSeconds = 0.5 })
            );
            Assert.StartsWith(
                "recording 42, closing, ",
                line.Of(recording with { NowUs = 6_000_000, UnwrittenSeconds = 0.5, State = OperatingState.Closing })
            );
        }

        [TestMethod]
        public void It_tells_what_no_key_did()
        {
            var line = new LiveLine();
            line.Of(Buffering);
            Assert.EndsWith("   [no card]", line.Of(Buffering with { NowUs = 2_000_000, State = OperatingState.Fault, Fault = "no card" }));
            Assert.EndsWith("   [it can record again]", line.Of(Buffering with { NowUs = 3_000_000 }));
            Assert.Contains(", clock unset", line.Of(Buffering with { NowUs = 3_100_000, Utc = null }));
        }
    }
}
