// SPDX-License-Identifier: MIT

using System;
using System.IO;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Verify.Tests
{
    /// <summary>Which firmware recorded, and whether it was released (verify --firmware).</summary>
    [TestClass]
    public sealed class ReleasedFirmwareTests
    {
        private static readonly byte[] s_build = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
        private static readonly string s_digest = Convert.ToHexStringLower(s_build);

        private readonly string _folder = Directory.CreateTempSubdirectory("lapel-firmware-").FullName;

        [TestCleanup]
        public void End() => Directory.Delete(_folder, true);

        [TestMethod]
        public void ABuildOfTheListIsNamed()
        {
            (int code, string text) = Judge($"# released\n\n{s_digest}  lapel-1.bin\n", true);
            Assert.AreEqual(0, code, text);
            StringAssert.Contains(text, $"1.0, build {s_digest}, board S3-REF-1 (ESP32_S3_OCTAL), runtime 1.17.0.1");
            StringAssert.Contains(text, "lapel-1.bin");
            Assert.DoesNotContain("Simulated", text);
        }

        [TestMethod]
        public void AnotherBuildIsNoReleasedOne()
        {
            (int code, string text) = Judge(new string('a', 64) + " *other.bin\n", true);
            Assert.AreEqual(1, code, text);
            StringAssert.Contains(text, "nothing in the list of released firmware");
            StringAssert.Contains(text, "1 recording: 1 authentic");
        }

        [TestMethod]
        public void AFirmwareThatStatesNoBuildIsNoReleasedOneAndASimulatedBoardIsSaidFirst()
        {
            (int code, string text) = Judge($"{s_digest}  lapel-1.bin\n", false);
            Assert.AreEqual(1, code, text);
            StringAssert.Contains(text, "build not stated");
            Assert.Contains("Simulated: a virtual camera made 1 of 1", string.Join('\n', text.Split('\n').Take(4)));
        }

        [TestMethod]
        [DataRow("", "no digest is in it")]
        [DataRow("abc name\n", "line 1: must be 64 hex digits, a blank and a name")]
        [DataRow("\n000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n", "line 2: must be 64 hex digits")]
        [DataRow("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1fx y\n", "line 1: must be 64 hex digits")]
        public void AListThatIsNoneIsRefused(string list, string words)
        {
            var error = new StringWriter();
            string file = Path.Combine(_folder, "list");
            File.WriteAllText(file, list);
            Assert.AreEqual(2, VerifyCommand.Run(_folder, null, false, TextWriter.Null, error, new VerifyAgainst { Firmware = file }));
            StringAssert.Contains(error.ToString(), words);
        }

        private (int Code, string Text) Judge(string list, bool onABoard)
        {
            var forge = new SegmentForge();
            if (onABoard)
            {
                forge.Tweak = keys =>
                    keys[22] = c => SegmentForge.Array(c, "1.0", s_build, "S3-REF-1", "ESP32_S3_OCTAL", "1.17.0.1");
            }

            string card = Path.Combine(_folder, "card");
            Directory.CreateDirectory(card);
            File.WriteAllBytes(Path.Combine(card, "00000000.MP4"), forge.Init().Fragment(600, 700).Close(1).Slot512());
            string file = Path.Combine(_folder, "list");
            File.WriteAllText(file, list);
            var output = new StringWriter();
            int code = VerifyCommand.Run(card, null, false, output, TextWriter.Null, new VerifyAgainst { Firmware = file });
            return (code, output.ToString());
        }
    }
}
