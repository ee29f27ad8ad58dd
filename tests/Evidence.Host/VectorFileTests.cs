// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Formats.Cbor;
using System.IO;
using System.Linq;
using Lapel.Verify;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Evidence.Host.Tests
{
    /// <summary>
    /// The vector file of FORMAT.md section 6, read by four readers that share nothing: ours, the verifier, a CBOR library, openssl.
    /// LAPEL_WRITE_VECTORS=1 writes the file anew, which is right after a change of the format only.
    /// </summary>
    [TestClass]
    public class VectorFileTests
    {
        private const int SlotBytes = 8192;
        private const string VectorName = "segment-1.hex";
        private static readonly byte[] SignedBox = Convert.FromHexString("757569648F3A6D1E5B7C4E219A406C6170656C04");

        [TestMethod]
        public void TheFileIsWhatTheWriterMakes()
        {
            if (Environment.GetEnvironmentVariable("LAPEL_WRITE_VECTORS") == "1")
            {
                VectorFile.Write(VectorName, Evidence.Tests.SegmentVectorTests.Write());
            }

            CollectionAssert.AreEqual(Read(), Evidence.Tests.SegmentVectorTests.Write());
        }

        [TestMethod]
        public void TheVerifierFindsItAuthenticWithItsKeyAndNoOther()
        {
            string folder = Directory.CreateTempSubdirectory("lapel-vector").FullName;
            try
            {
                string segment = Path.Combine(folder, "00000005.MP4");
                string key = Path.Combine(folder, "key");
                File.WriteAllBytes(segment, Read());
                File.WriteAllText(key, Key("public key"));
                Assert.AreEqual(VerifyCommand.Authentic, VerifyCommand.Run(segment, key, false, TextWriter.Null, TextWriter.Null));
                File.WriteAllText(key, "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
                Assert.AreEqual(VerifyCommand.NotAuthentic, VerifyCommand.Run(segment, key, false, TextWriter.Null, TextWriter.Null));
            }
            finally
            {
                Directory.Delete(folder, true);
            }
        }

        [TestMethod]
        public void TheManifestsAreDeterministicCbor()
        {
            foreach ((byte[] manifest, byte[] _) in SignedManifests())
            {
                var reader = new CborReader(manifest, CborConformanceMode.Canonical);
                int? pairs = reader.ReadStartMap();
                int previous = 0;
                for (int i = 0; i < pairs; i++)
                {
                    int key = reader.ReadInt32();
                    Assert.IsTrue(key > previous);
                    previous = key;
                    reader.SkipValue();
                }

                reader.ReadEndMap();
                Assert.AreEqual(0, reader.BytesRemaining);
            }
        }

        [TestMethod]
        public void OpensslAcceptsTheSignatures()
        {
            int checkedSignatures = 0;
            foreach ((byte[] _, byte[] cose) in SignedManifests())
            {
                var reader = new CborReader(cose, CborConformanceMode.Canonical);
                Assert.AreEqual((CborTag)18, reader.ReadTag());
                Assert.AreEqual(4, reader.ReadStartArray());
                byte[] protectedHeader = reader.ReadByteString();
                Assert.AreEqual(0, reader.ReadStartMap());
                reader.ReadEndMap();
                byte[] payload = reader.ReadByteString();
                byte[] signature = reader.ReadByteString();
                var structure = new System.Formats.Cbor.CborWriter(CborConformanceMode.Canonical);
                structure.WriteStartArray(4);
                structure.WriteTextString("Signature1");
                structure.WriteByteString(protectedHeader);
                structure.WriteByteString([]);
                structure.WriteByteString(payload);
                structure.WriteEndArray();
                byte[] message = structure.Encode();
                Assert.IsTrue(OpensslVerifies(message, signature));
                message[^1] ^= 1;
                Assert.IsFalse(OpensslVerifies(message, signature));
                checkedSignatures++;
            }

            Assert.AreEqual(2, checkedSignatures);
        }

        private static IEnumerable<(byte[] Manifest, byte[] Cose)> SignedManifests()
        {
            byte[] file = Read();
            for (int at = 0; at + SignedBox.Length < file.Length; at += 512)
            {
                if (!file.AsSpan(at + 4, SignedBox.Length).SequenceEqual(SignedBox))
                {
                    continue;
                }

                int manifest = BigEndian.Get32(file, at + 28);
                int cose = BigEndian.Get32(file, at + 32);
                yield return (file[(at + 36)..(at + 36 + manifest)], file[(at + 36 + manifest)..(at + 36 + manifest + cose)]);
            }
        }

        private static bool OpensslVerifies(byte[] message, byte[] signature)
        {
            string folder = Directory.CreateTempSubdirectory("lapel-openssl").FullName;
            try
            {
                // SubjectPublicKeyInfo of an Ed25519 key: RFC 8410, section 4.
                byte[] der = [.. Convert.FromHexString("302A300506032B6570032100"), .. Convert.FromHexString(Key("public key"))];
                File.WriteAllBytes(Path.Combine(folder, "key.der"), der);
                File.WriteAllBytes(Path.Combine(folder, "message"), message);
                File.WriteAllBytes(Path.Combine(folder, "signature"), signature);
                var start = new ProcessStartInfo(
                    "openssl",
                    "pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in message -sigfile signature"
                )
                {
                    WorkingDirectory = folder,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                };
                using Process openssl = Process.Start(start)!;
                openssl.WaitForExit();
                return openssl.ExitCode == 0;
            }
            finally
            {
                Directory.Delete(folder, true);
            }
        }

        private static byte[] Read() => VectorFile.Read(VectorName, SlotBytes);

        private static string Key(string name) =>
            File.ReadLines(VectorFile.Path(VectorName))
                .First(l => l.StartsWith("# " + name, StringComparison.Ordinal))[(name.Length + 2)..]
                .Trim();
    }
}
