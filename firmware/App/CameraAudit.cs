// SPDX-License-Identifier: MIT

using Lapel.Evidence;
using Lapel.Hal;
using Lapel.Recorder;

namespace Lapel.App
{
    /// <summary>Enters in the audit log what the camera does and what happens to it.</summary>
    public sealed class CameraAudit
    {
        /// <summary>From one sign of life to the next: a power cut is dated to within this.</summary>
        public const int AliveMs = 60000;

        private const int BatteryNoLongerLow = 0;
        private const int BatteryLow = 1;
        private const int BatteryEmpty = 2;
        private const int BatteryTooLow = 3;

        private readonly IAudit _entries;
        private readonly AuditLog _log;
        private readonly StatedClock _clock;
        private readonly PressLog _presses;
        private readonly byte[] _meaning = new byte[1];
        private RecorderState _state;
        private RecorderFaults _faults;
        private CardStatus _card = CardStatus.NoCard;
        private bool _cardTold;
        private bool _makingSlots;
        private bool _batteryLow;
        private bool _batteryEmpty;
        private bool _docked;

        /// <summary>Enters in this log.</summary>
        /// <param name="entries">Takes the entries.</param>
        /// <param name="log">The log that they end in.</param>
        /// <param name="clock">The clock that is set here.</param>
        /// <param name="presses">The raw presses.</param>
        public CameraAudit(IAudit entries, AuditLog log, StatedClock clock, PressLog presses)
        {
            _entries = entries;
            _log = log;
            _clock = clock;
            _presses = presses;
        }

        /// <summary>Takes whatever else is to be entered.</summary>
        public IAudit Entries
        {
            get { return _entries; }
        }

        /// <summary>The log's head, as manifests state it.</summary>
        public AuditHead Head
        {
            get { return _log.Head; }
        }

        /// <summary>The device's keys are up: enters the boot, and how the one before ended as far as is known.</summary>
        /// <param name="device">The device.</param>
        /// <param name="signer">Signs the checkpoints.</param>
        /// <param name="configurationDigest">Digest of the configuration in force.</param>
        /// <param name="firmware">The firmware that runs.</param>
        /// <param name="woken">What began the boot.</param>
        public void Boot(
            DeviceIdentity device,
            ManifestSigner signer,
            byte[] configurationDigest,
            FirmwareIdentity firmware,
            WokenBy woken
        )
        {
            _log.SetDevice(device, signer);
            var digests = new byte[firmware.Build == null ? Digests.Size : 2 * Digests.Size];
            System.Array.Copy(configurationDigest, 0, digests, 0, Digests.Size);
            if (firmware.Build != null)
            {
                System.Array.Copy(firmware.Build, 0, digests, Digests.Size, Digests.Size);
            }

            _entries.Add(AuditKind.Boot, (int)_log.FormerEnd, (int)woken, 0, digests);
            _entries.Add(AuditKind.Firmware, 0, 0, 0, firmware.Line());
        }

        /// <summary>The device's first key was made in this boot.</summary>
        public void KeyMade(DeviceIdentity device)
        {
            _entries.Add(AuditKind.KeyMade, 0, 0, 0, device.Fingerprint);
        }

        /// <summary>Internal storage was repaired before this boot.</summary>
        /// <param name="repair">By which order, and what.</param>
        public void Repaired(RepairNote repair)
        {
            _entries.Add(AuditKind.Repaired, (int)repair.Actions, repair.Boots, repair.Recordings, repair.LogData());
            if ((repair.Actions & RepairActions.NewIdentity) != 0)
            {
                _entries.Add(AuditKind.FormerDevice, 0, repair.Head.Sequence, 0, repair.FormerData());
            }
        }

        /// <summary>This boot brought a new device key into force.</summary>
        /// <param name="device">The device.</param>
        /// <param name="formerFingerprint">Fingerprint of the key before.</param>
        public void KeyChanged(DeviceIdentity device, byte[] formerFingerprint)
        {
            var fingerprints = new byte[2 * Digests.Size];
            System.Array.Copy(formerFingerprint, 0, fingerprints, 0, Digests.Size);
            System.Array.Copy(device.Fingerprint, 0, fingerprints, Digests.Size, Digests.Size);
            _entries.Add(AuditKind.KeyRotation, device.History.Count, (int)RotationStage.InForce, 0, fingerprints);
        }

        /// <summary>Sets the clock and enters it: the entry binds monotonic time to UTC for the whole boot.</summary>
        /// <param name="utcMs">Milliseconds since 1970.</param>
        /// <param name="uncertaintyMs">How far off it may be.</param>
        /// <returns>False when the board refused.</returns>
        public bool SetClock(long utcMs, int uncertaintyMs)
        {
            long before = _clock.UtcMs;
            var uncertainty = new byte[4];
            BigEndian.Put32(uncertainty, 0, uncertaintyMs);
            if (!_clock.Set(utcMs, uncertaintyMs))
            {
                return false;
            }

            _entries.Add(AuditKind.Clock, (int)ClockSource.Host, before, utcMs, uncertainty);
            return true;
        }

        /// <summary>A part failed and is begun anew.</summary>
        /// <param name="part">The part.</param>
        /// <param name="caught">How often it has since boot.</param>
        /// <param name="what">What was thrown.</param>
        public void PartFailed(FencedPart part, int caught, Thrown what)
        {
            _entries.Add(AuditKind.PartFailed, (int)part, caught, (int)what, null);
        }

