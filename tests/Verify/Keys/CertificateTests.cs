// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Formats.Cbor;
using System.IO;
using System.Linq;
using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Verify.Tests
{
    /// <summary>
    /// Certificates of retirement (CUSTODY.md 6.2), built here with another library's signatures: taken when all holds, refused by name
    /// when anything does not.
    /// </summary>
    [TestClass]
    public sealed class CertificateTests
    {
        private static readonly ForgeDevice A = new(1),
            B = new(2, A),
            Thief = new(66);

        [TestMethod]
        public void What_it_says_is_read()
        {
            RetirementCertificate certificate = RetirementCertificate.Read(Forge().Bytes());
            Assert.AreEqual(Hex(A.DeviceId), Hex(certificate.DeviceId));
            Assert.AreEqual(Hex(A.PublicKey), Hex(certificate.Key.Bytes));
            Assert.AreEqual((17u, 9u), (certificate.Boot, certificate.Recordings));
            Assert.AreEqual(DateTime.UnixEpoch.AddMilliseconds(1_795_467_602_000), certificate.Utc);
            Assert.AreEqual((3L, 3L), (certificate.Kept!.Count, certificate.Released!.Count));
            CollectionAssert.AreEqual(new[] { new SegmentRun(8, 1, 2), new SegmentRun(9, 0, 1) }, certificate.Kept.Runs.ToArray());
            Assert.IsNull(certificate.Against(KeyChain.Of(A.Trusted, [])));

            certificate = RetirementCertificate.Read(
                Forge(f => f.Values[8] = to => CertificateForge.Runs(to, (2, 3, 2), (0, 0, 1), (0, 0, 1), (2, 0, 3), (1, 5, 1), (2, 6, 1)))
                    .Bytes()
            );
            CollectionAssert.AreEqual(
                new SegmentRun[] { new(0, 0, 1), new(0, 0, 1), new(1, 5, 1), new(2, 0, 5), new(2, 6, 1) },
                certificate.Kept!.InOrder().ToArray()
            );

            certificate = RetirementCertificate.Read(Forge(f => f.Count = 8).Bytes());
            Assert.IsTrue(certificate.Kept == null && certificate.Released == null);

            certificate = RetirementCertificate.Read(
                Forge(f => (f.Values[8], f.Values[9]) = (to => CertificateForge.Runs(to, Full(64)), to => to.WriteInt32(70_000))).Bytes()
            );
            Assert.AreEqual(64 + 70_000, certificate.Kept!.Count);
        }

        [TestMethod]
        public void Each_field_that_is_wrong_is_named()
        {
            Wrong("a document of kind 3", f => f.Values[0] = to => to.WriteInt32(3));
            Wrong("format version 2 is refused", f => f.Values[1] = to => to.WriteInt32(2));
            Wrong("its kind is of the wrong kind", f => f.Values[0] = to => to.WriteTextString("4"));
            Wrong("its device id has 15 bytes, not 16", f => f.Values[2] = to => to.WriteByteString(new byte[15]));
            Wrong("its public key has 33 bytes, not 32", f => f.Values[3] = to => to.WriteByteString(new byte[33]));
            Wrong("its public key does not hold", f => f.Values[3] = to => to.WriteByteString(new byte[32]));
            Wrong("its boot number is out of range", f => f.Values[4] = to => to.WriteInt32(-1));
            Wrong("its boot number is out of range", f => f.Values[4] = to => to.WriteInt64(1L << 32));
            Wrong("its newest recording is of the wrong kind", f => f.Values[5] = to => to.WriteNull());
            Wrong("its digest of the order has 31 bytes, not 32", f => f.Values[6] = to => to.WriteByteString(new byte[31]));
            Wrong("its time is out of range", f => f.Values[7] = to => to.WriteInt64(253_402_300_800_000));
            Wrong("its time is of the wrong kind", f => f.Values[7] = to => to.WriteDouble(1));
            Wrong(
                "its list of segments that are not released has 65 runs, and 64 are the most",
                f => f.Values[8] = to => CertificateForge.Runs(to, Full(65))
            );
            Wrong("its list of segments that are released is out of range", f => f.Values[10] = to => CertificateForge.Runs(to, (1, 0, 0)));
            Wrong(
                "its list of segments that are released is out of range",
                f => f.Values[10] = to => CertificateForge.Runs(to, (1, uint.MaxValue, 1))
            );
            Wrong("its list of segments that are released has a run that is not", f => f.Values[10] = to => List(to, 1, 2, 2));
            Wrong("its list of segments that are released has a run that is not", f => f.Values[10] = to => List(to, 1, 4, 4));
            Wrong("its list of segments that are not released is of the wrong kind", f => f.Values[8] = to => to.WriteInt32(0));
            Wrong(
                "its number of unlisted segments that are not released is 1 although the list has room",
                f => f.Values[9] = to => to.WriteInt32(1)
            );
            Wrong("its number of unlisted segments that are released is out of range", f => f.Values[11] = to => to.WriteInt64(1L << 32));
        }

        [TestMethod]
        public void Keys_are_those_of_the_version_in_order()
        {
            foreach (int count in new[] { 0, 1, 2, 7, 9, 10, 11 })
            {
                Refused(Forge(f => f.Count = count).Bytes(), "");
            }

            Wrong(
                "its content has 13 keys",
                f =>
                {
                    f.Values.Add(to => to.WriteInt32(0));
                    f.Count = 13;
                }
            );
            for (int changed = 0; changed < 12; changed++)
            {
                foreach (int other in new[] { -1, changed, changed + 2, 99 })
                {
                    Refused(Forge(f => f.Key = i => i == changed ? other : i + 1).Bytes(), "");
                }
            }

            Wrong("its time (key 8) does not stand where it must", f => f.Key = i => i == 7 ? 9 : i + 1);
            Refused(Forge().Bytes([.. Forge().Content(), 0]), "its content");
            Refused(Forge().Bytes([]), "its content");
        }

        [TestMethod]
        public void One_spelling_only()
        {
            byte[] content = Forge().Content();
            // { 1: 4 ... with a longer head, a longer key, a longer value, and of indefinite length.
            Refused(Forge().Bytes([0xb8, 12, .. content[1..]]), "its content is not deterministic CBOR");
            Refused(Forge().Bytes([content[0], 0x18, 1, .. content[2..]]), "its kind is not deterministic CBOR");
            Refused(Forge().Bytes([content[0], 1, 0x18, 4, .. content[3..]]), "its kind is not deterministic CBOR");
            Refused(Forge().Bytes([0xbf, .. content[1..], 0xff]), "its content is not deterministic CBOR");
            byte[] whole = Forge().Bytes();
            Refused([0x98, 2, .. whole[1..]], "it is no certificate");
            Refused([0x9f, .. whole[1..], 0xff], "it is no certificate");
            Refused([.. whole, 0], "");
            Refused([0xc1, .. whole], "it is no certificate");
            Refused(new byte[4097], "it has 4097 bytes, and 4096 are the most");
            Refused([0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], "it is no certificate");
            Refused([0x82, 0x5b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], "it is no certificate");
        }

        [TestMethod]
        public void Another_signature_is_none()
        {
            Wrong("the key that it names has not signed it", f => f.Signer = Thief);
            Wrong("the key that it names has not signed it", f => f.Label = "LAPEL-MANIFEST-1");
            byte[] content = Forge().Content(),
                cose = A.Sign1(ForgeDevice.Mac("LAPEL-CERTIFICATE-1", content));
            Refused(Outer(content, cose[..^1]), "its signature has 170 bytes, not 171");
            Refused(Outer(content, []), "its signature has 0 bytes");
            // The signature is one over this content, in another envelope.
            cose[70] = 0xa1;
            Refused(Outer(content, cose), "the key that it names has not signed it");
        }

        [TestMethod]
        public void No_part_of_one_and_no_change_of_a_bit_passes()
        {
            foreach (byte[] whole in new[] { Forge().Bytes(), Forge(f => f.Count = 8).Bytes() })
            {
                for (int length = 0; length < whole.Length; length++)
                {
                    Refused(whole[..length], "");
                }

                for (int bit = 0; bit < whole.Length * 8; bit++)
                {
                    byte[] changed = (byte[])whole.Clone();
                    changed[bit / 8] ^= (byte)(1 << bit % 8);
                    Refused(changed, "");
                }
            }
        }

        [TestMethod]
        public void It_is_judged_by_the_device_s_keys_and_the_boot()
        {
            RotationStatement rotation = RotationStatement.Read(
                new RotationForge
                {
                    Former = A,
                    Next = B,
                    Boot = 15,
                    Recordings = 9,
                }.Sector(),
                1
            );
            RetirementCertificate late = RetirementCertificate.Read(new CertificateForge(B).Bytes()),
                early = RetirementCertificate.Read(Forge().Bytes());
            foreach (ForgeDevice key in new[] { A, B })
            {
                Assert.IsNull(late.Against(KeyChain.Of(key.Trusted, [rotation])));
                StringAssert.Contains(early.Against(KeyChain.Of(key.Trusted, [rotation])), "its key was not the device's in boot 17");
            }
            StringAssert.Contains(
                late.Against(KeyChain.Of(A.Trusted, [])),
                "it is signed with another key: fingerprint " + Hex(B.Fingerprint)
            );
            StringAssert.Contains(late.Against(KeyChain.Of(B.Trusted, [])), "does not come from that key");
            StringAssert.Contains(early.Against(KeyChain.Of(Thief.Trusted, [rotation])), "another key");

            // A thief's own key under the device's id.
            RetirementCertificate stolen = RetirementCertificate.Read(new CertificateForge(new ForgeDevice(66, A)).Bytes());
            StringAssert.Contains(stolen.Against(KeyChain.Of(stolen.Key, [])), "does not come from that key");
            StringAssert.Contains(stolen.Against(KeyChain.Of(A.Trusted, [])), "another key");
        }

        [TestMethod]
        public void The_command_has_a_verdict_an_exit_code_and_JSON()
        {
            string folder = Directory.CreateTempSubdirectory("lapel-certificate-").FullName;
            try
            {
                string own = Put(folder, "own", Forge().Bytes()),
                    late = Put(folder, "late", new CertificateForge(B).Bytes()),
                    bad = Put(folder, "bad", Forge().Bytes()[..100]);
                string bare = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "bare")).FullName, "a.pub");
                File.WriteAllBytes(bare, A.PublicKey);
                string store = Put(folder, "DEVICE.PUB", A.KeyFile()),
                    thief = Put(folder, "thief.pub", Thief.PublicKey);

                (int code, string text, string error) = Run(own, null);
                Assert.AreEqual((0, ""), (code, error));
                StringAssert.StartsWith(text, "authentic: signed with the key that its device id comes from\n");
                StringAssert.Contains(text, "not released  3 on the card: recording 8 segments 1 to 2; recording 9 segment 0\n");
                StringAssert.Contains(text, "released      3 on the card: recording 7 segments 0 to 2\n");
                Assert.AreEqual(0, Run(own, bare).Code);
                Assert.AreEqual(0, Run(own, store).Code);
                Assert.AreEqual(1, Run(own, thief).Code);

                (code, text, error) = Run(late, store);
                Assert.AreEqual((1, ""), (code, text));
                StringAssert.Contains(error, "lapel: " + late + " is not authentic: it is signed with another key");
                StringAssert.Contains(error, "hint: give the device's public key");
                File.WriteAllBytes(
                    Path.Combine(folder, "ROTATED.PUB"),
                    new RotationForge
                    {
                        Former = A,
                        Next = B,
                        Boot = 15,
                    }.Sector()
                );
                Assert.AreEqual(0, Run(late, store).Code);
                Assert.AreEqual(1, Run(late, null).Code, "nobody says that its key is the device's");
                File.WriteAllBytes(Path.Combine(folder, "ROTATED.PUB"), new byte[100]);
                StringAssert.Contains(
                    Run(late, store).Error,
                    "cannot use the key file " + store + ": ROTATED.PUB beside it: it has 100 bytes"
                );

                JsonElement json = Json(own, bare);
                Assert.IsTrue(
                    json.GetProperty("authentic").GetBoolean()
                        && json.GetProperty("keyGiven").GetBoolean()
                        && json.GetProperty("card").GetBoolean()
                );
                Assert.AreEqual(Hex(A.DeviceId), json.GetProperty("device").GetString());
                Assert.AreEqual(
                    (8, 1, 2),
                    (
                        json.GetProperty("notReleased").GetProperty("runs")[0].GetProperty("recording").GetInt32(),
                        json.GetProperty("notReleased").GetProperty("runs")[0].GetProperty("first").GetInt32(),
                        json.GetProperty("notReleased").GetProperty("runs")[0].GetProperty("count").GetInt32()
                    )
                );
                json = Json(bad, null);
                Assert.IsFalse(json.GetProperty("authentic").GetBoolean());
                StringAssert.Contains(json.GetProperty("problem").GetString(), "it is no certificate");
                Assert.AreEqual((1, 2, 2), (Run(bad, null).Code, Run(own, bad).Code, Run(Path.Combine(folder, "none"), null).Code));
                Assert.AreEqual(1, Run(Put(folder, "large", new byte[5000]), null).Code);
            }
            finally
            {
                Directory.Delete(folder, true);
            }
        }

        private static JsonElement Json(string path, string? key) => JsonDocument.Parse(Run(path, key, json: true).Out.Trim()).RootElement;

        private static (int Code, string Out, string Error) Run(string path, string? key, bool json = false)
        {
            using var output = new StringWriter { NewLine = "\n" };
            using var error = new StringWriter { NewLine = "\n" };
            return (CertificateCommand.Run(path, key, json, output, error), output.ToString(), error.ToString());
        }

        private static string Put(string folder, string name, byte[] content)
        {
            string path = Path.Combine(folder, name);
            File.WriteAllBytes(path, content);
            return path;
        }

        private static CertificateForge Forge(Action<CertificateForge>? change = null)
        {
            var forge = new CertificateForge(A);
            change?.Invoke(forge);
            return forge;
        }

        private static (uint, uint, uint)[] Full(int count) => [.. Enumerable.Range(1, count).Select(i => ((uint)i, 0u, 1u))];

        private static void List(CborWriter to, int runs, int declared, int written)
        {
            to.WriteStartArray(runs);
            to.WriteStartArray(declared);
            for (int i = 0; i < written; i++)
            {
                to.WriteInt32(1);
            }

            to.WriteEndArray();
            to.WriteEndArray();
        }

        private static byte[] Outer(byte[] content, byte[] signature)
        {
            var to = new CborWriter();
            to.WriteStartArray(2);
            to.WriteByteString(content);
            to.WriteByteString(signature);
            to.WriteEndArray();
            return to.Encode();
        }

        private static void Wrong(string message, Action<CertificateForge> change) => Refused(Forge(change).Bytes(), message);

        private static void Refused(byte[] bytes, string message)
        {
            FormatException error = Assert.ThrowsExactly<FormatException>(
                () => RetirementCertificate.Read(bytes),
                Convert.ToHexString(bytes)
            );
            StringAssert.Contains(error.Message, message);
        }

        private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
    }
}
