// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Verify.Tests
{
    /// <summary>Changes of a device's key (FORMAT.md section 11): followed when both keys have signed them, and nothing else is.</summary>
    [TestClass]
    public sealed class RotationTests
    {
        private static readonly ForgeDevice A = new(1),
            B = new(2, A),
            C = new(3, A),
            Thief = new(66);

        private static readonly RotationForge First = new() { Former = A, Next = B };
        private static readonly RotationForge Second = new()
        {
            Former = B,
            Next = C,
            Number = 2,
            Boot = 30,
            Recordings = 8,
        };

        [TestMethod]
        public void Either_key_leads_to_both_sides_of_a_change()
        {
            using CardForge card = Card([First.Sector()], (A, 7, 10), (B, 8, 20));
            foreach (ForgeDevice key in new[] { A, B })
            {
                (int code, string text, _) = card.Verify(Key(card, key));
                Assert.AreEqual(0, code, text);
                StringAssert.Contains(text, "2 recordings: 2 authentic");
                StringAssert.Contains(
                    text,
                    "Rotation 1 of device "
                        + Hex(A.DeviceId)
                        + " followed: key "
                        + Hex(A.Fingerprint)
                        + " up to recording 7, key "
                        + Hex(B.Fingerprint)
                        + " from boot 20 on (clock unset)"
                );
                Assert.IsFalse(text.Contains("DEVICE.PUB holds another key", StringComparison.Ordinal), text);
            }
            (int own, string said, _) = card.Verify();
            Assert.AreEqual(0, own, said);
            JsonElement summary = JsonDocument.Parse(card.Verify(Key(card, A), json: true).Out.Trim().Split('\n')[^1]).RootElement;
            Assert.AreEqual(1, summary.GetProperty("rotations").GetArrayLength());
            Assert.AreEqual(Hex(B.Fingerprint), summary.GetProperty("rotations")[0].GetProperty("nextKeyFingerprint").GetString());
        }

        [TestMethod]
        public void Changes_chain_from_any_of_the_keys()
        {
            using CardForge card = Card([First.Sector(), Second.Sector()], (A, 7, 10), (B, 8, 20), (C, 9, 30));
            foreach (ForgeDevice key in new[] { A, B, C })
            {
                (int code, string text, _) = card.Verify(Key(card, key));
                Assert.AreEqual(0, code, text);
                StringAssert.Contains(text, "3 recordings: 3 authentic");
                StringAssert.Contains(text, "Rotation 2 of device ");
            }
        }

        [TestMethod]
        public void Without_the_statement_only_one_side_is_authentic()
        {
            using CardForge card = Card([], (A, 7, 10), (B, 8, 20));
            Assert.AreEqual(1, card.Verify(Key(card, A)).Code);
            Assert.AreEqual(1, card.Verify(Key(card, B)).Code);
            (int code, string text, _) = card.Verify();
            Assert.AreEqual(1, code);
            StringAssert.Contains(text, "the statements (ROTATED.PUB) are missing");
            StringAssert.Contains(card.Verify(Key(card, A)).Out, "no rotation statement leads to it");
        }

        [TestMethod]
        public void A_statement_that_one_of_the_two_has_not_signed_is_not_followed()
        {
            foreach (
                RotationForge forge in new RotationForge[]
                {
                    new()
                    {
                        Former = A,
                        Next = B,
                        NextSigner = A,
                    },
                    new()
                    {
                        Former = A,
                        Next = B,
                        FormerSigner = B,
                    },
                    new()
                    {
                        Former = A,
                        Next = B,
                        FormerSigner = Thief,
                    },
                    new()
                    {
                        Former = A,
                        Next = B,
                        NextSigner = Thief,
                    },
                    new()
                    {
                        Former = A,
                        Next = B,
                        DeviceId = Thief.DeviceId,
                    },
                    new()
                    {
                        Former = A,
                        Next = B,
                        Number = 2,
                    },
                }
            )
            {
                using CardForge card = Card([forge.Sector()], (A, 7, 10), (B, 8, 20));
                foreach (ForgeDevice key in new[] { A, B })
                {
                    (int code, string text, _) = card.Verify(Key(card, key));
                    Assert.AreEqual(1, code, text);
                    StringAssert.Contains(text, "it is not followed");
                }
            }
        }

        [TestMethod]
        public void Every_byte_of_a_statement_counts()
        {
            byte[] good = First.Sector();
            Assert.HasCount(1, RotationFile.Read(good, out string? problem));
            Assert.IsNull(problem);
            for (int i = 0; i < good.Length; i++)
            {
                byte[] changed = (byte[])good.Clone();
                changed[i] ^= 1;
                Assert.IsEmpty(RotationFile.Read(changed, out problem), "byte " + i);
                Assert.IsNotNull(problem, "byte " + i);
            }
            for (int length = 1; length < good.Length; length++)
            {
                Assert.IsEmpty(RotationFile.Read(good.AsSpan(0, length), out _), "length " + length);
            }
        }

        [TestMethod]
        public void Statements_that_do_not_follow_one_another_are_not_followed()
        {
            foreach (
                RotationForge forge in new RotationForge[]
                {
                    new()
                    {
                        Former = A,
                        Next = C,
                        Number = 2,
                        Boot = 30,
                        Recordings = 8,
                    },
                    new()
                    {
                        Former = B,
                        Next = C,
                        Number = 2,
                        Boot = 20,
                        Recordings = 8,
                    },
                    new()
                    {
                        Former = B,
                        Next = C,
                        Number = 2,
                        Boot = 30,
                        Recordings = 6,
                    },
                    new()
                    {
                        Former = B,
                        Next = C,
                        Number = 3,
                        Boot = 30,
                        Recordings = 8,
                    },
                    new()
                    {
                        Former = B,
                        Next = C,
                        Number = 2,
                        Boot = 30,
                        Recordings = 8,
                        DeviceId = Thief.DeviceId,
                    },
                }
            )
            {
                Assert.HasCount(1, RotationFile.Read([.. First.Sector(), .. forge.Sector()], out string? problem));
                Assert.IsNotNull(problem);
            }
        }

        [TestMethod]
        public void A_former_key_makes_nothing_of_later_and_a_later_one_nothing_of_before()
        {
            foreach (
                (ForgeDevice device, uint number, uint boot) in new[]
                {
                    (A, 8u, 20u),
                    (A, 8u, 10u),
                    (A, 7u, 20u),
                    (B, 7u, 10u),
                    (B, 8u, 19u),
                    (B, 7u, 20u),
                }
            )
            {
                using CardForge card = Card([First.Sector()], (device, number, boot));
                (int code, string text, _) = card.Verify(Key(card, A));
                Assert.AreEqual(1, code, $"recording {number} of boot {boot} by the key {Hex(device.Fingerprint)}\n{text}");
                StringAssert.Contains(text, "forged with a former key, or altered");
            }
        }

        [TestMethod]
        public void A_key_that_merely_claims_the_id_is_another_devices()
        {
            using CardForge card = Card([First.Sector()], (A, 7, 10), (new ForgeDevice(66, A), 8, 20));
            Assert.AreEqual(1, card.Verify(Key(card, A)).Code);
            Assert.AreEqual(1, card.Verify().Code);
        }

        [TestMethod]
        public void Keys_in_a_circle_end()
        {
            RotationStatement[] circle =
            [
                .. RotationFile.Read(
                    [
                        .. First.Sector(),
                        .. new RotationForge
                        {
                            Former = B,
                            Next = A,
                            Number = 2,
                            Boot = 30,
                        }.Sector(),
                    ],
                    out _
                ),
            ];
            Assert.HasCount(2, circle);
            Assert.HasCount(2, KeyChain.Of(A.Trusted, circle).Statements);
        }

        [TestMethod]
        public void The_vector_holds()
        {
            var sector = new byte[512];
            foreach (string line in File.ReadLines(Vector()).Where(l => !l.StartsWith('#')))
            {
                Convert.FromHexString(line[5..]).CopyTo(sector, Convert.ToInt32(line[..4], 16));
            }

            RotationStatement statement = RotationFile.Read(sector, out string? problem).Single();
            Assert.IsNull(problem);
            Assert.AreEqual("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", Hex(statement.FormerKey.Bytes));
            Assert.AreEqual("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", Hex(statement.NextKey.Bytes));
            Assert.AreEqual((1, 8u, 3u, 3UL), (statement.Number, statement.Boot, statement.Recordings, statement.HeadSequence));
            Assert.AreEqual(DateTime.UnixEpoch.AddMilliseconds(1_795_467_602_000), statement.Utc);
        }

        private static CardForge Card(byte[][] statements, params (ForgeDevice Device, uint Number, uint Boot)[] recordings)
        {
            var card = new CardForge(8, recordings[^1].Device.KeyFile());
            uint slot = 0;
            foreach ((ForgeDevice device, uint number, uint boot) in recordings)
            {
                card.Put(
                    RecordingForge.Segments(
                        2,
                        recording: (byte)(0x50 + number),
                        number: number,
                        firstSlot: slot,
                        change: s =>
                        {
                            s.Device = device;
                            s.Boot = boot;
                        }
                    )
                );
                slot += 2;
            }
            card.WriteCatalogue();
            if (statements.Length > 0)
            {
                var file = new byte[RotationFile.LargestSize];
                for (int i = 0; i < statements.Length; i++)
                {
                    statements[i].CopyTo(file, i * 512);
                }

                File.WriteAllBytes(Path.Combine(card.Root, RotationFile.Name), file);
            }
            return card;
        }

        private static string Key(CardForge card, ForgeDevice device) =>
            card.Key(Hex(device.Fingerprint.AsSpan(0, 4)), Encoding.ASCII.GetBytes(Hex(device.PublicKey)));

        private static string Vector([CallerFilePath] string here = "") =>
            Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "firmware", "Evidence", "vectors", "rotation-1.hex");

        private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
    }
}
