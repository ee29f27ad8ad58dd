// SPDX-License-Identifier: MIT

using System;
using Lapel.Evidence;
using Lapel.Hal;
using Lapel.Recorder;

namespace Lapel.App
{
    /// <summary>What changes slowly: battery, card presence, faults, pictures that are too old.</summary>
    public sealed class HousekeepingTask : ILoopTask
    {
        private const long PeriodUs = 250000;

        private readonly CameraParts _parts;
        private readonly StateMachine _machine;
        private readonly RecordingControl _recordings;
        private readonly CameraStatistics _statistics;
        private readonly CameraPort _port;
        private readonly ProgressWatch _progress;
        private readonly PowerControl _power;
        private readonly ButtonTask _buttons;
        private long _nextUs;
        private int _slotBytes;

        /// <summary>The task of these parts.</summary>
        public HousekeepingTask(
            CameraParts parts,
            RecordingControl recordings,
            CameraStatistics statistics,
            CameraPort port,
            PowerControl power,
            ButtonTask buttons
        )
        {
            _buttons = buttons;
            _parts = parts;
            _machine = parts.Machine;
            _recordings = recordings;
            _statistics = statistics;
            _port = port;
            _progress = new ProgressWatch(parts, recordings);
            _power = power;
        }

        /// <inheritdoc/>
        public string Name
        {
            get { return "housekeeping"; }
        }

        /// <inheritdoc/>
        public bool IsDue(long nowUs)
        {
            return nowUs >= _nextUs;
        }

        /// <inheritdoc/>
        public bool Step(long nowUs)
        {
            _nextUs = nowUs + PeriodUs;

            // First: whatever throws below states its fault.
            _progress.Watch(nowUs);
            _statistics.Sample();
            ForgetOld(nowUs);

            // A recording finds out by itself that its card is gone, and closes what it had open.
            if (!_recordings.IsActive)
            {
                _parts.Fences.Doing = FencedPart.Card;
                if (_parts.Storage.NeedsRestart)
                {
                    // The fence does what is left.
                    throw new InvalidOperationException();
                }

                _parts.Storage.Watch(nowUs);
            }

            if (!_parts.Fences.Rests(FencedPart.Battery, nowUs))
            {
                _parts.Fences.Doing = FencedPart.Battery;
                _parts.Feedback.Measure(_parts.Clock.IsSet, nowUs / 1000);
                if (_parts.Feedback.IsBatteryEmpty)
                {
                    _machine.BatteryEmpty(nowUs);
                }
            }

            _parts.Fences.Doing = FencedPart.Camera;
            ReportFaults(nowUs);
            ReportButtons(nowUs);
            _parts.Feedback.WarnOfLog(_parts.Fences.Lasts(FencedPart.Log, nowUs));
            if (!_parts.Fences.Rests(FencedPart.Log, nowUs))
            {
                bool isDocked = _port.IsDocked(nowUs);
                _parts.Fences.Doing = FencedPart.Log;
                _parts.Entries.WatchSlowly(nowUs / 1000, _parts.Storage, _parts.Store.Catalogue, _parts.Feedback, isDocked);
                NoteEntered();
                _parts.Fences.Doing = FencedPart.Camera;
            }

            if (_machine.State == RecorderState.Booting && IsUp)
            {
                _machine.BootDone(nowUs);
            }

            ReportRoom(nowUs);
            LimitPictures();
            _recordings.WatchContinued();
            _recordings.WatchBuffering(nowUs);
            _power.Step(nowUs);
            return false;
        }

        // A picture that no slot takes is dropped before it is in a recording, and the next ones are asked for in a coarser quality.
        private void LimitPictures()
        {
            int slotBytes = _parts.Store.IsReady ? _parts.Store.Catalogue.SlotBytes : 0;
            if (slotBytes == _slotBytes)
            {
                return;
            }

            _slotBytes = slotBytes;
            int most = FrameRing.MaxFrameBytes;
            if (slotBytes > 0)
            {
                int fitting = SegmentBudget.MostPictureBytes(slotBytes, _parts.Configuration.IsSealed);
                most = fitting < most ? fitting : most;
            }

            _parts.Pump.Judge.MostBytes = most;
        }

