// SPDX-License-Identifier: MIT

using Lapel.Custody;
using Lapel.Evidence;
using Lapel.Hal;
using Lapel.Recorder;
using Lapel.Service;

namespace Lapel.App
{
    /// <summary>What the service port sees of the camera.</summary>
    public sealed class CameraService : IServiceCamera
    {
        // What is left for a bus or card operation to be a little late, and for the turn of the loop around it.
        private const long MarginUs = 5000;

        private readonly CameraParts _parts;
        private readonly StateMachine _machine;
        private readonly CardMaintenance _storage;
        private readonly RecordingControl _recordings;
        private readonly CameraStatistics _statistics;

        /// <summary>A view on the camera.</summary>
        /// <param name="parts">Its parts.</param>
        /// <param name="recordings">Its recordings.</param>
        /// <param name="statistics">Its figures.</param>
        public CameraService(CameraParts parts, RecordingControl recordings, CameraStatistics statistics)
        {
            _parts = parts;
            _machine = parts.Machine;
            _storage = parts.Storage;
            _recordings = recordings;
            _statistics = statistics;
        }

        /// <inheritdoc/>
        public IBoard Board
        {
            get { return _parts.Board; }
        }

        /// <inheritdoc/>
        public string Version
        {
            get { return Camera.Version; }
        }

        /// <inheritdoc/>
        public byte[] BuildDigest
        {
            get { return _parts.Firmware.Build; }
        }

        /// <inheritdoc/>
        public string StateName
        {
            get
            {
                switch (_machine.State)
                {
                    case RecorderState.Booting:
                        return _storage.IsRecovering ? "recovering" : "booting";
                    case RecorderState.Buffering:
                        return "buffering";
                    case RecorderState.Recording:
                        return "recording";
                    case RecorderState.Closing:
                        return "closing";
                    case RecorderState.CardFull:
                        return "card-full";
                    default:
                        return "fault";
                }
            }
        }

        /// <inheritdoc/>
        public string FaultText
        {
            get
            {
                string text = "";
                RecorderFaults faults = _machine.Faults;
                if ((faults & RecorderFaults.Sensor) != 0)
                {
                    text = With(text, FaultWords.Of(_parts.Pump.LastFault));
                }

                if ((faults & RecorderFaults.CardAbsent) != 0)
                {
                    text = With(text, FaultWords.Of(CardStatus.NoCard));
                }

                if ((faults & RecorderFaults.Battery) != 0)
                {
                    text = With(text, "battery empty");
                }

                if (InternalFault.Length > 0)
                {
                    text = With(text, InternalFault);
                }
                else if ((faults & RecorderFaults.Storage) != 0)
                {
                    text = With(text, FaultWords.Of(_storage.Fault));
                }

                if ((faults & RecorderFaults.Buttons) != 0)
                {
                    text = With(text, "the buttons cannot be read: presses do nothing");
                }

                if (_parts.Fences.Lasts(FencedPart.Log, Board.Clock.Microseconds))
                {
                    text = With(text, "the audit log fails");
                }

                return text;
            }
        }

        /// <inheritdoc/>
        public CardStatus CardStatus
        {
            get { return _storage.Fault; }
        }

        /// <inheritdoc/>
        public RecordingFacts LastRecording
        {
            get { return _recordings.Facts; }
        }

        /// <inheritdoc/>
        public bool IsRecording
        {
            get { return _recordings.IsActive || _recordings.StartWaits; }
        }

        /// <inheritdoc/>
        public DeviceIdentity Device
        {
            get { return _parts.Keys.Device; }
        }

        /// <inheritdoc/>
        public Digests Digests
        {
            get { return _parts.Digests; }
        }

        /// <inheritdoc/>
        public CardStore Store
        {
            get { return _parts.Store; }
        }

        /// <summary>What is wrong inside the camera that keeps it from recording, in words; empty when nothing is.</summary>
        public string InternalFault
        {
            get
            {
                if (_parts.Keys.HasFailed)
                {
                    return _parts.Keys.Keys.FaultText;
                }

                return _parts.Access.IsConfigurationLost ? "configuration lost" : "";
            }
        }

