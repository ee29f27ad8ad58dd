// SPDX-License-Identifier: MIT

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Lapel.Hal.Virtual;
using Camera = Lapel.VirtualCamera.VirtualCamera;

namespace Lapel.PowerCut
{
    /// <summary>
    /// Every write of a shift, cut under every variant. A cut has an id, `write.sector.variant` or `write.sector.variant.recovery write`,
    /// that makes it again.
    /// </summary>
    internal sealed class Sweep
    {
        private const int RecoverySeed = 11;
        private const int AlikeStep = 32;
        private static readonly string[] Boxes = ["ftyp", "moov", "moof", "mdat", "uuid", "free"];

        private readonly Shift _shift = Shift.Run(false);
        private readonly Judge _judge;
        private readonly Lazy<(Shift Shift, Judge Judge)> _full = new(() =>
        {
            Shift shift = Shift.Run(true);
            return (shift, new Judge(shift));
        });

        public Sweep() => _judge = new Judge(_shift);

        public Shift Shift => _shift;

        public Judge Judge => _judge;

        public Shift FullShift => _full.Value.Shift;

        /// <summary>Ids of all cuts of the sweep, every one when the step is 1.</summary>
        /// <param name="variant">The variant.</param>
        /// <param name="step">Of how many sectors one is cut.</param>
        public IEnumerable<string> Ids(CutVariant variant, int step)
        {
            Shift shift = variant == CutVariant.CardFull ? _full.Value.Shift : _shift;
            int counted = (int)variant * 5;
            int begun = FirstSlotWrite(shift);
            foreach (WriteRecord write in shift.Writes)
            {
                int sectors = variant is CutVariant.LostWrite or CutVariant.Pulled ? 1 : write.Sectors.Count;
                if (variant is CutVariant.OutOfOrder or CutVariant.StaleSector && sectors == 1)
                {
                    continue;
                }

                if (variant == CutVariant.LostWrite && write.Index == shift.Writes.Count - 1)
                {
                    continue;
                }

                int every = write.Index < begun ? AlikeStep * step : step;
                for (int sector = 0; sector < sectors; sector++)
                {
                    if (counted++ % every == 0)
                    {
                        yield return string.Create(CultureInfo.InvariantCulture, $"{write.Index}.{sector}.{variant}");
                    }
                }
            }
        }

        /// <summary>Whether a cut falls behind the making of the card.</summary>
        public bool IsInShift(string id) =>
            int.Parse(id[..id.IndexOf('.', StringComparison.Ordinal)], CultureInfo.InvariantCulture) >= FirstSlotWrite(_shift);

        /// <summary>What the camera was doing at a cut: making the card, or writing what box or file, of which recording or none.</summary>
        public string Phase(string id)
        {
            string[] parts = id.Split('.');
            Shift shift = parts[2] == nameof(CutVariant.CardFull) ? _full.Value.Shift : _shift;
            WriteRecord write = shift.Writes[int.Parse(parts[0], CultureInfo.InvariantCulture)];
            return write.Index < FirstSlotWrite(shift) ? "making the card: " + Path.GetDirectoryName(write.Path)
                : write.IsSlot ? $"recording {write.Recording}: {Box(write.Sectors[0])}"
                : $"recording {write.Recording}: {write.Path}";
        }

        // What a write begins with; the middle of a picture may look like anything.
        private static string Box(byte[] sector) =>
            Encoding.ASCII.GetString(sector, 4, 4) is string type && Boxes.Contains(type) ? type : "the middle of a box";

        // Making the card clears over 2,000 sectors one like the other.
        private static int FirstSlotWrite(Shift shift) => shift.Writes.FindIndex(w => w.IsSlot && w.Sectors[0][4] == (byte)'f');

        /// <summary>Makes one cut; returns what is wrong, or null.</summary>
        public string? Cut(string id)
        {
            string[] parts = id.Split('.');
            var variant = Enum.Parse<CutVariant>(parts[2]);
            (Shift shift, Judge judge) = variant == CutVariant.CardFull ? _full.Value : (_shift, _judge);
            WriteRecord write = shift.Writes[int.Parse(parts[0], CultureInfo.InvariantCulture)];
            int sector = int.Parse(parts[1], CultureInfo.InvariantCulture);
            try
            {
                if (variant == CutVariant.Pulled)
                {
                    return Pulled(shift, judge, write);
                }

                if (CutCard.Make(shift, write, sector, variant) is not (MemoryMedium card, MemorySnapshot flash, WriteRecord at))
                {
                    return null;
                }

                var storage = new MemoryMedium();
                storage.Restore(flash);
                if (parts.Length == 4)
                {
                    CutAgain(ref card, ref storage, shift, int.Parse(parts[3], CultureInfo.InvariantCulture));
                }

                return Recover(judge, card, storage, write, at, sector, variant);
            }
            catch (Exception error)
            {
                return "thrown: " + error;
            }
        }

