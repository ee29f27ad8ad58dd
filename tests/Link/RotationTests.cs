// SPDX-License-Identifier: MIT

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Lapel.Authority;
using Lapel.Hal.Virtual;
using Lapel.Intake;
using Lapel.Tests;
using Lapel.Verify;
using Lapel.VirtualCamera;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Link.Tests
{
    /// <summary>The key of a whole virtual camera is changed at the order of its authority, from the cable to the verdict.</summary>
    [TestClass]
    public sealed class RotationTests
    {
        [TestMethod]
        [TestCategory(TestSize.Sweep)]
        public void Recordings_before_and_after_are_authentic_by_either_key_and_not_without_the_statement()
        {
            using var bench = new CameraBench();
            bench.Record(4);
            TrustedKey old = Key(bench);
            bench.Sync();
            Assert.AreEqual(TaskResult.Done, bench.Rotate(1).Result);
            TrustedKey now = Key(bench);
            Assert.AreNotEqual(Convert.ToHexString(old.Bytes), Convert.ToHexString(now.Bytes));
            bench.Record(4);
            bench.Run(3);

            string card = bench.CardFolder(),
                rotated = Path.Combine(card, "LAPEL", RotationFile.Name);
            foreach (TrustedKey? key in new[] { old, now, null })
            {
                CardResult judged = CardVerifier.Verify(card, key);
                Assert.IsTrue(judged.AllAuthentic, Text(judged));
                Assert.HasCount(2, judged.Recordings);
                Assert.HasCount(1, judged.Rotations);
                AuditResult log = judged.Audits.Single();
                Assert.IsTrue(log.Agrees, string.Join("\n", log.Findings));
                Assert.IsGreaterThan(1, log.Checkpoints, "checkpoints of both keys");
                Assert.IsTrue(log.Entries.Any(e => (int)e.Kind == 27 && e.First == 1 && e.Signed), "the log does not say it");
                StringAssert.Contains(Text(judged), "Rotation 1 of device " + Convert.ToHexStringLower(old.DeviceId));
                StringAssert.Contains(Text(judged), "both have signed it");
            }

            byte[] statement = File.ReadAllBytes(rotated);
            int apart = TestSize.Of(sample: 35, sweep: 7);
            for (int i = 0; i < 304; i += apart)
            {
                byte[] changed = (byte[])statement.Clone();
                changed[i] ^= 1;
                File.WriteAllBytes(rotated, changed);
                Assert.IsFalse(CardVerifier.Verify(card, old).AllAuthentic, "byte " + i);
                Assert.IsFalse(CardVerifier.Verify(card, now).AllAuthentic, "byte " + i);
            }
            File.Delete(rotated);
            foreach (TrustedKey? key in new[] { old, now, null })
            {
                Assert.IsFalse(CardVerifier.Verify(card, key).AllAuthentic);
            }
        }

        [TestMethod]
        public void The_store_follows_and_receipts_release_what_either_key_signed()
        {
            using var bench = new CameraBench();
            bench.Record(4);
            TrustedKey old = Key(bench);
            SyncReport first = bench.Sync();
            bench.Rotate(1);
            bench.Record(4);
            bench.Rotate(2);
            bench.Record(4);
            TrustedKey now = Key(bench);
            SyncReport second = bench.Sync();
            Assert.AreEqual(0, second.Refused, string.Join("; ", bench.Watch.Said));
            Assert.IsGreaterThan(0, second.Brought);
            foreach (TrustedKey? key in new[] { old, now, null })
            {
                CardResult judged = CardVerifier.Verify(bench.DeviceFolder, key);
                Assert.HasCount(3, judged.Recordings);
                Assert.IsTrue(judged.AllAuthentic, Text(judged));
                Assert.HasCount(2, judged.Rotations);
            }
            CollectionAssert.AreEqual(
                old.Bytes.ToArray(),
                TrustedKey.Parse(Path.Combine(bench.DeviceFolder, "DEVICE.PUB")).Bytes.ToArray(),
                "the key of the first sync stays"
            );

            bench.Options = bench.Options with { Archive = new BenchArchive(bench.Archive) };
            SyncReport released = bench.Sync();
            Assert.AreEqual(
                (first.Brought + second.Brought, 0),
                (released.Released, released.NotReleased),
                string.Join("; ", bench.Watch.Said)
            );

            using var fresh = new CameraBench();
            fresh.Rotate(1);
            fresh.Record(3);
            Assert.AreEqual(0, fresh.Sync().Refused);
            Assert.IsTrue(CardVerifier.Verify(fresh.DeviceFolder, null).AllAuthentic, "a store that begins after the change");
        }

        [TestMethod]
        public void Not_while_it_records_and_not_twice_by_one_order()
        {
            using var bench = new CameraBench();
            bench.Press();
            bench.Until(OperatingState.Recording, 5);
            bench.Run(2);
            Assert.AreEqual(TaskResult.NotAllowed, bench.Rotate(1).Result);
            bench.Hold();
            bench.Run(4);
            bench.Until(OperatingState.Buffering);
            TrustedKey old = Key(bench);
            Assert.AreEqual(TaskResult.Done, bench.Rotate(1).Result);
            TrustedKey now = Key(bench);
            Assert.AreEqual(TaskResult.Stale, bench.Rotate(1).Result);
            Assert.AreEqual(Convert.ToHexString(now.Bytes), Convert.ToHexString(Key(bench).Bytes));
            Assert.AreNotEqual(Convert.ToHexString(now.Bytes), Convert.ToHexString(old.Bytes));
        }

        [TestMethod]
        public void A_forger_with_the_former_key_makes_nothing_that_is_of_later()
        {
            using var bench = new CameraBench();
            bench.Record(3);
            byte[] before = bench.Slot(0);
            TrustedKey old = Key(bench);
            bench.Rotate(1);
            bench.Record(3);
            // What the former key signed, said to be a later recording, as its holder could: here the header's numbers alone are changed.
            RotationStatement statement = RotationFile.Read(bench.Card.ReadAll("LAPEL/" + RotationFile.Name), out _).Single();
            before[32 + 24 + 39]++;
            SegmentResult judged = SegmentVerifier.Verify(
                new MemorySource(before),
                "S",
                null,
                KeyChoice.Given(old) with
                {
                    Rotations = [statement],
                }
            );
            Assert.IsTrue(
                judged.Findings.Any(f =>
                    f.Code == FindingCode.KeyMismatch && f.Text.Contains("forged with a former key", StringComparison.Ordinal)
                ),
                string.Join("\n", judged.Findings)
            );
        }

        [TestMethod]
        [TestCategory(TestSize.Sweep)]
        public void A_cut_at_any_write_of_card_or_storage_leaves_one_key_in_force_and_everything_authentic()
        {
            var cuts = new List<(MemorySnapshot Card, MemorySnapshot Flash, MediumChange Change, bool OnCard)>();
            CameraBench? live = null;
            bool watching = false;
            var bench = new CameraBench(
                262_144,
                12,
                beforeWrite: change =>
                {
                    if (watching)
                    {
                        cuts.Add((live!.Card.TakeSnapshot(), live.Flash.TakeSnapshot(), change, change.Medium == live.Card));
                    }
                }
            );
            live = bench;
            bench.Record(3);
            TrustedKey old = Key(bench);
            watching = true;
            Assert.AreEqual(TaskResult.Done, bench.Rotate(1).Result);
            watching = false;
            TrustedKey now = Key(bench);
            bench.Dispose();

            // Writes over old content in internal storage go on for long and are all alike.
            List<(int Number, bool Torn)> all =
            [
                .. Enumerable
                    .Range(0, cuts.Count)
                    .Where(i => !cuts[i].Change.Path.StartsWith("SCRUB", StringComparison.Ordinal) || i % 480 == 0)
                    .SelectMany(i => cuts[i].Change.Data.Length > 1 ? new[] { (i, false), (i, true) } : [(i, false)]),
            ];
            if (!TestSize.IsSweep)
            {
                var random = new Random(20261130);
                all.RemoveAll(_ => random.Next(6) > 0);
            }

            var failed = new ConcurrentBag<string>();
            int next = -1,
                changed = 0;
            Thread[] threads =
            [
                .. Enumerable
                    .Range(0, 2)
                    .Select(_ => new Thread(() =>
                    {
                        for (int i = Interlocked.Increment(ref next); i < all.Count; i = Interlocked.Increment(ref next))
                        {
                            (MemorySnapshot card, MemorySnapshot flash, MediumChange change, bool onCard) = cuts[all[i].Number];
                            if (Cut(card, flash, change, onCard, all[i].Torn, old, ref changed) is string wrong)
                            {
                                failed.Add(
                                    $"cut {all[i].Number}{(all[i].Torn ? " torn" : "")} at {change.Path} {change.Position}: {wrong}"
                                );
                            }
                        }
                    })),
            ];
            foreach (Thread thread in threads)
            {
                thread.Start();
            }

            foreach (Thread thread in threads)
            {
                thread.Join();
            }

            Console.WriteLine(
                $"rotation cuts: {cuts.Count} writes = {all.Count} cuts, {failed.Count} failed; the key was changed in {changed}"
            );
            Assert.IsEmpty(failed, string.Join("\n", failed.Take(5)));
            Assert.IsTrue(changed > 0 && changed < all.Count, "both sides of the decision must be among them");
        }

        // What is wrong after the next boot, or null.
        private static string? Cut(
            MemorySnapshot cardThen,
            MemorySnapshot flashThen,
            MediumChange change,
            bool onCard,
            bool torn,
            TrustedKey old,
            ref int changed
        )
        {
            try
            {
                using var bench = new CameraBench(
                    cardThen,
                    flashThen,
                    medium =>
                    {
                        if (torn)
                        {
                            (onCard ? medium.Card : medium.Flash).Write(
                                change.Path,
                                change.Position,
                                change.Data.AsSpan(0, change.Data.Length / 2)
                            );
                        }
                    }
                );
                bench.Run(2);
                byte[] id = bench.Camera.Firmware.Device.Id;
                if (!id.AsSpan().SequenceEqual(old.DeviceId))
                {
                    return "the id is another one";
                }

                TrustedKey key = TrustedKey.FromBytes(bench.Camera.Firmware.Device.PublicKey);
                bool rotated = !key.Bytes.SequenceEqual(old.Bytes);
                if (rotated)
                {
                    Interlocked.Increment(ref changed);
                }

                if (rotated != bench.Camera.Firmware.Device.History.Count > 0)
                {
                    return "key and history disagree";
                }

                bench.Record(2);
                bench.Run(2);
                foreach (TrustedKey trusted in new[] { old, key })
                {
                    if (Wrong(bench, trusted) is string wrong)
                    {
                        return wrong;
                    }
                }

                bench.Camera.CutPower();
                bench.Camera.Boot();
                bench.Until(OperatingState.Buffering);
                return key.Bytes.SequenceEqual(bench.Camera.Firmware.Device.PublicKey) ? null : "another boot, another key";
            }
            catch (Exception error)
            {
                return "thrown: " + error;
            }
        }

        private static string? Wrong(CameraBench bench, TrustedKey trusted)
        {
            string rotated = "LAPEL/" + RotationFile.Name;
            IReadOnlyList<RotationStatement> statements = bench.Card.FileExists(rotated)
                ? RotationFile.Read(bench.Card.ReadAll(rotated), out _)
                : [];
            KeyChoice choice = KeyChoice.Given(trusted) with { Rotations = statements };
            List<SegmentResult> segments =
            [
                .. bench
                    .Card.Files.Where(f => f.EndsWith(".MP4", StringComparison.Ordinal))
                    .Select(f => SegmentVerifier.Verify(new MemorySource(bench.Card.ReadAll(f)), f, null, choice))
                    .Where(s => s.State != SegmentState.None && s.RecordingId != null),
            ];
            IReadOnlyList<RecordingResult> recordings = RecordingVerifier.Judge(segments);
            if (recordings.Count != 2)
            {
                return "there are " + recordings.Count + " recordings";
            }

            if (recordings.FirstOrDefault(r => r.Verdict != Verdict.Authentic) is RecordingResult bad)
            {
                return "recording " + bad.RecordingNumber + ": " + string.Join("; ", bad.Findings);
            }

            AuditResult log = AuditVerifier.Verify(
                new MemorySource(bench.Card.ReadAll("LAPEL/AUDIT.LOG")),
                "AUDIT.LOG",
                trusted,
                segments,
                statements
            );
            if (!log.Agrees)
            {
                return "the log: " + string.Join("; ", log.Findings);
            }

            TrustedKey onCard = TrustedKey.Parse(bench.Card.ReadAll("LAPEL/DEVICE.PUB"));
            return KeyChain.Of(trusted, statements).Holds(onCard) ? null : "DEVICE.PUB holds another key";
        }

        private static TrustedKey Key(CameraBench bench) => TrustedKey.FromBytes(bench.Camera.Firmware.Device.PublicKey);

        private static string Text(CardResult card)
        {
            using var text = new StringWriter();
            VerifyReport.Write(card, text);
            return text.ToString();
        }
    }
}
