// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using Lapel.Hal.Virtual;
using Lapel.Recorder;
using Camera = Lapel.VirtualCamera.VirtualCamera;

namespace Lapel.PowerCut
{
    /// <summary>A boot of the real firmware on a card, up to the state in which it would record and has nothing left to make.</summary>
    internal static class Boot
    {
        private const long LongestUs = 180_000_000;
        private const long SpareUs = 500_000;

        /// <summary>Boots; returns what is wrong, or null.</summary>
        /// <param name="card">The card.</param>
        /// <param name="flash">Internal storage.</param>
        /// <param name="seed">The seed.</param>
        /// <param name="prepare">Called before the first step.</param>
        /// <param name="up">Called as soon as it would record: a new card may get further slots yet.</param>
        /// <param name="done">Called when the card has all its slots and one is ready.</param>
        public static string? Run(
            MemoryMedium card,
            MemoryMedium flash,
            int seed,
            Action<Camera>? prepare = null,
            Action<Camera>? up = null,
            Action<Camera>? done = null
        )
        {
            using Camera camera = Camera.Open(Shift.Options(seed) with { Utc = null }, card, flash);
            prepare?.Invoke(camera);
            while (camera.NowUs < LongestUs && !Up(camera))
            {
                camera.Step();
            }

            up?.Invoke(camera);

            // A card that was cut while it was made gets its further slots beside: until then each boot goes on with them.
            while (camera.NowUs < LongestUs && !Complete(camera))
            {
                camera.Step();
            }

            bool isComplete = Complete(camera);

            // The spare slot is made ready after that: its last sector is cleared.
            camera.RunUntil(camera.NowUs + SpareUs);
            done?.Invoke(camera);
            return !Up(camera)
                ? $"the camera did not come up: {camera.Firmware.State} {camera.Firmware.Faults} {camera.Firmware.CardStatus}"
                : isComplete
                    ? null
                    : $"the card does not get all its slots: {camera.Firmware.Catalogue.Slots} are made";
        }

        /// <summary>Boots while each write is kept; cuts during recovery are made of them.</summary>
        public static List<(MemorySnapshot Card, MemorySnapshot Flash, string Path, long Sector, byte[] Data)> Record(
            MemoryMedium card,
            MemoryMedium flash,
            int seed
        )
        {
            var watch = new Watch(card, flash);
            Run(card, flash, seed, camera => camera.Parts.Card.Observer = watch);
            return watch.Writes;
        }

        private static bool Up(Camera camera) => camera.Firmware.State is RecorderState.Buffering or RecorderState.CardFull;

        private static bool Complete(Camera camera) => Up(camera) && camera.Firmware.Catalogue.IsWhole;

        private sealed class Watch(MemoryMedium card, MemoryMedium flash) : ISectorObserver
        {
            public List<(MemorySnapshot Card, MemorySnapshot Flash, string Path, long Sector, byte[] Data)> Writes { get; } = [];

            public void BeforeWrite(string path, long sector, ReadOnlySpan<byte> data512) =>
                Writes.Add((card.TakeSnapshot(), flash.TakeSnapshot(), path, sector, data512.ToArray()));
        }
    }
}