        /// <inheritdoc/>
        public DeviceKeys Keys
        {
            get { return _parts.Keys.Keys; }
        }

        /// <inheritdoc/>
        public bool OrderKey()
        {
            bool isOrdered = _parts.Keys.OrderKey();
            if (isOrdered)
            {
                _parts.Machine.BootAgain();
            }

            return isOrdered;
        }

        /// <inheritdoc/>
        public IAudit Audit
        {
            get { return _parts.Entries.Entries; }
        }

        /// <inheritdoc/>
        public AuditLog Log
        {
            get { return _parts.Log; }
        }

        /// <inheritdoc/>
        public long AuditBytes
        {
            get { return _parts.Log.FileBytes; }
        }

        /// <inheritdoc/>
        public long AuditUsedBytes
        {
            get { return _parts.Log.UsedBytes; }
        }

        /// <inheritdoc/>
        public CardStatus ReadAudit(long position, byte[] buffer, int offset, int count)
        {
            return _parts.Log.Read(position, buffer, offset, count);
        }

        /// <inheritdoc/>
        public CameraConfiguration Configuration
        {
            get { return _parts.Configuration; }
        }

        /// <inheritdoc/>
        public byte[] ConfigurationDigest
        {
            get { return _parts.Access.ConfigurationDigest; }
        }

        /// <inheritdoc/>
        public bool IsClockSet
        {
            get { return _parts.Clock.IsSet; }
        }

        /// <inheritdoc/>
        public long UtcMs
        {
            get { return _parts.Clock.UtcMs; }
        }

        /// <inheritdoc/>
        public int UncertaintyMs
        {
            get { return _parts.Clock.UncertaintyMs; }
        }

        /// <inheritdoc/>
        public bool SetClock(long utcMs, int uncertaintyMs)
        {
            return _parts.Entries.SetClock(utcMs, uncertaintyMs);
        }

        /// <inheritdoc/>
        public long FreeUs(long nowUs)
        {
            if (_recordings.IsActive && !_recordings.SparesTime(nowUs))
            {
                return 0;
            }

            long dueUs = _parts.Pump.NextCaptureUs;
            if (dueUs == long.MaxValue)
            {
                return dueUs;
            }

            long readUs = _parts.Pump.IsUnderWay && _parts.Pump.Captured > 0 ? _parts.Pump.ReadUs / _parts.Pump.Captured : 0;
            return dueUs - readUs - MarginUs - nowUs;
        }

        /// <inheritdoc/>
        public int BatteryPercent
        {
            get { return _parts.Feedback.BatteryPercent; }
        }

        /// <inheritdoc/>
        public int BatteryMillivolts
        {
            get { return _parts.Feedback.BatteryMillivolts; }
        }

        /// <inheritdoc/>
        public int LeastBatteryMv
        {
            get { return BatteryGauge.PresentMv; }
        }

        /// <inheritdoc/>
        public int Figures
        {
            get { return CameraStatistics.Count; }
        }

        /// <inheritdoc/>
        public string FigureName(int index)
        {
            return CameraStatistics.Name(index);
        }

        /// <inheritdoc/>
        public long Figure(int index)
        {
            return _statistics.Value(index);
        }

        /// <summary>Whether a restart was asked for.</summary>
        public bool IsRestartAsked { get; private set; }

        /// <summary>Whether a restart is due: it was asked for and nothing stands against it any more.</summary>
        public bool IsRestartDue
        {
            get { return IsRestartAsked && !IsRecording; }
        }

        /// <inheritdoc/>
        public bool RequestRestart(bool force)
        {
            if (IsRecording && !force)
            {
                return false;
            }

            IsRestartAsked = true;
            _machine.Stop(Board.Clock.Microseconds);
            return true;
        }

        /// <summary>
        /// Ends the boot properly and starts the next. A change of the device's key is decided in between: what was logged before is signed
        /// with the key before.
        /// </summary>
        public void Restart(long nowUs, AccessControl access)
        {
            _parts.Log.End(BootEnd.Restarted, nowUs / 1000);
            access.CommitRotation();
            Board.Restart();
        }

        private static string With(string text, string more)
        {
            return text.Length == 0 ? more : text + ", " + more;
        }
    }
}
