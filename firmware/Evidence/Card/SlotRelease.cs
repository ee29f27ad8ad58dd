// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>
    /// Releases a closed segment, one card operation a step (FORMAT.md 10.1): the catalogue says that it is being released; the note goes
    /// over header and envelope, so that nobody opens what is left, and is read back; the catalogue says released.
    /// </summary>
    /// <remarks>A cut after the first of these is taken up again at the next boot with <see cref="Resume"/>.</remarks>
    public sealed class SlotRelease
    {
        private enum Stage
        {
            Look,
            Mark,
            Open,
            Erase,
            Check,
            Close,
            Finish,
            Done,
        }

        // A card that takes the note and does not keep it is asked again, then it is said to have failed.
        private const int MostTries = 3;

        private readonly CardStore _store;
        private readonly FileUse _use;
        private readonly RecordAccess _access;
        private readonly byte[] _record = new byte[CatalogueSector.RecordBytes];
        private DeviceIdentity _device;
        private Stage _stage = Stage.Done;
        private int _slot;
        private byte[] _archive;
        private ICardFile _file;
        private byte[] _note;
        private byte[] _read;
        private int _checked;
        private int _tries;

        /// <summary>Releases slots of this card.</summary>
        /// <param name="store">The card.</param>
        /// <param name="use">What a slot is opened for.</param>
        public SlotRelease(CardStore store, FileUse use)
        {
            _store = store;
            _use = use;
            _access = new RecordAccess(store.Catalogue);
        }

        /// <summary>Whether the slot is released.</summary>
        public bool IsDone
        {
            get { return _stage == Stage.Done; }
        }

        /// <summary>Whether the catalogue says that the slot is being released: from then on it is, whatever happens.</summary>
        public bool IsMarked
        {
            get { return _stage > Stage.Mark; }
        }

        /// <summary>The slot's record in the catalogue, once <see cref="IsMarked"/>.</summary>
        public byte[] Record
        {
            get { return _record; }
        }

        /// <summary>Begins with a closed slot.</summary>
        /// <param name="device">The device.</param>
        /// <param name="slot">The slot.</param>
        /// <param name="archive">Fingerprint of the archive that has the segment.</param>
        public void Begin(DeviceIdentity device, int slot, byte[] archive)
        {
            _device = device;
            _slot = slot;
            _archive = archive;
            _stage = Stage.Mark;
            _tries = 0;
            _access.Abandon();
        }

        /// <summary>Takes up a release that a cut interrupted.</summary>
        public void Resume(DeviceIdentity device, int slot)
        {
            // The mark is on the card already; the record is read anew, since the note is made of it.
            Begin(device, slot, null);
            _stage = Stage.Look;
        }

        /// <summary>Closes the slot's file; the release goes on from opening it.</summary>
        public void StandAside()
        {
            if (_file == null)
            {
                return;
            }

            _file.Close();
            _file = null;
            if (_stage != Stage.Done)
            {
                // A recording needs a file more than a release does. The note is written again from its start: two sectors, and half a note
                // is no note.
                _stage = Stage.Open;
            }
        }

        /// <summary>One step.</summary>
        /// <returns>Anything but Ok: the card failed; what was marked is taken up when it is opened again.</returns>
        public CardStatus Step()
        {
            switch (_stage)
            {
                case Stage.Look:
                    return Look();
                case Stage.Mark:
                    return Mark();
                case Stage.Open:
                    return Open();
                case Stage.Erase:
                    return Erase();
                case Stage.Check:
                    return Check();
                case Stage.Close:
                    return Close();
                case Stage.Finish:
                    return Restate(SlotState.Released, Stage.Done);
                default:
                    return CardStatus.Ok;
            }
        }

        private CardStatus Look()
        {
            if (!_access.IsBusy)
            {
                _access.BeginRead(_slot);
            }

            CardStatus status = _access.Step();
            if (status == CardStatus.Ok && !_access.IsBusy)
            {
                Array.Copy(_access.Record, 0, _record, 0, _record.Length);
                _stage = Stage.Open;
            }

            return status;
        }

        private CardStatus Mark()
        {
            CardStatus status = Restate(SlotState.Releasing, Stage.Open);
            if (_stage == Stage.Open)
            {
                Array.Copy(_access.Record, 0, _record, 0, _record.Length);
            }

            return status;
        }

        private CardStatus Open()
        {
            _file = _store.OpenSlot(_use, _slot);
            if (_file == null)
            {
                return _store.OpenStatus == CardStatus.Busy ? CardStatus.Ok : _store.OpenStatus;
            }

            _stage = Stage.Erase;
            return CardStatus.Ok;
        }

        private CardStatus Erase()
        {
            // Both sectors in one write: the header that says whose segment it is, and the envelope without which a sealed one stays
            // closed.
            _note = ReleaseNote.Build(_device, _slot, _store.Catalogue.SlotBytes, _record, _archive);
            CardStatus status = _file.Write(0, _note, 0, _note.Length);
            _checked = 0;
            if (status == CardStatus.Ok)
            {
                _stage = Stage.Check;
            }
            else
            {
                StandAside();
            }

            return status;
        }

        // Read back a sector a step: what was reported as written and is not there would be a slot that is free and still opens.
        private CardStatus Check()
        {
            if (_read == null)
            {
                _read = new byte[Sector.Size];
            }

            CardStatus status = _file.Read(_checked, _read, 0, Sector.Size);
            if (status == CardStatus.Ok && SegmentHead.Same(_note, _checked, _read))
            {
                _checked += Sector.Size;
                if (_checked == ReleaseNote.Bytes)
                {
                    _stage = Stage.Close;
                }

                return CardStatus.Ok;
            }

            // Reported as written, read back as something else: once is an accident, three times is a card that cannot be trusted.
            if (status == CardStatus.Ok && ++_tries < MostTries)
            {
                _stage = Stage.Erase;
                return CardStatus.Ok;
            }

            StandAside();
            return status == CardStatus.Ok ? CardStatus.WriteError : status;
        }

        private CardStatus Close()
        {
            _file.Close();
            _file = null;
            _stage = Stage.Finish;
            return CardStatus.Ok;
        }

        private CardStatus Restate(SlotState state, Stage next)
        {
            if (!_access.IsBusy)
            {
                _access.BeginRestate(_slot, state);
            }

            CardStatus status = _access.Step();
            if (status == CardStatus.Ok && !_access.IsBusy)
            {
                _stage = next;
            }

            return status;
        }
    }
}
