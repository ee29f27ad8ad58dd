// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Lapel.Hal.Virtual;
using Lapel.PowerCut;
using Lapel.Recorder;
using Camera = Lapel.VirtualCamera.VirtualCamera;

namespace Lapel.Faults
{
    /// <summary>
    /// A recording that was broken off goes on by itself; then the power goes, at any change of the card or of internal storage. The
    /// camera must take it up again at the next boot too, as long as nobody stopped it, and nothing that was written may be missing.
    /// </summary>
    internal sealed class ContinuedCuts
    {
        private const int Seed = 81;
        private const string Note = "RESTART";
        private const long LongestUs = 30_000_000;

        private readonly IStory _story = new RecordingStory();
        private readonly List<ChangeLog> _logs = [];
        private readonly Dictionary<string, uint> _before;
        private readonly int _stopAt;

        private ContinuedCuts(string name, Action<Camera, Action> breakOff)
        {
            Name = name;
            var card = new MemoryMedium();
            var flash = new MemoryMedium();
            card.Restore(_story.Card!);
            flash.Restore(_story.Flash!);
            using (Camera camera = Camera.Make(RoomyCamera.Options(Seed), card, flash))
            {
                void Log() => _logs.Add(new ChangeLog(camera, card, flash));
                breakOff(camera, Log);
                Stories.Up(camera, 20);
                if (camera.Firmware.State != RecorderState.Recording)
                {
                    throw new InvalidOperationException(name + ": the recording does not go on: " + camera.Firmware.State);
                }

                Stories.Go(camera, 4);
                _stopAt = _logs.Sum(log => log.Changes.Count);
                Stories.Stop(camera);
                Stories.Go(camera, 12);
            }

            Changes = [.. _logs.SelectMany(log => log.Changes)];

            // What the first change found in a slot: the recording that was broken off. It is whole when the recovery is over.
            var first = new MemoryMedium();
            first.Restore(Changes[0].Card);
            Dictionary<string, uint> whole = FaultJudge.Fragments(_story, card);
            _before = FaultJudge.Fragments(_story, first).Keys.ToDictionary(path => path, path => whole[path]);
        }

        public string Name { get; }

        public IReadOnlyList<Change> Changes { get; }

        /// <summary>The battery is taken out amid a recording, and put back.</summary>
        public static ContinuedCuts AfterPowerCut() =>
            new(
                "power",
                (camera, log) =>
                {
                    camera.Boot();
                    Record(camera);
                    camera.CutPower();
                    camera.Booting = _ => log();
                    camera.Boot();
                }
            );

        /// <summary>Writes to the card throw, also when it was begun anew: the camera notes it and restarts.</summary>
        public static ContinuedCuts AfterRestart()
        {
            var names = new List<string>();
            int recording = 0;
            using (Camera camera = Camera.Make(RoomyCamera.Options(Seed), Restored(s => s.Card!), Restored(s => s.Flash!)))
            {
                camera.Board = board => new FaultyBoard(board, new FaultPlan { Names = names });
                camera.Boot();
                Record(camera);
                recording = names.Count;
                Stories.Go(camera, 12);
            }

            int call = names.FindIndex(recording, name => name == "CardFile.Write") + 1;
            return new(
                "restart",
                (camera, log) =>
                {
                    var plan = new FaultPlan
                    {
                        At = call,
                        Kind = FaultKind.Io,
                        IsForEver = true,
                        OnFirst = log,
                    };
                    camera.Board = board => new FaultyBoard(board, plan);
                    camera.Boot();
                    Record(camera);
                    int boots = 0;
                    camera.Booting = _ =>
                    {
                        boots++;
                        plan.IsOver = true;
                        log();
                    };
                    long end = camera.NowUs + LongestUs;
                    while (boots == 0 && camera.NowUs < end)
                    {
                        camera.Step();
                    }
                }
            );
        }

        /// <summary>Ids of the cuts, those of the restart note first, then evenly from the rest.</summary>
        public IEnumerable<string> Ids(int most)
        {
            List<int> notes = [.. Enumerable.Range(0, Changes.Count).Where(IsNote)];
            List<int> others = [.. Enumerable.Range(0, Changes.Count).Where(i => !IsNote(i))];
            double step = Math.Max(1.0, 2.0 * others.Count / Math.Max(1, most - notes.Count));
            IEnumerable<int> drawn = Enumerable
                .Range(0, others.Count)
                .Where(i => (int)(i / step) != (int)((i - 1) / step) || i == 0)
                .Select(i => others[i]);
            return notes
                .Concat(drawn)
                .SelectMany(i => Variants(i).Select(v => string.Create(CultureInfo.InvariantCulture, $"{Name}.{i}.{v}")));
        }

        /// <summary>Makes one cut; what is wrong, or null.</summary>
        public string? Make(string id)
        {
            string[] parts = id.Split('.');
            int number = int.Parse(parts[1], CultureInfo.InvariantCulture);
            Change change = Changes[number];
            var card = new MemoryMedium();
            var flash = new MemoryMedium();
            card.Restore(change.Card);
            flash.Restore(change.Flash);
            if (parts[2] == nameof(CutVariant.TornSector))
            {
                (change.OnCard ? card : flash).Write(change.Path, change.Sector * 512, change.Data.AsSpan(0, change.Data.Length / 2));
            }

            try
            {
                if (FaultJudge.Check(_story, card, flash, change.Card, out bool records) is string wrong)
                {
                    return wrong;
                }

                return !records && number < _stopAt ? "it does not go on after the cut" : Missing(card, number);
            }
            catch (Exception error)
            {
                return "thrown: " + error;
            }
        }

        private CutVariant[] Variants(int number) =>
            Changes[number].IsSector ? [CutVariant.CleanCut, CutVariant.TornSector] : [CutVariant.CleanCut];

        private bool IsNote(int number) => !Changes[number].OnCard && Changes[number].Path.Contains(Note, StringComparison.Ordinal);

        private string? Missing(MemoryMedium card, int number)
        {
            Dictionary<string, uint> found = FaultJudge.Fragments(_story, card);
            foreach ((string path, uint fragments) in Written(number))
            {
                uint there = found.GetValueOrDefault(path);
                if (there < fragments)
                {
                    return $"{path}: {there} fragments of {fragments} are there";
                }
            }

            return null;
        }

        // Fragments whose trailer was written, by slot.
        private Dictionary<string, uint> Written(int number)
        {
            var written = new Dictionary<string, uint>(_before);
            foreach (Change change in Changes.Take(number).Where(c => c.OnCard && c.IsSector))
            {
                if (!change.Path.EndsWith(".MP4", StringComparison.Ordinal) || _before.ContainsKey(change.Path))
                {
                    continue;
                }

                if (change.Data.AsSpan(4, 4).SequenceEqual("ftyp"u8))
                {
                    written[change.Path] = 0;
                }
                else if (written.ContainsKey(change.Path) && change.Data.AsSpan(4, 4).SequenceEqual("uuid"u8) && change.Data[23] == 3)
                {
                    written[change.Path]++;
                }
            }

            return written;
        }

        private static MemoryMedium Restored(Func<IStory, MemorySnapshot> of)
        {
            var medium = new MemoryMedium();
            medium.Restore(of(new RecordingStory()));
            return medium;
        }

        private static void Record(Camera camera)
        {
            Stories.Up(camera, 20);
            Stories.Go(camera, 2);
            Stories.Start(camera);
            Stories.Go(camera, 6);
        }
    }
}
