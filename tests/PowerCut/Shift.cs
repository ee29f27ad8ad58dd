// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Hal;
using Lapel.Hal.Virtual;
using Lapel.Recorder;
using Lapel.VirtualCamera;
using Camera = Lapel.VirtualCamera.VirtualCamera;

namespace Lapel.PowerCut
{
    /// <summary>
    /// The clean run: a card whose slots hold an earlier life of the same device, a recording of 60 s with pre-event and markers, its stop,
    /// a second recording. Every write is kept together with a snapshot of card and internal storage before it.
    /// </summary>
    internal sealed class Shift : ISectorObserver
    {
        private readonly MemoryMedium _card = new();
        private readonly MemoryMedium _flash = new();
        private readonly bool _full;
        private Camera? _camera;
        private long _writes = -1;
        private long _flashWrites = -1;
        private MemorySnapshot? _flashSnapshot;

        private Shift(bool full) => _full = full;

        public List<WriteRecord> Writes { get; } = [];

        /// <summary>Every slot file as the clean run left it.</summary>
        public Dictionary<string, byte[]> Final { get; } = [];

        public MemorySnapshot FinalCard { get; private set; } = null!;

        public MemorySnapshot FinalFlash { get; private set; } = null!;

        /// <summary>The card and the storage before the shift, for runs that are played anew.</summary>
        public MemorySnapshot FirstCard { get; private set; } = null!;

        public MemorySnapshot FirstFlash { get; private set; } = null!;

        public static VirtualCameraOptions Options(int seed) =>
            new("", "", new SmallScene())
            {
                Seed = seed,
                CardMegabytes = 4,
                SlotBytes = 262_144,
                PreEventSeconds = 8,
                FramesPerSecond = 10,
                ContinueSeconds = 0,
                Utc = new DateTime(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc),
            };

        /// <summary>Runs the shift.</summary>
        /// <param name="full">Whether it goes on until the card is full.</param>
        public static Shift Run(bool full)
        {
            var shift = new Shift(full);
            shift.EarlierLife();
            shift.FirstCard = shift._card.TakeSnapshot();
            shift.FirstFlash = shift._flash.TakeSnapshot();
            using (Camera camera = Camera.Open(Options(3), shift._card, shift._flash))
            {
                shift._camera = camera;
                camera.Parts.Card.Observer = shift;
                shift.Play(camera);
            }

            shift.FinalCard = shift._card.TakeSnapshot();
            shift.FinalFlash = shift._flash.TakeSnapshot();
            foreach (string file in shift._card.Files.Where(f => f.EndsWith(".MP4", StringComparison.Ordinal)))
            {
                shift.Final[file] = shift._card.ReadAll(file);
            }

            return shift;
        }

        /// <summary>The shift's gestures; returns when it is over or when <paramref name="until"/> says so.</summary>
        public void Play(Camera camera, Func<bool>? until = null)
        {
            bool Go(double seconds)
            {
                long end = camera.NowUs + (long)(seconds * 1e6);
                while (camera.NowUs < end)
                {
                    if (until != null && until())
                    {
                        return false;
                    }

                    camera.Step();
                }

                return true;
            }

            bool Tap(Button button, double held)
            {
                camera.Press(button);
                bool going = Go(held);
                camera.Release(button);
                return going;
            }

            bool Start() => Tap(Button.Record, 0.1) && Go(0.15) && Tap(Button.Record, 0.1);
            bool Stop() => Tap(Button.Record, 3.3);
            if (
                !(
                    Go(12)
                    && Start()
                    && Go(15)
                    && Tap(Button.Event, 0.1)
                    && Go(15)
                    && Tap(Button.Record, 0.1)
                    && Go(_full ? 400 : 30)
                    && Stop()
                    && Go(6)
                )
            )
            {
                return;
            }

            if (!_full)
            {
                _ = Start() && Go(7) && Stop() && Go(6);
            }
        }

        public void BeforeWrite(string path, long sector, ReadOnlySpan<byte> data512)
        {
            Camera camera = _camera!;
            if (camera.Parts.Card.Writes != _writes)
            {
                _writes = camera.Parts.Card.Writes;
                if (camera.Parts.Flash.Writes != _flashWrites)
                {
                    _flashSnapshot = _flash.TakeSnapshot();
                }

                _flashWrites = camera.Parts.Flash.Writes;
                bool running = camera.Firmware.State == RecorderState.Recording && camera.Firmware.Recording != null;
                Writes.Add(
                    new WriteRecord
                    {
                        Index = Writes.Count,
                        Path = path,
                        Sector = sector,
                        Card = _card.TakeSnapshot(),
                        Flash = _flashSnapshot!,
                        PicturesEndMs =
                            camera.Firmware.Ring.Next > camera.Firmware.Ring.First
                                ? camera.Firmware.Ring.TimeMs(camera.Firmware.Ring.Next - 1) + 1000 / Options(0).FramesPerSecond
                                : 0,
                        AtUs = camera.Parts.Clock.NowUs,
                        Recording = running ? camera.Firmware.Recording!.Number : 0,
                        ZeroMs = running ? camera.Firmware.Recording!.ZeroMs : 0,
                        PressMs = running ? camera.Firmware.Recording!.ZeroMs + camera.Firmware.Recording.PreEventObtainedMs : 0,
                    }
                );
            }

            Writes[^1].Sectors.Add(data512.ToArray());
        }

        // Slots full of the same device's fragments; then the card is formatted anew and its slots are made over the old content.
        private void EarlierLife()
        {
            using (Camera camera = Camera.Open(Options(2), _card, _flash))
            {
                long end = 400_000_000;
                while (camera.NowUs < end && camera.Firmware.State != RecorderState.Buffering)
                {
                    camera.Step();
                }

                Play(camera);
            }

            var old = _card.Files.ToDictionary(f => f, _card.ReadAll);
            foreach (string file in _card.Files)
            {
                _card.Delete(file);
            }

            _card.Stale = (path, sector, into) =>
            {
                if (old.TryGetValue(path, out byte[]? bytes) && (sector + 1) * 512 <= bytes.Length)
                {
                    Array.Copy(bytes, sector * 512, into, 0, 512);
                }
            };
            Stale = _card.Stale;
        }

        public Action<string, long, byte[]> Stale { get; private set; } = null!;
    }
}
