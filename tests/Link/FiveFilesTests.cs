// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Lapel.Evidence;
using Lapel.Hal;
using Lapel.Hal.Virtual;
using Lapel.Intake;
using Lapel.Recorder;
using Lapel.Tests;
using Lapel.VirtualCamera;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Link.Tests
{
    /// <summary>
    /// The whole virtual camera with everybody who wants a file of the card at once: a recording and its pre-event, segments that roll over
    /// each 2 s, log, catalogue, a dock that reads and releases all the time, presses at random moments, and recovery after a cut. At the
    /// card are counted the files that are open, and the calls that a press waits for.
    /// </summary>
    [TestClass]
    public sealed class FiveFilesTests
    {
        private const int Rounds = 3;
        private const double RoundSeconds = 20;

        /// <summary>
        /// What a press waits for at most: open, close, read or write calls that are under way, or begin, between the moment at which its
        /// edges have settled, by the stamps that the firmware has of them, and the moment at which it is acted on.
        /// </summary>
        private const int MostCalls = 1;

        /// <summary>
        /// The exception (ARCHITECTURE 2): the calls that a start itself makes without a look at the buttons between. The catalogue's
        /// sector is read and written in both copies; without a slot at hand one is opened and its end cleared before.
        /// </summary>
        private const int MostOwnCalls = 5;

        /// <summary>Within so many seconds after the last press each claimant has what it asked for.</summary>
        private const double ClosedWithin = 60,
            RecoveredWithin = 60,
            LoggedWithin = 10;

        [TestMethod]
        [TestCategory(TestSize.Sweep)]
        public void Whoever_claims_a_file_gets_it_and_a_press_waits_for_one_card_operation()
        {
            int seeds = TestSize.Of(sample: 2, sweep: 8, most: 60);
            int presses = 0,
                met = 0,
                brought = 0,
                released = 0;
            string? given = Environment.GetEnvironmentVariable("LAPEL_SEED");
            int first = given == null ? 1 : int.Parse(given, CultureInfo.InvariantCulture);
            for (int seed = first; seed < first + seeds; seed++)
            {
                try
                {
                    var run = new Run(seed);
                    run.Play();
                    presses += run.Presses;
                    met += run.Met;
                    brought += run.Brought;
                    released += run.Released;
                }
                catch (Exception error) when (error is not AssertInconclusiveException)
                {
                    throw new AssertFailedException($"seed {seed} (LAPEL_SEED={seed} replays it): {error.Message}", error);
                }
            }

            Console.WriteLine($"{seeds} seeds: {presses} presses, {met} came in a call, {brought} brought, {released} released");
            Assert.IsGreaterThan(40 * seeds, presses, "too few presses were judged");
            Assert.IsGreaterThan(0, met, "no press met a call of the card: nothing was tried");
            Assert.IsGreaterThan(seeds, brought);
            Assert.IsGreaterThan(seeds, released);
        }

        private enum Gesture
        {
            Start,
            Mark,
            Stop,
        }

        private sealed class Run(int seed)
        {
            private readonly Random _random = new(seed);
            private readonly EdgeWatch _edges = new();
            private PressWatch? _watch;

            public int Presses { get; private set; }

            public int Met { get; private set; }

            public int Brought { get; private set; }

            public int Released { get; private set; }

            public void Play()
            {
                var bench = new CameraBench(slotBytes: 262_144, cardMegabytes: 12, edges: _edges);
                try
                {
                    for (int round = 0; round < Rounds; round++)
                    {
                        Watch(bench);
                        Round(bench);
                        if (round + 1 < Rounds && _random.Next(2) == 0)
                        {
                            // The power goes in the middle of whatever is under way.
                            bench.Run(_random.NextDouble() * 2);
                            Judge();
                            (MemorySnapshot card, MemorySnapshot flash) = (bench.Card.TakeSnapshot(), bench.Flash.TakeSnapshot());
                            bench.Dispose();
                            bench = new CameraBench(card, flash, _ => { }, _edges);
                            _watch = null;
                        }
                    }

                    Settle(bench);
                }
                finally
                {
                    bench.Dispose();
                }
            }

            private void Watch(CameraBench bench)
            {
                Judge();
                _watch = new PressWatch(bench, _edges);
                bench.Options = bench.Options with { Archive = new BenchArchive(bench.Archive) };
            }

            private void Judge()
            {
                if (_watch == null)
                {
                    return;
                }

                Presses += _watch.Judged;
                Met += _watch.Met;
                Assert.IsLessThanOrEqualTo(CardFiles.Most, _watch.MostOpen, "files open at once");
                Assert.AreEqual(0, _watch.Unlent, "files that were opened without a place");
                Assert.IsLessThanOrEqualTo(MostCalls, _watch.MostCalls, $"calls that the {_watch.Worst} waited for");
                Assert.IsLessThanOrEqualTo(MostOwnCalls, _watch.MostOwnCalls, "calls of a start's own");
            }

            // Presses at random moments, and a dock that never rests.
            private void Round(CameraBench bench)
            {
                long untilUs = bench.Camera.NowUs + (long)(RoundSeconds * 1e6);
                bool records = bench.Camera.Status.State == OperatingState.Recording;

                // The hold that stops begins once the double press that starts is let go.
                long stopFromUs = 0;
                for (long at = bench.Camera.NowUs + Span(0.3, 3); at < untilUs - 4_000_000;)
                {
                    Gesture gesture =
                        !records ? Gesture.Start
                        : at > stopFromUs && _random.Next(16) == 0 ? Gesture.Stop
                        : Gesture.Mark;
                    records = gesture != Gesture.Stop;
                    stopFromUs = gesture == Gesture.Start ? at + 1_000_000 : stopFromUs;
                    at += _watch!.Press(gesture, at) + (gesture == Gesture.Stop ? Span(0.7, 5) : Span(0.03, 0.4));
                }

                while (bench.Camera.NowUs < untilUs)
                {
                    try
                    {
                        Sync(bench);
                    }
                    catch (LinkException error) when (error.Is(EvidenceGroup.Id, (int)EvidenceError.Busy))
                    {
                        // A recording that writes its pre-event lets no dock read: it asks again.
                    }

                    bench.Run(0.2);
                }
            }

            private void Sync(CameraBench bench)
            {
                SyncReport report = bench.Sync();
                Brought += report.Brought;
                Released += report.Released;
                Assert.AreEqual(0, report.Refused, string.Join("; ", bench.Watch.Said));
            }

            // Nobody presses any more: whoever still waits for a file gets it.
            private void Settle(CameraBench bench)
            {
                if (bench.Camera.Status.State == OperatingState.Recording)
                {
                    bench.Hold();
                    bench.Run(4);
                }

                bench.Until(OperatingState.Buffering, ClosedWithin);
                App.Camera camera = bench.Camera.Firmware;
                Within(
                    bench,
                    RecoveredWithin,
                    "recovery and the slot opened ahead",
                    () => !camera.IsRecovering && camera.Files.Has(FileUse.Spare)
                );
                Within(bench, LoggedWithin, "the log", () => camera.Audit.Waiting == 0);
                Sync(bench);
                Within(bench, LoggedWithin, "the releases", () => bench.Closed() == 0);
                Judge();
            }

            private static void Within(CameraBench bench, double seconds, string whose, Func<bool> isDone)
            {
                for (long limit = bench.Camera.NowUs + (long)(seconds * 1e6); !isDone(); bench.Run(0.1))
                {
                    Assert.IsLessThan(limit, bench.Camera.NowUs, $"{whose}: no progress in {seconds} s");
                }
            }

            private long Span(double leastSeconds, double mostSeconds) =>
                (long)((leastSeconds + _random.NextDouble() * (mostSeconds - leastSeconds)) * 1e6);
        }

        /// <summary>Presses the buttons, and counts the card's calls until each press is acted on.</summary>
        private sealed class PressWatch
        {
            private const long TapUs = 90_000,
                DoubleUs = 250_000,
                HoldUs = 3_200_000;

            private readonly CameraBench _bench;
            private readonly VirtualCard _card;
            private readonly EdgeWatch _edges;
            private readonly List<Pending> _pending = new();
            private bool _isCalling;
            private bool _isOthers;
            private int _recordings;
            private int _ownCalls;

            public PressWatch(CameraBench bench, EdgeWatch edges)
            {
                // Presses that mean nothing yet: from their edges the camera learns how late it handles one.
                for (int tap = 0; tap < 6; tap++)
                {
                    bench.Camera.Parts.EventButton.Hold(bench.Camera.NowUs, TapUs);
                    bench.Run(0.153);
                }

                _bench = bench;
                _edges = edges;
                _card = bench.Camera.Parts.Card;
                _recordings = bench.Camera.Firmware.Recordings;
                _card.Calls = Called;
            }

            public int Judged { get; private set; }

            /// <summary>Presses that settled while a call of the card was under way.</summary>
            public int Met { get; private set; }

            public int MostCalls { get; private set; }

            public int MostOwnCalls { get; private set; }

            public int MostOpen { get; private set; }

            /// <summary>Calls at which more files were open than places given.</summary>
            public int Unlent { get; private set; }

            /// <summary>The gesture that waited longest, and when it was made.</summary>
            public string Worst { get; private set; } = "press";

            /// <summary>Makes a gesture that begins at a time; how long it takes, microseconds.</summary>
            public long Press(Gesture gesture, long atUs)
            {
                VirtualBoardParts parts = _bench.Camera.Parts;
                switch (gesture)
                {
                    case Gesture.Start:
                        parts.RecordButton.Hold(atUs, TapUs);
                        parts.RecordButton.Hold(atUs + DoubleUs, TapUs);
                        Expect(gesture, Button.Record, atUs + DoubleUs, GestureDecoder.DebounceUs);
                        return DoubleUs;
                    case Gesture.Mark:
                        parts.EventButton.Hold(atUs, TapUs);
                        Expect(gesture, Button.Event, atUs, GestureDecoder.DebounceUs);
                        return TapUs;
                    default:
                        parts.RecordButton.Hold(atUs, HoldUs);
                        Expect(gesture, Button.Record, atUs, GestureDecoder.HoldUs);
                        return HoldUs;
                }
            }

            // A gesture that means nothing in the state in which it has settled is not judged.
            private void Expect(Gesture gesture, Button button, long pressedUs, long settlesUs) =>
                _bench.Camera.Parts.Clock.At(
                    pressedUs + settlesUs,
                    () =>
                    {
                        App.Camera camera = _bench.Camera.Firmware;
                        if (camera.State != (gesture == Gesture.Start ? RecorderState.Buffering : RecorderState.Recording))
                        {
                            return;
                        }

                        Met += _isCalling ? 1 : 0;
                        IEnumerable<Pending> marks = _pending.Where(press => press.Gesture == Gesture.Mark);
                        _pending.Add(
                            new Pending
                            {
                                Gesture = gesture,
                                Button = button,
                                PressedUs = pressedUs,
                                SettlesUs = settlesUs,
                                State = camera.State,
                                Markers = Math.Max(camera.Markers, marks.Select(mark => mark.Markers + 1).LastOrDefault()),
                            }
                        );
                    }
                );

            private void Called(bool begins)
            {
                App.Camera camera = _bench.Camera.Firmware;
                MostOpen = Math.Max(MostOpen, Math.Max(_card.OpenFiles, camera.Files.Taken));
                Unlent += _card.OpenFiles > camera.Files.Taken ? 1 : 0;
                _isCalling = begins;
                if (begins)
                {
                    Judge(camera);
                    _isOthers = !CountOwn(camera) && !camera.StartWaits;
                }
                else if (_isOthers)
                {
                    _pending.ForEach(press => press.CallsEndedUs.Add(_bench.Camera.Parts.Clock.NowUs));
                }
            }

            // What was acted on since the last call.
            private void Judge(App.Camera camera)
            {
                foreach (Pending press in _pending.ToArray())
                {
                    if (press.Gesture == Gesture.Mark ? camera.Markers > press.Markers : camera.State != press.State)
                    {
                        Judged++;
                        Count(press);
                        _pending.Remove(press);
                    }
                    else if (camera.State != press.State && !camera.StartWaits)
                    {
                        // The recording ended before: a mark on it means nothing any more.
                        _pending.Remove(press);
                    }
                }
            }

            private void Count(Pending press)
            {
                long stampUs =
                    _edges.Stamp(press.Button, press.PressedUs)
                    ?? throw new AssertFailedException($"the {press.Gesture} of {press.PressedUs} us was acted on without its edge");
                int calls = press.CallsEndedUs.Count(endedUs => endedUs > stampUs + press.SettlesUs);
                if (calls > MostCalls)
                {
                    MostCalls = calls;
                    Worst = $"{press.Gesture} of {press.PressedUs} us";
                }
            }

            // Between the state's change and the recording's number the start does its own calls, unless it waits.
            private bool CountOwn(App.Camera camera)
            {
                bool isStarting = camera.State == RecorderState.Recording && camera.Recordings == _recordings && !camera.StartWaits;
                _ownCalls = isStarting ? _ownCalls + 1 : 0;
                MostOwnCalls = Math.Max(MostOwnCalls, _ownCalls);
                if (camera.State != RecorderState.Recording)
                {
                    _recordings = camera.Recordings;
                }

                return isStarting;
            }

            private sealed class Pending
            {
                public Gesture Gesture { get; init; }

                public Button Button { get; init; }

                public long PressedUs { get; init; }

                /// <summary>How long after the stamp of its edge it can be decided, microseconds.</summary>
                public long SettlesUs { get; init; }

                public RecorderState State { get; init; }

                public int Markers { get; init; }

                /// <summary>When calls ended that it may have waited for, microseconds.</summary>
                public List<long> CallsEndedUs { get; } = new();
            }
        }
    }
}
