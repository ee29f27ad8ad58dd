// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using Lapel.Hal.Virtual;
using Camera = Lapel.VirtualCamera.VirtualCamera;

namespace Lapel.PowerCut
{
    /// <summary>Keeps every change of a camera's card and internal storage, in order.</summary>
    internal sealed class ChangeLog
    {
        private readonly MemoryMedium _card;
        private readonly MemoryMedium _flash;
        private MemorySnapshot? _cardNow;
        private MemorySnapshot? _flashNow;

        public ChangeLog(Camera camera, MemoryMedium card, MemoryMedium flash)
        {
            _card = card;
            _flash = flash;
            camera.Parts.Card.Observer = new Watch(this, true, () => camera.Parts.Card.Writes);
            camera.Parts.Flash.Observer = new Watch(this, false, () => camera.Parts.Flash.Writes);
        }

        public List<Change> Changes { get; } = [];

        private void Add(bool onCard, long write, string path, long sector, ReadOnlySpan<byte> data)
        {
            // Of the volume that does not change now the last snapshot still holds.
            if (_cardNow == null || Changes[^1].OnCard)
            {
                _cardNow = _card.TakeSnapshot();
            }

            if (_flashNow == null || !Changes[^1].OnCard)
            {
                _flashNow = _flash.TakeSnapshot();
            }

            Changes.Add(
                new Change
                {
                    OnCard = onCard,
                    Write = write,
                    Path = path,
                    Sector = sector,
                    Data = data.ToArray(),
                    Card = _cardNow,
                    Flash = _flashNow,
                }
            );
        }

        private sealed class Watch(ChangeLog log, bool onCard, Func<long> writes) : ISectorObserver
        {
            public void BeforeWrite(string path, long sector, ReadOnlySpan<byte> data512) =>
                log.Add(onCard, writes(), path, sector, data512);

            public void BeforeChange(VolumeChange change, string path) => log.Add(onCard, -1, path, -1, []);
        }
    }
}
