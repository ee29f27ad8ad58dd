// SPDX-License-Identifier: MIT

using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Verify.Tests
{
    /// <summary>The test vector of FORMAT.md section 6.</summary>
    [TestClass]
    public sealed class VectorTests
    {
        private const int Size = 8192;
        private const string PublicKey = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
        private const string Digest = "d2fa51c8de28b07ed7e5e39a5c97a9a25a339e985fcb9aacd5ed3bf6b976d5aa";

        [TestMethod]
        public void VectorIsTheOneOfTheFormat() =>
            Assert.AreEqual(Digest, Convert.ToHexStringLower(ForgeDevice.Mac("LAPEL-CHAIN-1", Read())));

        [TestMethod]
        public void VectorIsAuthentic()
        {
            SegmentResult segment = SegmentVerifier.Verify(
                new MemorySource(Read()),
                "vector",
                null,
                KeyChoice.Given(TrustedKey.FromBytes(Convert.FromHexString(PublicKey)))
            );
            RecordingResult r = RecordingVerifier.Judge([segment]).Single();
            Judge.Is(Verdict.Authentic, r);
            Assert.AreEqual(0, r.Findings.Count, Judge.Text(r.Findings));
            Assert.AreEqual(3u, r.RecordingNumber);
            Assert.AreEqual(2, r.SignedFragments);
            Assert.AreEqual(3, r.SignedFrames);
            Assert.AreEqual(2, segment.Signatures);
            Assert.AreEqual(1, r.Markers.Count);
            Assert.AreEqual(1, r.Presses.Count);
        }

        private static byte[] Read([CallerFilePath] string here = "")
        {
            var bytes = new byte[Size];
            string file = Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "firmware", "Evidence", "vectors", "segment-1.hex");
            foreach (string line in File.ReadLines(file).Where(l => l.Length > 0 && l[0] != '#'))
            {
                string[] parts = line.Split(' ', 2);
                Convert
                    .FromHexString(parts[1].Trim())
                    .CopyTo(bytes, int.Parse(parts[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            }
            return bytes;
        }
    }
}
