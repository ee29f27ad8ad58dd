// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Lapel.Hal.Virtual;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Camera = Lapel.VirtualCamera.VirtualCamera;

namespace Lapel.PowerCut
{
    /// <summary>
    /// A new card whose room holds an earlier life of the same camera is made, and the power goes at every change of it: of a file's
    /// content and of the directory. Wherever it goes the card is recognised, the slots that were made are kept, the one under way is made
    /// again, and nothing of the earlier life is ever to be seen at the beginning of a slot.
    /// </summary>
    [TestClass]
    public class SlotMakingTests
    {
        private const long LongestUs = 120_000_000;
        private const int Seed = 3;

        // Some 38 slots, of which 8 were there in the earlier life: three sectors of the catalogue.
        private const long CardBytes = 12_000_000;
        private const int FormerSlots = 8;

        // Clearing the two copies of the catalogue writes over 2,000 sectors one like the other.
        private const int AlikeStep = 97;

        private static readonly string[] Copies = ["LAPEL/CATALOG.A", "LAPEL/CATALOG.B"];

        private static readonly Lazy<Shift> Life = new(() => Shift.Run(false));

        public TestContext TestContext { get; set; } = null!;

        [TestMethod]
        public void NoCutWhileSlotsAreMadeLosesOneOrShowsAnOldOne()
        {
            Shift shift = Life.Value;
            List<Change> changes = Made(shift, out int slots);
            Assert.IsGreaterThan(30, slots);
            var cuts = new List<(int Number, bool Torn)>();
            int alike = 0;
            for (int i = 0; i < changes.Count; i++)
            {
                Change change = changes[i];
                bool clearing = change.IsSector && Copies.Contains(change.Path) && !change.Data.AsSpan().ContainsAnyExcept((byte)0);
                if (!change.OnCard || (clearing && alike++ % AlikeStep != 0))
                {
                    continue;
                }

                cuts.Add((i, false));
                if (change.IsSector)
                {
                    cuts.Add((i, true));
                }
            }

            var failed = new System.Collections.Concurrent.ConcurrentBag<string>();
            Parallel.ForEach(
                cuts,
                cut =>
                {
                    Change change = changes[cut.Number];
                    if (Cut(shift, change, cut.Torn, slots) is string wrong)
                    {
                        string place = change.Path + (change.IsSector ? "[" + change.Sector + "]" : "");
                        failed.Add($"{cut.Number}{(cut.Torn ? " torn" : "")} {place}: {wrong}");
                    }
                }
            );
            string line = string.Create(
                CultureInfo.InvariantCulture,
                $"power-cut, slots being made: {changes.Count} changes, {cuts.Count} cuts, {failed.Count} failed"
            );
            Console.WriteLine(line);
            TestContext.WriteLine(line);
            Assert.IsEmpty(failed, line + "\n" + string.Join("\n", failed.Order(StringComparer.Ordinal).Take(10)));
        }

        private static List<Change> Made(Shift shift, out int slots)
        {
            MemoryMedium card = Card(shift, shift.FirstCard),
                flash = Flash(shift.FirstFlash);
            using Camera camera = Camera.Open(Shift.Options(Seed), card, flash);
            Prepare(camera);
            var log = new ChangeLog(camera, card, flash);
            Complete(camera);
            slots = camera.Firmware.Catalogue.Slots;
            return log.Changes;
        }

        private static string? Cut(Shift shift, Change change, bool torn, int slots)
        {
            MemoryMedium card = Card(shift, change.Card),
                flash = Flash(change.Flash);
            if (torn && card.FileExists(change.Path) && card.Length(change.Path) > change.Sector * 512)
            {
                card.Write(change.Path, change.Sector * 512, change.Data.AsSpan(0, change.Data.Length / 2));
            }

            if (Stale(card) is string stale)
            {
                return stale + " before the boot";
            }

            int made = (int)Catalogue(card).Slots;
            int atBoot = 0;
            string? wrong = Boot.Run(card, flash, Seed + 1, Prepare, up: camera => atBoot = camera.Firmware.Catalogue.Slots);
            if (wrong != null)
            {
                return wrong;
            }

            if (atBoot < made)
            {
                return $"{made} slots were made, {atBoot} were there at the next boot";
            }

            Verify.Catalogue catalogue = Catalogue(card);
            bool isSound = catalogue.IsWhole && catalogue.Slots == slots && catalogue.UnknownSectors == 0;
            if (!isSound || catalogue.Records.Any(r => r.Value.State != 0))
            {
                return $"the catalogue has {catalogue.Slots} slots of {slots}, {catalogue.UnknownSectors} sectors unknown";
            }

            if (Stale(card) is string then)
            {
                return then + " behind the boot";
            }

            MemorySnapshot before = card.TakeSnapshot();
            wrong = Boot.Run(card, flash, Seed + 2, Prepare);
            string? changed = card.Files.FirstOrDefault(f => f != Judge.Log && !card.IsSame(f, before));
            return wrong ?? (changed == null ? null : "the second boot changed " + changed);
        }

        private static void Prepare(Camera camera) => camera.Parts.Card.CapacityBytes = CardBytes;

        private static void Complete(Camera camera)
        {
            long end = camera.NowUs + LongestUs;
            while (camera.NowUs < end && (!camera.Firmware.Catalogue.IsWhole || camera.Firmware.State == Recorder.RecorderState.Booting))
            {
                camera.Step();
            }

            camera.RunUntil(camera.NowUs + 1_000_000);
        }

        // The beginning of a segment in a slot of a card on which nothing was recorded: a player and a verifier would take it for one.
        private static string? Stale(MemoryMedium card)
        {
            var first = new byte[8];
            foreach (string path in card.Files.Where(f => f.EndsWith(".MP4", StringComparison.Ordinal) && card.Length(f) >= 512))
            {
                card.Read(path, 0, first);
                if (first.AsSpan(4).SequenceEqual("ftyp"u8))
                {
                    return path + " begins with an old segment";
                }
            }

            return null;
        }

        private static Verify.Catalogue Catalogue(MemoryMedium card) => Verify.Catalogue.Read(Open(card, Copies[0]), Open(card, Copies[1]));

        private static MemoryStream? Open(MemoryMedium card, string path) =>
            card.FileExists(path) && card.FileExists("LAPEL/DEVICE.PUB") ? new MemoryStream(card.ReadAll(path)) : null;

        private static MemoryMedium Card(Shift shift, MemorySnapshot snapshot)
        {
            var card = new MemoryMedium { Stale = (path, sector, into) => shift.Stale(Former(path), sector, into) };
            card.Restore(snapshot);
            return card;
        }

        // Every slot lies where one of the earlier life lay.
        private static string Former(string path) =>
            path.EndsWith(".MP4", StringComparison.Ordinal)
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"LAPEL/S000/{int.Parse(path.AsSpan(path.Length - 12, 8), CultureInfo.InvariantCulture) % FormerSlots:D8}.MP4"
                )
                : path;

        private static MemoryMedium Flash(MemorySnapshot snapshot)
        {
            var flash = new MemoryMedium();
            flash.Restore(snapshot);
            return flash;
        }
    }
}