        /// <summary>The boot before restarted by itself.</summary>
        /// <param name="note">Why.</param>
        public void RestartedAfter(RestartNote note)
        {
            const int FlagAt = 20;
            var data = new byte[FlagAt + 1 + (note.Build == null ? 0 : Digests.Size)];
            BigEndian.Put32(data, 0, note.Boot);
            BigEndian.Put64(data, 4, note.UptimeMs);
            BigEndian.Put64(data, 12, note.UtcMs);
            data[FlagAt] = note.HasGivenUp ? (byte)1 : (byte)0;
            if (note.Build != null)
            {
                System.Array.Copy(note.Build, 0, data, FlagAt + 1, Digests.Size);
            }

            _entries.Add(AuditKind.RestartedAfter, (int)note.Where, (int)note.What, note.Count, data);
        }

        /// <summary>A recording began.</summary>
        public void Started(RecordingFacts recording)
        {
            _entries.Add(AuditKind.RecordingStarted, recording.Number, recording.ZeroMs, recording.PreEventObtainedMs, recording.Id);
        }

        /// <summary>A recording goes on from one that ended without being stopped.</summary>
        /// <param name="recording">The recording that has begun.</param>
        /// <param name="before">The one before.</param>
        public void Continued(RecordingFacts recording, ContinuedRecording before)
        {
            _entries.Add(AuditKind.Continued, recording.Number, before.Number, before.GapTo(recording), before.Data);
        }

        /// <summary>A recording that could go on does not: the battery would end it again.</summary>
        public void NotContinued(OfficerFeedback feedback)
        {
            EnterBattery(feedback, BatteryTooLow);
        }

        /// <summary>A recording ended.</summary>
        /// <param name="recording">The recording.</param>
        /// <param name="reason">Why.</param>
        /// <param name="lastClose">Its last close digest; null when it could not be closed.</param>
        public void Closed(RecordingFacts recording, CloseReason reason, byte[] lastClose)
        {
            _entries.Add(
                AuditKind.RecordingClosed,
                recording.Number,
                lastClose == null ? (int)CloseReason.Fault : (int)reason,
                0,
                lastClose
            );
            _log.AskCheckpoint(CheckpointReason.RecordingClosed);
        }

        /// <summary>A marker was set.</summary>
        public void Marked(Button button, long atMs)
        {
            _entries.Add(AuditKind.Marker, (int)button, atMs, 0, null);
        }

        /// <summary>Whether <see cref="Watch"/> may have something to enter: asked at every turn of the loop.</summary>
        public bool HasNews(StateMachine machine)
        {
            return machine.State != _state || machine.Faults != _faults || _presses.HasUnentered;
        }

        /// <summary>Enters what has changed since the last call.</summary>
        /// <param name="nowMs">Monotonic milliseconds.</param>
        /// <param name="machine">State and faults.</param>
        public void Watch(long nowMs, StateMachine machine)
        {
            if (machine.State != _state)
            {
                _entries.Add(AuditKind.State, (int)machine.State, (int)_state, 0, null);
                _state = machine.State;
            }

            if (machine.Faults != _faults)
            {
                _entries.Add(AuditKind.Fault, (int)machine.Faults, (int)_faults, 0, null);
                _faults = machine.Faults;
            }

            while (_presses.HasUnentered && _presses.TryEnter(nowMs))
            {
                Enter();
            }
        }

        /// <summary>Enters what changes slowly, and a sign of life when nothing else was entered for long.</summary>
        /// <param name="nowMs">Monotonic milliseconds.</param>
        /// <param name="storage">The card.</param>
        /// <param name="catalogue">Its slots.</param>
        /// <param name="feedback">The battery.</param>
        /// <param name="isDocked">Whether the camera is in a dock.</param>
        public void WatchSlowly(long nowMs, CardMaintenance storage, Catalogue catalogue, OfficerFeedback feedback, bool isDocked)
        {
            bool settled = storage.Fault != CardStatus.Ok || storage.IsReady;
            if (settled && (storage.Fault != _card || !_cardTold || storage.IsMakingSlots != _makingSlots))
            {
                _card = storage.Fault;
                _cardTold = true;
                _makingSlots = storage.IsMakingSlots;
                _entries.Add(AuditKind.Card, (int)_card, catalogue.Slots, _card == CardStatus.Ok ? catalogue.FreeSlots : 0, null);
            }

            if (feedback.IsBatteryLow != _batteryLow)
            {
                _batteryLow = feedback.IsBatteryLow;
                EnterBattery(feedback, _batteryLow ? BatteryLow : BatteryNoLongerLow);
            }

            if (feedback.IsBatteryEmpty && !_batteryEmpty)
            {
                _batteryEmpty = true;
                EnterBattery(feedback, BatteryEmpty);
            }

            if (isDocked != _docked)
            {
                _docked = isDocked;
                _entries.Add(AuditKind.Docked, _docked ? 1 : 0, 0, 0, null);
                if (!_docked)
                {
                    _log.AskCheckpoint(CheckpointReason.Undocked);
                }
            }

            if (_log.IsOpen && nowMs - _log.EnteredMs >= AliveMs)
            {
                _entries.Add(AuditKind.Alive, (int)_state, 0, 0, null);
            }
        }

        private void EnterBattery(OfficerFeedback feedback, int what)
        {
            _entries.Add(AuditKind.Battery, feedback.BatteryPercent, feedback.BatteryMillivolts, what, null);
        }

        private void Enter()
        {
            _meaning[0] = (byte)_presses.EnteredMeaning;
            _entries.Add(AuditKind.Press, (int)_presses.EnteredButton, _presses.EnteredDownMs, _presses.EnteredDurationMs, _meaning);
        }
    }
}
