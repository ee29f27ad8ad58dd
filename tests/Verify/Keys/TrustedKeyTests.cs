// SPDX-License-Identifier: MIT

using System;
using System.IO;
using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Verify.Tests
{
    [TestClass]
    public sealed class TrustedKeyTests
    {
        private static readonly byte[] Key = new ForgeDevice(1).PublicKey;
        private static readonly byte[] Der = [.. Convert.FromHexString("302a300506032b6570032100"), .. Key];

        private static string Pem(string label, byte[] der) =>
            "-----BEGIN " + label + "-----\n" + Convert.ToBase64String(der) + "\n-----END " + label + "-----\n";

        [TestMethod]
        public void EveryFormIsTaken()
        {
            byte[][] forms =
            [
                Key,
                Der,
                new ForgeDevice(1).KeyFile(),
                Encoding.ASCII.GetBytes(Convert.ToHexString(Key)),
                Encoding.ASCII.GetBytes("  " + Convert.ToHexStringLower(Key) + "\r\n"),
                Encoding.ASCII.GetBytes(Pem("PUBLIC KEY", Der)),
            ];
            foreach (byte[] form in forms)
            {
                Assert.IsTrue(TrustedKey.Parse(form).Bytes.SequenceEqual(Key));
            }

            string file = Path.GetTempFileName();
            File.WriteAllBytes(file, Der);
            Assert.AreEqual(Convert.ToHexString(new ForgeDevice(1).Fingerprint), Convert.ToHexString(TrustedKey.Parse(file).Fingerprint));
            File.Delete(file);
        }

        [TestMethod]
        [DataRow("", "empty")]
        [DataRow("hello", "none of")]
        [DataRow("ssh-ed25519 AAAA", "OpenSSH")]
        [DataRow("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "private key")]
        [DataRow("-----BEGIN PUBLIC KEY-----\nAA!A\n-----END PUBLIC KEY-----", "base64")]
        [DataRow("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "no Ed25519")]
        [DataRow("-----BEGIN PUBLIC KEY-----\nAAAA\n", "no PUBLIC KEY block")]
        [DataRow("zz11111111111111111111111111111111111111111111111111111111111111", "not 64 hex digits")]
        [DataRow("-----BEGIN PUBLIC KEY-----END PUBLIC KEY-----", "no PUBLIC KEY block")]
        [DataRow("lapel device key 1\nid 00\n", "512 bytes")]
        public void WhatIsWrongIsSaid(string content, string words)
        {
            FormatException error = Assert.ThrowsExactly<FormatException>(() => TrustedKey.Parse(Encoding.ASCII.GetBytes(content)));
            Assert.IsTrue(error.Message.Contains(words, StringComparison.Ordinal), error.Message);
        }

        [TestMethod]
        public void KeysOfSmallOrderAreRefused()
        {
            // The neutral element: under it a signature can be made for any message without a private key.
            var neutral = new byte[32];
            neutral[0] = 1;
            Assert.ThrowsExactly<FormatException>(() => TrustedKey.Parse(neutral));
            Assert.ThrowsExactly<FormatException>(() => TrustedKey.Parse(new byte[32]));
        }

        [TestMethod]
        public void EveryByteOfTheKeyFileCounts()
        {
            foreach (ForgeDevice device in new[] { new ForgeDevice(1), new ForgeDevice(2, new ForgeDevice(1)) })
            {
                byte[] file = device.KeyFile();
                CollectionAssert.AreEqual(device.PublicKey, TrustedKey.Parse(file).Bytes.ToArray());
                // Of a device whose key was changed the id comes from the first key: the key itself is bound by the statements, and here by
                // its own form alone.
                int key = device.KeyFile().AsSpan().LastIndexOf("key "u8) + 4;
                for (int i = 0; i < file.Length; i++)
                {
                    byte[] changed = (byte[])file.Clone();
                    changed[i] ^= 1;
                    if (i < key || i >= key + 64 || device.DeviceId.AsSpan().SequenceEqual(device.Fingerprint.AsSpan(0, 16)))
                    {
                        Assert.ThrowsExactly<FormatException>(() => TrustedKey.Parse(changed), "byte " + i);
                    }
                }
            }
        }

        [TestMethod]
        public void LargeFilesAreRefused()
        {
            string file = Path.GetTempFileName();
            File.WriteAllBytes(file, new byte[100_000]);
            Assert.ThrowsExactly<FormatException>(() => TrustedKey.Parse(file));
            File.Delete(file);
        }
    }
}
