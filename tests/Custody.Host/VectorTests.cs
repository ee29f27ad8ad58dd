// SPDX-License-Identifier: MIT

using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using Lapel.Authority;
using Lapel.Custody.Tests;
using Lapel.Verify;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Custody.Host.Tests
{
    /// <summary>
    /// CUSTODY.md section 8: the host library makes these bytes, the device takes them, the verifier reads the certificate that the device
    /// makes, and openssl finds a signature right.
    /// </summary>
    [TestClass]
    public sealed class VectorTests
    {
        private static readonly byte[] Id = Enumerable.Range(0xA0, 16).Select(i => (byte)i).ToArray();
        private static readonly byte[] Recording = Enumerable.Range(0x10, 16).Select(i => (byte)i).ToArray();
        private static readonly byte[] Digest = Enumerable.Range(0x20, 32).Select(i => (byte)i).ToArray();
        private static readonly byte[] Nonce = Enumerable.Range(0x40, 32).Select(i => (byte)i).ToArray();
        private static readonly DateTime Signed = DateTime.UnixEpoch.AddMilliseconds(1795467602000);

        [TestMethod]
        public void TheFileHoldsWhatHostAndDeviceMake()
        {
            string made = Made();
            string path = VectorFile();
            Assert.AreEqual(made, File.Exists(path) ? File.ReadAllText(path) : "", "the vectors are\n" + made);
        }

        [TestMethod]
        public void TheDeviceTakesThem()
        {
            Custody.SignedDocument configuration = Custody.SignedDocument.Parse(Configuration());
            Assert.IsNull(configuration.Error);
            Assert.IsNull(SignedConfiguration.Parse(configuration.Payload).Error);
            Custody.SignedDocument receipt = Custody.SignedDocument.Parse(Receipt());
            Assert.IsNull(Custody.Receipt.Parse(receipt.Payload).Error);
            Assert.IsTrue(Verifies(Agency.Authority.Public.Bytes, configuration.Structure, configuration.Signature));
            Assert.IsTrue(Verifies(Agency.Archive.Public.Bytes, receipt.Structure, receipt.Signature));
            Assert.IsTrue(Verifies(Agency.Dock.Public.Bytes, Login.Message(Id, Nonce, 2), Login.Prove(Agency.Dock, Id, Nonce, 2)));
            Assert.IsFalse(Verifies(Agency.Dock.Public.Bytes, Login.Message(Id, Nonce, 1), Login.Prove(Agency.Dock, Id, Nonce, 2)));
        }

        [TestMethod]
        public void TheVerifierReadsTheCertificate()
        {
            CustodyBench bench = Retired();
            Verify.RetirementCertificate certificate = Verify.RetirementCertificate.Read(bench.AccessControl.Certificate);
            Assert.AreEqual((2u, 1u, Signed), (certificate.Boot, certificate.Recordings, certificate.Utc));
            Assert.IsNull(certificate.Against(KeyChain.Of(TrustedKey.FromBytes(bench.Device.PublicKey), [])));
            CollectionAssert.AreEqual(new[] { new SegmentRun(1, 1, 2) }, certificate.Kept.Runs.ToArray());
            CollectionAssert.AreEqual(new[] { new SegmentRun(1, 0, 1) }, certificate.Released.Runs.ToArray());
            var digest = new byte[EvidenceHash.Size];
            EvidenceHash.H(Lapel.Authority.SignedDocument.Read(Orders.Retire(Agency.Authority, bench.Device.Id, Signed)).Payload, digest);
            CollectionAssert.AreEqual(digest, certificate.OrderDigest);
        }

        [TestMethod]
        public void UnderAnUnsetClockTheCertificateStatesNoTime()
        {
            Verify.RetirementCertificate certificate = Verify.RetirementCertificate.Read(
                Retired(DateTime.UnixEpoch.AddMinutes(1)).AccessControl.Certificate
            );
            Assert.IsNull(certificate.Utc);
        }

        [TestMethod]
        public void OpensslFindsTheReceiptsSignatureRight()
        {
            Custody.SignedDocument receipt = Custody.SignedDocument.Parse(Receipt());
            Assert.AreEqual(0, Openssl(receipt.Structure, receipt.Signature));
            receipt.Structure[40] ^= 1;
            Assert.AreNotEqual(0, Openssl(receipt.Structure, receipt.Signature), "openssl takes everything");
        }

        private static byte[] Configuration()
        {
            ConfigurationPlan plan = Agency.Plan(7);
            return Lapel.Authority.SignedDocument.Sign(
                Agency.Authority,
                Configurations.Payload(plan, Agency.Authority.Public.Bytes, Recording)
            );
        }

        private static byte[] Receipt() => Receipts.Make(Agency.Archive, Id, Recording, 3, 1, Digest, Signed);

        /// <summary>A camera with three segments, the first of them released, that was retired.</summary>
        private static CustodyBench Retired(DateTime? clock = null)
        {
            CustodyBench bench = Agency.Owned();
            byte[][] digests = bench.Record(1, 3, true);
            bench.Keys.CountRecordings(1);
            bench.Board.Clock.SetUtc((clock ?? Signed).Ticks);
            bench.Receive(Agency.Receipt(bench, 1, 0, digests[0]));
            Assert.AreEqual(
                CustodyResult.Done,
                bench.Retire(Orders.Retire(Agency.Authority, bench.Device.Id, Signed)),
                bench.AccessControl.ResultText
            );
            return bench;
        }

        private static string Made()
        {
            var text = new StringBuilder();
            void Line(string name, byte[] bytes) => text.Append(name).Append(' ').Append(Convert.ToHexStringLower(bytes)).Append('\n');
            Line("authority", Agency.Authority.Public.Bytes);
            Line("dock", Agency.Dock.Public.Bytes);
            Line("technician", Agency.Technician.Public.Bytes);
            Line("archive", Agency.Archive.Public.Bytes);
            Line("device-id", Id);
            Line("recording-id", Recording);
            Line("close-digest", Digest);
            Line("challenge", Nonce);
            Line("configuration", Configuration());
            Line("receipt", Receipt());
            Line("order", Orders.Retire(Agency.Authority, Id, Signed));
            Line("rotation-order", Orders.Rotate(Agency.Authority, Id, 1, Signed));
            Line("login-dock", Login.Prove(Agency.Dock, Id, Nonce, 2));
            CustodyBench retired = Retired();
            Line("device", retired.Device.PublicKey);
            Line("certificate", retired.AccessControl.Certificate);
            Line("certificate-unset-clock", Retired(DateTime.UnixEpoch.AddMinutes(1)).AccessControl.Certificate);
            return text.ToString();
        }

        private static bool Verifies(byte[] key, byte[] message, byte[] signature)
        {
            var verifier = new Crypto.Ed25519Verifier();
            verifier.Begin(key, message, 0, message.Length, signature, 0);
            while (verifier.Step()) { }
            return verifier.IsValid;
        }

        private static int Openssl(byte[] message, byte[] signature)
        {
            string folder = Directory.CreateTempSubdirectory("lapel-custody-").FullName;
            try
            {
                // SubjectPublicKeyInfo of an Ed25519 key, RFC 8410.
                byte[] key = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00, .. Agency.Archive.Public.Bytes];
                File.WriteAllBytes(Path.Combine(folder, "key"), key);
                File.WriteAllBytes(Path.Combine(folder, "message"), message);
                File.WriteAllBytes(Path.Combine(folder, "signature"), signature);
                var start = new ProcessStartInfo(
                    "openssl",
                    "pkeyutl -verify -pubin -keyform DER -inkey key -rawin -in message -sigfile signature"
                )
                {
                    WorkingDirectory = folder,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                };
                using Process process = Process.Start(start)!;
                process.WaitForExit();
                return process.ExitCode;
            }
            finally
            {
                Directory.Delete(folder, true);
            }
        }

        private static string VectorFile([CallerFilePath] string here = "") =>
            Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../firmware/Custody/vectors/custody-1.txt"));
    }
}
