// SPDX-License-Identifier: MIT

using Lapel.Custody;
using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Service.Tests
{
    /// <summary>A camera that is what a test says.</summary>
    public sealed class BenchCamera : IServiceCamera, IAudit
    {
        private static readonly string[] Names = { "recorder.frames", "recorder.pages", "recorder.pages_free", "card.slots", "link.ticks" };

        private bool _isRecording;
        private bool _mayRead;
        private CardStore _store;

        public BenchCamera(IBoard board)
        {
            Board = board;
            Store = new CardStore(null, board.Natives, 65536);
            Digests = new Digests(board.Natives);
            ConfigurationDigest = new byte[32];
            StateName = "buffering";
            FaultText = "";
            Keys = new DeviceKeys(board);
            Log = new AuditLog(board.Natives, Digests, new StatedClock(board.Clock), board.Store, 8);
        }

        public IBoard Board { get; }

        public string Version
        {
            get { return "9.8.7"; }
        }

        public string StateName { get; set; }

        public string FaultText { get; set; }

        public bool IsRecording
        {
            get { return _isRecording; }
            set
            {
                _isRecording = value;
                EnterSituation();
            }
        }

        public DeviceIdentity Device { get; set; }

        public DeviceKeys Keys { get; set; }

        /// <summary>Whether a key may be ordered, and whether one was.</summary>
        public bool TakesOrder { get; set; }

        public bool IsKeyOrdered { get; private set; }

        public bool OrderKey()
        {
            IsKeyOrdered = IsKeyOrdered || TakesOrder;
            return TakesOrder;
        }

        public Digests Digests { get; }

        public CardStore Store
        {
            get { return _store; }
            set
            {
                _store = value;
                EnterSituation();
            }
        }

        public bool MayRead
        {
            get { return _mayRead; }
            set
            {
                _mayRead = value;
                EnterSituation();
            }
        }

        public long Free { get; set; } = long.MaxValue;

        public AuditLog Log { get; }

        public IAudit Audit
        {
            get { return this; }
        }

        public void Finish() { }

        public bool Settle()
        {
            return true;
        }

        public long AuditBytes { get; set; }

        public long AuditUsedBytes
        {
            get { return AuditBytes; }
        }

        public byte[] BuildDigest { get; set; }

        public CameraConfiguration Configuration { get; } = new CameraConfiguration();

        public byte[] ConfigurationDigest { get; }

        public bool IsClockSet { get; set; }

        public long UtcMs { get; set; }

        public bool RefusesClock { get; set; }

        public int UncertaintyMs { get; set; }

        public CardStatus CardStatus { get; set; }

        public RecordingFacts LastRecording { get; set; }

        public int BatteryPercent
        {
            get { return 80; }
        }

        public int BatteryMillivolts { get; set; } = 3900;

        public int LeastBatteryMv
        {
            get { return 2000; }
        }

        public int Figures
        {
            get { return Names.Length; }
        }

        public bool RefusesRestart { get; set; }

        public int Restarts { get; private set; }

        public CardStatus ReadAudit(long position, byte[] buffer, int offset, int count)
        {
            for (int i = 0; i < count; i++)
            {
                buffer[offset + i] = (byte)(position + i);
            }

            return CardStatus.Ok;
        }

        public bool SetClock(long utcMs, int uncertaintyMs)
        {
            if (RefusesClock)
            {
                return false;
            }

            UtcMs = utcMs;
            UncertaintyMs = uncertaintyMs;
            IsClockSet = true;
            return true;
        }

        public long FreeUs(long nowUs)
        {
            return Free;
        }

        public string FigureName(int index)
        {
            return Names[index];
        }

        public long Figure(int index)
        {
            return 5 + index * 100;
        }

        public bool RequestRestart(bool force)
        {
            if (RefusesRestart && !force)
            {
                return false;
            }

            Restarts++;
            return true;
        }

        private void EnterSituation()
        {
            CardSituation idle = _mayRead ? CardSituation.Idle : CardSituation.Opening;
            CardSituation recording = _mayRead ? CardSituation.Recording : CardSituation.RecordingBusy;
            _store.Files.Enter(_isRecording ? recording : idle);
        }

        public void Add(AuditKind kind, int code, long first, long second, byte[] data) { }
    }
}
