// SPDX-License-Identifier: MIT

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Lapel.Hal.Virtual;
using Lapel.Link;
using Lapel.Link.Tests;
using Camera = Lapel.VirtualCamera.VirtualCamera;

namespace Lapel.PowerCut
{
    /// <summary>Does an act once and keeps every change; then cuts each of them under every variant that means something there.</summary>
    internal sealed class ActSweep
    {
        private const int Seed = 41;
        private const double BeforeSeconds = 2;

        // An entry of the audit log is on the card within a second, a checkpoint some time after it.
        private const double AfterSeconds = 4;
        private const double PulledSeconds = 1;

        private readonly IAct _act;

        public ActSweep(IAct act)
        {
            _act = act;
            var card = new MemoryMedium();
            card.Restore(act.Card);
            var flash = new MemoryMedium();
            flash.Restore(act.Flash);
            ChangeLog? log = null;
            Play(card, flash, (camera, _) => log = new ChangeLog(camera, card, flash));
            Changes = log!.Changes;
            if (act.Follow(card, flash, new Cut(act.Name, Changes.Count, Changes[^1], CutVariant.CleanCut)) is string wrong)
            {
                throw new InvalidOperationException(act.Name + " without a cut: " + wrong);
            }
        }

        public IReadOnlyList<Change> Changes { get; }

        /// <summary>All cuts.</summary>
        /// <param name="step">Of the changes of files whose name begins so, one in so many is cut.</param>
        /// <param name="alike">That beginning; null for none.</param>
        public IEnumerable<Cut> Cuts(string? alike = null, int step = 1)
        {
            int counted = 0;
            for (int i = 0; i < Changes.Count; i++)
            {
                Change change = Changes[i];
                if (alike != null && change.Path.StartsWith(alike, StringComparison.Ordinal) && counted++ % step != 0)
                {
                    continue;
                }

                foreach (CutVariant variant in Enum.GetValues<CutVariant>())
                {
                    if (Applies(change, variant))
                    {
                        yield return new Cut(_act.Name, i, change, variant);
                    }
                }
            }
        }

        /// <summary>The cut of an id.</summary>
        public Cut Find(string id)
        {
            string[] parts = id.Split('.');
            int number = int.Parse(parts[1], CultureInfo.InvariantCulture);
            return new Cut(parts[0], number, Changes[number], Enum.Parse<CutVariant>(parts[2]));
        }

        /// <summary>Makes one cut; what is wrong, or null.</summary>
        public string? Make(Cut cut)
        {
            try
            {
                var card = new MemoryMedium();
                var flash = new MemoryMedium();
                if (cut.Variant is CutVariant.Pulled or CutVariant.LostWrite)
                {
                    Replay(card, flash, cut);
                }
                else
                {
                    Leave(card, flash, cut);
                }

                return _act.Left(card, flash, cut) ?? _act.Follow(card, flash, cut);
            }
            catch (Exception error)
            {
                return "thrown: " + error;
            }
        }

        /// <summary>Makes many on all processors; the failed ones, `id: what`.</summary>
        public List<string> All(IReadOnlyList<Cut> cuts)
        {
            var failed = new ConcurrentBag<string>();
            int next = -1;
            var threads = Enumerable
                .Range(0, Environment.ProcessorCount)
                .Select(_ => new Thread(() =>
                {
                    for (int i = Interlocked.Increment(ref next); i < cuts.Count; i = Interlocked.Increment(ref next))
                    {
                        if (Make(cuts[i]) is string wrong)
                        {
                            failed.Add(cuts[i].Id + ": " + wrong);
                        }
                    }
                }))
                .ToList();
            threads.ForEach(t => t.Start());
            threads.ForEach(t => t.Join());
            return [.. failed.Order(StringComparer.Ordinal)];
        }

        private bool Applies(Change change, CutVariant variant) =>
            variant switch
            {
                CutVariant.CleanCut => true,
                CutVariant.TornSector => change.IsSector,
                CutVariant.OutOfOrder or CutVariant.StaleSector => change.IsSector && OfWrite(change).Count > 1,
                CutVariant.ReadError => change is { IsSector: true, OnCard: true },
                CutVariant.LostWrite or CutVariant.Pulled => change is { IsSector: true, OnCard: true } && OfWrite(change)[0] == change,
                _ => false,
            };

        private List<Change> OfWrite(Change change) =>
            [.. Changes.Where(c => c.IsSector && c.OnCard == change.OnCard && c.Write == change.Write)];

        private void Leave(MemoryMedium card, MemoryMedium flash, Cut cut)
        {
            Change change = cut.Change;
            card.Restore(change.Card);
            flash.Restore(change.Flash);
            MemoryMedium medium = change.OnCard ? card : flash;
            if (cut.Variant == CutVariant.TornSector)
            {
                medium.Write(change.Path, change.Sector * 512, change.Data.AsSpan(0, change.Data.Length / 2));
            }

            if (cut.Variant is not (CutVariant.OutOfOrder or CutVariant.StaleSector))
            {
                return;
            }

            foreach (Change other in OfWrite(change).SkipWhile(c => c != change).Skip(1))
            {
                medium.Write(other.Path, other.Sector * 512, other.Data);
            }

            if (cut.Variant == CutVariant.OutOfOrder)
            {
                foreach (Change other in OfWrite(change).TakeWhile(c => c != change))
                {
                    medium.Restore(change.OnCard ? other.Card : other.Flash);
                }
            }
        }

        // The camera lives on: it is played anew up to there, the same way.
        private void Replay(MemoryMedium card, MemoryMedium flash, Cut cut)
        {
            card.Restore(_act.Card);
            flash.Restore(_act.Flash);
            Play(
                card,
                flash,
                (camera, port) =>
                {
                    long from = camera.Parts.Card.Writes,
                        write = cut.Change.Write - Changes.First(c => c.OnCard && c.IsSector).Write + 1;
                    if (cut.Variant == CutVariant.LostWrite)
                    {
                        camera.Parts.Card.LoseWrite(from + write);
                        return;
                    }

                    long back = -1;
                    port.OnTurn = () =>
                    {
                        if (back == -1 && camera.Parts.Card.Writes - from >= write)
                        {
                            camera.PullCard();
                            back = camera.NowUs + (long)(PulledSeconds * 1e6);
                        }

                        if (back > 0 && camera.NowUs >= back)
                        {
                            camera.InsertCard();
                            back = 0;
                        }
                    };
                }
            );
        }

        private void Play(MemoryMedium card, MemoryMedium flash, Action<Camera, CablePort> begun)
        {
            Powered.Run(
                card,
                flash,
                Seed,
                (camera, port) =>
                {
                    using CameraConnection connection = CameraConnection.Open(port, everyRate: false);
                    _act.Prepare(connection);
                    port.Advance(TimeSpan.FromSeconds(BeforeSeconds));
                    begun(camera, port);
                    _act.Do(connection);
                    port.Advance(TimeSpan.FromSeconds(AfterSeconds));
                    return null;
                }
            );
        }
    }
}
