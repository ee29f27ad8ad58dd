// SPDX-License-Identifier: MIT

using System;
using Lapel.Evidence;
using Lapel.Recorder;

namespace Lapel.App
{
    /// <summary>
    /// Begins a part anew that failed. Nothing is stepped on in that may have been left half done: what has invariants is given up, and
    /// found again as after power-on.
    /// </summary>
    public sealed class PartRepair
    {
        // A second failure of the card without a minute of calm in between, or a third time that the module finds no memory: handles and
        // native memory may have leaked, and only a restart gives them back.
        private const int MostCard = 1;
        private const int MostSensorMemory = 2;

        private readonly CameraParts _parts;
        private readonly RecordingControl _recordings;
        private readonly LoopTable _loop;
        private readonly ButtonTask _buttons;
        private readonly CameraPort _port;
        private readonly CustodyLoopTask _custody;
        private readonly SlotTask _slots;
        private FencedPart _part;
        private Thrown _what;

        /// <summary>Mends these.</summary>
        public PartRepair(
            CameraParts parts,
            RecordingControl recordings,
            LoopTable loop,
            ButtonTask buttons,
            CameraPort port,
            CustodyLoopTask custody,
            SlotTask slots
        )
        {
            _parts = parts;
            _recordings = recordings;
            _loop = loop;
            _buttons = buttons;
            _port = port;
            _custody = custody;
            _slots = slots;
        }

        /// <summary>A turn of the loop threw.</summary>
        /// <param name="e">What.</param>
        /// <param name="nowUs">Monotonic microseconds.</param>
        /// <returns>False when no part owns it, or beginning it anew failed too: <see cref="Fall"/> is what is left.</returns>
        public bool Mend(Exception e, long nowUs)
        {
            ILoopTask task = _loop.Running;
            _part = _parts.Fences.PartOf(task);
            _what = ThrownBy.Of(e);
            try
            {
                return BeginAnew(task, nowUs);
            }
            catch (Exception)
            {
                // Whoever calls does what is left.
                _parts.Board.Clock.Sleep(0);
                return false;
            }
        }

        /// <summary>The last fence. Returns only when the camera has given up.</summary>
        /// <param name="nowUs">Monotonic microseconds.</param>
        public void Fall(long nowUs)
        {
            int boot = 0;
            long utcMs = 0;
            try
            {
                boot = _parts.Keys.Keys.BootNumber;
                utcMs = _parts.Clock.UtcMs;

                // The recording is left as it lies on the card. The log is closed when it is not what failed.
                if (_parts.Keys.IsReady && _part != FencedPart.Log && _part != FencedPart.Card)
                {
                    _parts.Log.End(BootEnd.Failed, nowUs / 1000);
                }
            }
            catch (Exception)
            {
                // What could not be closed is recovered at the next boot.
                _parts.Board.Clock.Sleep(0);
            }

            _parts.Machine.GiveUp();
            _parts.LastFence.Fall(_part, _what, boot, utcMs);
        }

        private bool BeginAnew(ILoopTask task, long nowUs)
        {
            PartFences fences = _parts.Fences;
            long untilUs = fences.Catch(_part, _what, nowUs);
            int inRow = fences.InRow(_part);
            bool rests = true;
            switch (_part)
            {
                case FencedPart.Sensor:
                    if (_what == Thrown.OutOfMemory && inRow > MostSensorMemory)
                    {
                        return false;
                    }

                    _parts.Pump.BreakOff(untilUs);
                    break;
                case FencedPart.Card:
                    if (task == _slots && _parts.Storage.BreakOffGrowth())
                    {
                        break;
                    }

                    if (inRow > MostCard || _parts.Storage.NeedsRestart || IsStillBroken(FencedPart.Card))
                    {
                        return false;
                    }

                    rests = false;
                    BeginCardAnew(nowUs, untilUs);
                    break;
                case FencedPart.Log:
                    rests = task != null && fences.PartOf(task) == FencedPart.Log;
                    _parts.Storage.BreakOffLog(untilUs);
                    break;
                case FencedPart.Port:
                    _port.BreakOff();
                    break;
                case FencedPart.Buttons:
                    _buttons.Rest(untilUs);
                    break;
                case FencedPart.Lights:
                    _parts.Feedback.MistrustLights();
                    break;
                case FencedPart.Battery:
                    rests = false;
                    _parts.Feedback.ForgetBattery();
                    break;
                default:
                    // A broken port does not stop a recording: what was ordered there waits for its end.
                    if (task != _custody || !_recordings.IsActive)
                    {
                        return false;
                    }

                    _custody.BreakOff();
                    break;
            }

            if (rests)
            {
                _loop.Rest(task, untilUs);
            }

            if (PartFences.IsEntered(fences.Caught(_part)))
            {
                _parts.Entries.PartFailed(_part, fences.Caught(_part), _what);
            }

            return true;
        }

        // The camera restarted for this part, and it fails before it was up once: to begin it anew was tried in the boot before. So the
        // restarts of a series are soon over, and the camera says that it cannot record.
        private bool IsStillBroken(FencedPart part)
        {
            if (_parts.Machine.State != RecorderState.Booting)
            {
                return false;
            }

            if (_parts.Keys.IsReady)
            {
                return _parts.RestartedFor == part;
            }

            // What the note says is taken over when the keys are up.
            RestartNote note = RestartNote.Load(_parts.Board.Store);
            return note != null && !note.IsLogged && !note.HasGivenUp && note.Where == part;
        }

        private void BeginCardAnew(long nowUs, long untilUs)
        {
            // Whoever stopped it does not want it again.
            bool records = _parts.Machine.State == RecorderState.Recording;
            _recordings.BreakOff(records);
            _parts.Storage.BreakOff(untilUs);
            _parts.Machine.BeginAnew(records, nowUs);
        }
    }
}
