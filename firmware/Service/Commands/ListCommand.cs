// SPDX-License-Identifier: MIT

using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Service
{
    /// <summary>ls: the slots that hold something. A catalogue sector is read for each.</summary>
    public sealed class ListCommand : ConsoleCommand
    {
        // Slots passed over in a step without one that holds something: 20 instructions each.
        private const int SlotsAStep = 256;

        // Fields of a catalogue record (FORMAT.md 2.2).
        private const int RecordingAt = 4;
        private const int SegmentAt = 8;
        private const int SectorsAt = 12;

        private RecordAccess _records;
        private int _slot;
        private int _shown;

        /// <summary>The command.</summary>
        public ListCommand()
            : base("ls", "[FROM]", "slots that hold a segment, from a slot number on: slot, state, recording, segment, bytes") { }

        /// <inheritdoc/>
        public override string Example
        {
            get { return "ls 100"; }
        }

        /// <inheritdoc/>
        public override void Begin(ConsoleCall call)
        {
            _slot = call.Count == 0 ? 0 : WholeNumber.Parse(call.Argument(0), 0, int.MaxValue);
            _shown = 0;
            _records = null;
            if (call.Count > 1 || _slot < 0)
            {
                call.Fail(ErrorCode.Usage, "ls takes one slot number");
            }
            else if (!call.Camera.Store.IsReady)
            {
                call.Fail(ErrorCode.Missing, "no card is open");
            }
            else
            {
                call.Report.BeginList("slots");
            }
        }

        /// <inheritdoc/>
        public override void Step(ConsoleCall call)
        {
            Catalogue catalogue = call.Camera.Store.Catalogue;

            // Free slots are passed over from memory; only one that holds something costs the card a read, one a step.
            int least = _slot + SlotsAStep;
            while (_slot < catalogue.Slots && _slot < least)
            {
                SlotState state = catalogue.State(_slot);
                if (state == SlotState.Free)
                {
                    _slot++;
                    continue;
                }

                // A record is two reads of the card, a step each.
                if (call.Camera.IsRecording)
                {
                    call.Fail(ErrorCode.Busy, "a recording has priority; " + _shown.ToString() + " shown");
                    return;
                }

                Show(call, catalogue, state);
                return;
            }

            if (_slot < catalogue.Slots)
            {
                return;
            }

            call.Report.EndList();
            call.Ok();
        }

        private void Show(ConsoleCall call, Catalogue catalogue, SlotState state)
        {
            if (_records == null)
            {
                _records = new RecordAccess(catalogue);
            }

            if (!_records.IsBusy)
            {
                _records.BeginRead(_slot);
            }

            CardStatus status = _records.Step();
            if (status == CardStatus.Ok && _records.IsBusy)
            {
                return;
            }

            byte[] record = _records.Record;
            if (status != CardStatus.Ok)
            {
                call.Fail(ErrorCode.Failed, "the catalogue cannot be read: " + FaultWords.Of(status));
                return;
            }

            call.Report.BeginRow();
            call.Report.Field("slot", _slot);
            call.Report.Field("state", Word(state));
            call.Report.Field("recording", BigEndian.Get32(record, RecordingAt));
            call.Report.Field("segment", BigEndian.Get32(record, SegmentAt));
            call.Report.Field("bytes", (long)BigEndian.Get32(record, SectorsAt) * Sector.Size);
            call.Report.EndRow();
            _slot++;
            _shown++;
        }

        private static string Word(SlotState state)
        {
            switch (state)
            {
                case SlotState.Open:
                    return "open";
                case SlotState.Closed:
                    return "closed";
                case SlotState.Released:
                    return "released";
                case SlotState.Bad:
                    return "bad";
                default:
                    return "unknown";
            }
        }
    }
}