        /// <summary>Writes that the recovery of a cut makes.</summary>
        public int RecoveryWrites(string id)
        {
            string[] parts = id.Split('.');
            WriteRecord write = _shift.Writes[int.Parse(parts[0], CultureInfo.InvariantCulture)];
            (MemoryMedium card, MemorySnapshot flash, _) = CutCard
                .Make(_shift, write, int.Parse(parts[1], CultureInfo.InvariantCulture), Enum.Parse<CutVariant>(parts[2]))!
                .Value;
            var storage = new MemoryMedium();
            storage.Restore(flash);
            return Boot.Record(card, storage, RecoverySeed).Count;
        }

        /// <summary>Makes many cuts on all processors; returns the failed ones, `id: what`.</summary>
        public static List<string> All(Sweep sweep, IReadOnlyList<string> ids)
        {
            var failed = new ConcurrentBag<string>();
            int next = -1;
            var threads = Enumerable
                .Range(0, Environment.ProcessorCount)
                .Select(_ => new Thread(() =>
                {
                    for (int i = Interlocked.Increment(ref next); i < ids.Count; i = Interlocked.Increment(ref next))
                    {
                        if (sweep.Cut(ids[i]) is string wrong)
                        {
                            failed.Add(ids[i] + ": " + wrong);
                        }
                    }
                }))
                .ToList();
            threads.ForEach(t => t.Start());
            threads.ForEach(t => t.Join());
            return [.. failed.Order(StringComparer.Ordinal)];
        }

        private static string? Recover(
            Judge judge,
            MemoryMedium card,
            MemoryMedium storage,
            WriteRecord write,
            WriteRecord at,
            int sector,
            CutVariant variant
        )
        {
            string? wrong = Boot.Run(card, storage, RecoverySeed, camera => Prepare(camera, write, sector, variant));
            if (wrong != null)
            {
                return wrong;
            }

            if (variant == CutVariant.ReadError && Boot.Run(card, storage, RecoverySeed + 1) is string second)
            {
                return "once readable: " + second;
            }

            wrong = judge.Check(card, at, variant, variant == CutVariant.LostWrite ? write : null);
            if (wrong != null)
            {
                return wrong;
            }

            byte[] log = card.ReadAll(Judge.Log);
            IReadOnlyList<string> files = card.Files;
            MemorySnapshot before = card.TakeSnapshot();
            wrong = Boot.Run(card, storage, RecoverySeed + 2);
            if (wrong != null)
            {
                return "second boot: " + wrong;
            }

            wrong = judge.Entries(log, card.ReadAll(Judge.Log), at, variant == CutVariant.LostWrite ? write : null);
            if (wrong != null)
            {
                return wrong;
            }

            string? changed = files.FirstOrDefault(f => f != Judge.Log && !card.IsSame(f, before));
            return changed == null ? null : "the second boot changed " + changed;
        }

        private static void Prepare(Camera camera, WriteRecord write, int sector, CutVariant variant)
        {
            if (variant == CutVariant.ReadError)
            {
                camera.Parts.Card.BadSectors.Add((write.Path, write.Sector + sector));
            }

            if (variant == CutVariant.Stall)
            {
                camera.Parts.Card.Times.StallEvery = 1;
            }
        }

        private static void CutAgain(ref MemoryMedium card, ref MemoryMedium storage, Shift shift, int number)
        {
            var writes = Boot.Record(card, storage, RecoverySeed);
            (MemorySnapshot cardThen, MemorySnapshot flashThen, string path, long sector, byte[] data) = writes[number];
            card = new MemoryMedium { Stale = shift.Stale };
            card.Restore(cardThen);
            card.Write(path, sector * 512, data.AsSpan(0, 256));
            storage = new MemoryMedium();
            storage.Restore(flashThen);
        }

        private static string? Pulled(Shift shift, Judge judge, WriteRecord write)
        {
            var card = new MemoryMedium { Stale = shift.Stale };
            card.Restore(shift.FirstCard);
            var storage = new MemoryMedium();
            storage.Restore(shift.FirstFlash);
            using (Camera camera = Camera.Open(Shift.Options(3), card, storage))
            {
                int done = 0;
                long seen = -1;
                camera.Parts.Card.Observer = new Counter(() =>
                {
                    if (camera.Parts.Card.Writes != seen)
                    {
                        done++;
                    }

                    seen = camera.Parts.Card.Writes;
                });
                shift.Play(camera, () => done > write.Index);
                camera.PullCard();
                long end = camera.NowUs + 1_000_000;
                while (camera.NowUs < end)
                {
                    camera.Step();
                }

                camera.InsertCard();
                end = camera.NowUs + 60_000_000;
                while (
                    camera.NowUs < end
                    && camera.Firmware.State is not (Lapel.Recorder.RecorderState.Buffering or Lapel.Recorder.RecorderState.CardFull)
                )
                {
                    camera.Step();
                }

                if (camera.NowUs >= end)
                {
                    return "the camera did not come back: " + camera.Firmware.State;
                }
            }

            WriteRecord at = shift.Writes[Math.Min(write.Index + 1, shift.Writes.Count - 1)];
            return judge.Check(card, at, CutVariant.Pulled, null);
        }

        private sealed class Counter(Action count) : ISectorObserver
        {
            public void BeforeWrite(string path, long sector, ReadOnlySpan<byte> data512) => count();
        }
    }
}
