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

        private readonly StatedClock _utc;
        private readonly CapturePump _pump;
        private readonly CameraKeys _keys;
        private readonly CardMaintenance _storage;
        private readonly StateMachine _machine;
        private readonly OfficerFeedback _feedback;
        private readonly RecordingControl _recordings;
        private readonly CameraStatistics _statistics;
        private readonly AuditLog _log;
        private readonly CameraAudit _entries;
        private SelfTest _selfTest;
        private AccessControl _access;
        private bool _restartAsked;

        /// <summary>A view on a camera's parts.</summary>
        public CameraService(
            IBoard board,
            Digests digests,
            CameraConfiguration configuration,
            byte[] configurationDigest,
            StatedClock utc,
            CapturePump pump,
            CameraKeys keys,
            CardStore store,
            CardMaintenance storage,
            StateMachine machine,
            OfficerFeedback feedback,
            RecordingControl recordings,
            CameraStatistics statistics,
            AuditLog log,
            CameraAudit entries
        )
        {
            Board = board;
            Digests = digests;
            Configuration = configuration;
            ConfigurationDigest = configurationDigest;
            Store = store;
            _utc = utc;
            _pump = pump;
            _keys = keys;
            _storage = storage;
            _machine = machine;
            _feedback = feedback;
            _recordings = recordings;
            _statistics = statistics;
            _log = log;
            _entries = entries;
        }

        /// <inheritdoc/>
        public IBoard Board { get; }

        /// <inheritdoc/>
        public string Version
        {
            get { return Camera.Version; }
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
                    text = With(text, "sensor " + ((int)_pump.LastFault).ToString());
                }

                if ((faults & RecorderFaults.CardAbsent) != 0)
                {
                    text = With(text, "no card");
                }

                if (InternalFault.Length > 0)
                {
                    text = With(text, InternalFault);
                }
                else if ((faults & RecorderFaults.Storage) != 0)
                {
                    text = With(text, "card " + ((int)_storage.Status).ToString());
                }

                return text;
            }
        }

        /// <inheritdoc/>
        public bool IsRecording
        {
            get { return _recordings.IsActive || _recordings.StartWaits; }
        }

        /// <inheritdoc/>
        public DeviceIdentity Device
        {
            get { return _keys.Device; }
        }

        /// <inheritdoc/>
        public Digests Digests { get; }

        /// <inheritdoc/>
        public CardStore Store { get; }

        /// <inheritdoc/>
        public bool MayRead
        {
            get { return (MayWrite || (_recordings.SparesFile && Store.IsReady)) && !_selfTest.UsesCard; }
        }

        /// <inheritdoc/>
        public bool MayWrite
        {
            get { return Store.IsReady && !IsRecording && _keys.IsReady && _keys.Recovery.IsDone; }
        }

        /// <summary>What is wrong with the card while no recording is under way; Ok when nothing is, or while it is being opened.</summary>
        public CardStatus CardFault
        {
            get { return IsRecording ? CardStatus.Ok : _storage.Status; }
        }

        /// <inheritdoc/>
        public bool YieldSpare()
        {
            return _recordings.IsActive && _storage.YieldSpare();
        }

        /// <summary>The self-test, which has a file of its own on the card while it tests that.</summary>
        public void SetSelfTest(SelfTest selfTest)
        {
            _selfTest = selfTest;
        }

        /// <summary>Who may do what, which knows whether the configuration is lost.</summary>
        public void SetAccess(AccessControl access)
        {
            _access = access;
        }

        /// <summary>What is wrong inside the camera that keeps it from recording, in words; empty when nothing is.</summary>
        public string InternalFault
        {
            get
            {
                if (_keys.HasFailed)
                {
                    return _keys.Keys.FaultText;
                }

                return _access.IsConfigurationLost ? "configuration lost" : "";
            }
        }

        /// <inheritdoc/>
        public DeviceKeys Keys
        {
            get { return _keys.Keys; }
        }

        /// <inheritdoc/>
        public bool OrderKey()
        {
            return _keys.OrderKey();
        }

        /// <inheritdoc/>
        public IAudit Audit
        {
            get { return _entries.Entries; }
        }

        /// <inheritdoc/>
        public long AuditBytes
        {
            get { return _log.FileBytes; }
        }

        /// <inheritdoc/>
        public CardStatus ReadAudit(long position, byte[] buffer, int offset, int count)
        {
            return _log.Read(position, buffer, offset, count);
        }

        /// <inheritdoc/>
        public CameraConfiguration Configuration { get; }

        /// <inheritdoc/>
        public byte[] ConfigurationDigest { get; }

        /// <inheritdoc/>
        public bool IsClockSet
        {
            get { return _utc.IsSet; }
        }

        /// <inheritdoc/>
        public long UtcMs
        {
            get { return _utc.UtcMs; }
        }

        /// <inheritdoc/>
        public int UncertaintyMs
        {
            get { return _utc.UncertaintyMs; }
        }

        /// <inheritdoc/>
        public bool SetClock(long utcMs, int uncertaintyMs)
        {
            return _entries.SetClock(utcMs, uncertaintyMs);
        }

        /// <inheritdoc/>
        public long FreeUs(long nowUs)
        {
            if (_recordings.IsActive && !_recordings.SparesTime)
            {
                return 0;
            }

            long dueUs = _pump.NextCaptureUs;
            if (dueUs == long.MaxValue)
            {
                return dueUs;
            }

            long readUs = _pump.IsUnderWay && _pump.Captured > 0 ? _pump.ReadUs / _pump.Captured : 0;
            return dueUs - readUs - MarginUs - nowUs;
        }

        /// <inheritdoc/>
        public int BatteryPercent
        {
            get { return _feedback.BatteryPercent; }
        }

        /// <inheritdoc/>
        public int BatteryMillivolts
        {
            get { return _feedback.BatteryMillivolts; }
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

        /// <summary>Whether a restart is due: it was asked for and nothing stands against it any more.</summary>
        public bool IsRestartDue
        {
            get { return _restartAsked && !IsRecording; }
        }

        /// <inheritdoc/>
        public bool RequestRestart(bool force)
        {
            if (IsRecording && !force)
            {
                return false;
            }

            _restartAsked = true;
            _machine.Stop(Board.Clock.Microseconds);
            return true;
        }

        /// <summary>
        /// Ends the boot properly and starts the next. A change of the device's key is decided in between: what was logged before is signed
        /// with the key before.
        /// </summary>
        public void Restart(long nowUs, AccessControl access)
        {
            _log.End(BootEnd.Restarted, nowUs / 1000);
            access.CommitRotation();
            Board.Restart();
        }

        private static string With(string text, string more)
        {
            return text.Length == 0 ? more : text + ", " + more;
        }
    }
}