        // Once the entries are on the card, what internal storage kept of them is marked.
        private void NoteEntered()
        {
            bool isDue = (_parts.UnloggedRepair != null || _parts.UnloggedRestart != null) && !_recordings.IsActive && _parts.Log.IsOpen;
            if (!isDue || !_parts.Log.Settle())
            {
                return;
            }

            if (_parts.UnloggedRepair != null)
            {
                _parts.UnloggedRepair.SaveLogged(_parts.Board.Store);
                _parts.UnloggedRepair = null;
            }

            if (_parts.UnloggedRestart != null)
            {
                _parts.UnloggedRestart.IsLogged = true;
                _parts.UnloggedRestart.Save(_parts.Board.Store);
                _parts.UnloggedRestart = null;
            }
        }

        // Everything is there, or it is known what is not. Who pressed does not wait for the recovery of what a power cut left: it is gone
        // on with after the recording.
        private bool IsUp
        {
            get
            {
                if (_parts.Keys.HasFailed)
                {
                    return true;
                }

                CardMaintenance storage = _parts.Storage;
                bool settled = storage.IsReady || storage.Fault != CardStatus.Ok;
                return _recordings.IsUp && (settled || (_machine.StartKept && MayRecordAtOnce));
            }
        }

        private bool MayRecordAtOnce
        {
            get { return _parts.Storage.CanRecord && HasRoom; }
        }

        // A slot that is being made is room: whoever presses waits for it a moment.
        private bool HasRoom
        {
            get { return _parts.Store.Catalogue.FreeSlots > 0 || _parts.Storage.IsMakingSlots; }
        }

        private void ReportRoom(long nowUs)
        {
            if (!_parts.Storage.CanRecord)
            {
                return;
            }

            if (HasRoom)
            {
                _machine.CardOk(nowUs);
            }
            else if (_parts.Storage.IsReady && !_recordings.IsActive)
            {
                _machine.CardFull(nowUs);
            }
        }

        // Old pictures are kept, and none is taken out, while a press is being decoded: the pre-event time counts back from the first
        // press. So they are when a start waits, for the camera to be up or for the seal.
        private void ForgetOld(long nowUs)
        {
            bool pressing = _parts.Gestures.NextDueUs != long.MaxValue;
            if (pressing || _machine.StartKept || _recordings.HoldsPictures)
            {
                return;
            }

            _parts.Thinning.Step(nowUs / 1000);
        }

        // Not while the camera boots: a recording that goes on by itself needs no button.
        private void ReportButtons(long nowUs)
        {
            if (!_buttons.IsDeaf(nowUs))
            {
                _machine.ClearFault(RecorderFaults.Buttons, nowUs);
            }
            else if (_machine.State != RecorderState.Booting)
            {
                _machine.RaiseFault(RecorderFaults.Buttons, nowUs);
            }
        }

        private void ReportFaults(long nowUs)
        {
            if (_parts.Pump.SensorFault)
            {
                _machine.RaiseFault(RecorderFaults.Sensor, nowUs);
            }
            else
            {
                _machine.ClearFault(RecorderFaults.Sensor, nowUs);
            }

            // Never in the clear what was to be sealed, and never unsigned: then rather nothing, and said so.
            bool isLost = _parts.Access.IsConfigurationLost || _parts.Access.IsRetired;
            bool unable = _parts.Keys.HasFailed || _recordings.CannotSeal || isLost;
            if (unable)
            {
                _machine.RaiseFault(RecorderFaults.Storage, nowUs);
            }

            CardMaintenance storage = _parts.Storage;
            if (storage.Fault == CardStatus.NoCard)
            {
                _machine.RaiseFault(RecorderFaults.CardAbsent, nowUs);
            }
            else if (storage.Fault != CardStatus.Ok)
            {
                _machine.RaiseFault(RecorderFaults.Storage, nowUs);
            }
            else if (storage.IsReady && !unable)
            {
                _machine.ClearFault(RecorderFaults.CardAbsent | RecorderFaults.Storage, nowUs);
            }
        }
    }
}
