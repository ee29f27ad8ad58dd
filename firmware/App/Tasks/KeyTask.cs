// SPDX-License-Identifier: MIT

using Lapel.Evidence;
using Lapel.Hal;
using Lapel.Recorder;

namespace Lapel.App
{
    /// <summary>Brings the device's keys up after power-on, and then what can be only with them: recordings, the log, recovery.</summary>
    public sealed class KeyTask : ILoopTask
    {
        private readonly CameraParts _parts;
        private readonly RecordingControl _recordings;

        /// <summary>The task of these parts.</summary>
        public KeyTask(CameraParts parts, RecordingControl recordings)
        {
            _parts = parts;
            _recordings = recordings;
        }

        /// <inheritdoc/>
        public string Name
        {
            get { return "keys"; }
        }

        /// <inheritdoc/>
        public bool IsDue(long nowUs)
        {
            return !_parts.Keys.IsReady;
        }

        /// <inheritdoc/>
        public bool Step(long nowUs)
        {
            bool worked = _parts.Keys.Step(_parts.Store);
            if (_parts.Keys.IsReady)
            {
                KeysAreUp();
            }

            return worked;
        }

        // A note says that it was entered only once the entry is on a card: entered twice rather than never.
        private void EnterRestart()
        {
            RestartNote note = RestartNote.Load(_parts.Board.Store);
            if (note == null || note.IsLogged)
            {
                return;
            }

            // The note may be of an older boot, which no card has been told of yet. One without a number had not counted itself.
            if (note.Boot == 0 || note.Boot == _parts.Keys.Keys.BootNumber - 1)
            {
                _parts.Restarts = note.Count;
                _parts.RestartedFor = note.HasGivenUp ? FencedPart.Camera : note.Where;
            }

            _parts.Entries.RestartedAfter(note);
            _parts.UnloggedRestart = note;
        }

        private void EnterRepair()
        {
            RepairNote note = RepairNote.Load(_parts.Board.Store);
            if (note != null && note.IsUnlogged)
            {
                _parts.Entries.Repaired(note);
                _parts.UnloggedRepair = note;
            }
        }

        private void KeysAreUp()
        {
            CameraKeys keys = _parts.Keys;
            DeviceIdentity device = keys.Device;
            DeviceSigning signing = new DeviceSigning(_parts.Digests, device, keys.Signer, _parts.Board.Clock);
            _recordings.SetSession(new RecordingSession(signing, _parts.Ring, _parts.Allocator, _parts.Presses));
            _parts.Access.SetDevice(device, keys.Keys, keys.Signer);
            IPower power = _parts.Board.Power;
            WokenBy woken = power == null ? WokenBy.Unknown : power.Woken;
            _parts.Entries.Boot(device, keys.Signer, _parts.Access.ConfigurationDigest, _parts.Firmware, woken);
            EnterRestart();
            EnterRepair();
            keys.Recovery.SetAudit(_parts.Log);
            keys.Keys.Commitments.Log = _parts.Log.Head;
            _parts.Storage.SetRecovery(keys.Recovery);
            if (_recordings.MustContinue())
            {
                _parts.Machine.KeepStart(_parts.Board.Clock.Microseconds);
            }

            if (keys.HasMade)
            {
                _parts.Entries.KeyMade(device);
            }

            if (keys.HasRotated)
            {
                _parts.Entries.KeyChanged(device, _parts.Digests.Fingerprint(device.KeyIn(device.RotationBoot - 1)));
            }

            _parts.Storage.SetPublicKey(PublicKeyText.Build(device), device.History.Bytes);
        }
    }
}
