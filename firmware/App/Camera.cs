// SPDX-License-Identifier: MIT

using System;
using Lapel.Custody;
using Lapel.Evidence;
using Lapel.Hal;
using Lapel.Recorder;

namespace Lapel.App
{
    /// <summary>
    /// The camera: a board, the parts that run on it, and the table of the loop's tasks. No step of a task takes longer than one card
    /// operation or the read of one picture; what computes for long does so in slices when nothing else is due.
    /// </summary>
    public sealed class Camera
    {
        /// <summary>Version of this firmware, as manifests state it.</summary>
        public const string Version = "0.1.0";

        // Sleep steps by 10 ms and may overshoot by as much: the loop sleeps one step when two are free, and otherwise turns on.
        private const int SleepStepMs = 10;

        private const int MostTasks = 20;

        // How long a task that was not due is left alone. What comes from outside is seen within 2 ms, what happened is entered within 10.
        // Nobody sees, feels or hears that an answer comes 5 ms later. A further slot of a new card is needed within a second.
        private const int AskPollUs = 2000;
        private const int EntryPollUs = 10000;
        private const int AnswerPollUs = 5000;
        private const int SlotPollUs = 50000;

        private readonly CameraParts _parts;
        private readonly RecordingControl _recordings;
        private readonly CameraService _service;
        private readonly LoopTable _loop;
        private readonly PartRepair _repair;
        private readonly CameraPort _port;
        private bool _isHalted;
        private bool _portsTurn;
        private long _haltedUntilUs;

        /// <summary>Takes the memory for pictures first, then makes everything; the loop brings it up step by step.</summary>
        /// <param name="board">The board.</param>
        /// <param name="configuration">How it is set up while no authority has signed a configuration for it; not malformed.</param>
        public Camera(IBoard board, CameraConfiguration configuration)
        {
            CameraParts parts = _parts = new CameraParts(board, configuration);
            RecordingControl recordings = _recordings = new RecordingControl(parts);
            CameraStatistics statistics = new CameraStatistics(parts, recordings);
            _service = new CameraService(parts, recordings, statistics);
            CameraPort port = _port = new CameraPort(_service, parts, statistics);
            SensorTask sensor = new SensorTask(parts);
            PowerControl power = new PowerControl(parts, recordings);
            ButtonTask buttons = new ButtonTask(parts, recordings, power);
            CustodyLoopTask custody = new CustodyLoopTask(parts, recordings);
            SelfTestTask selfTest = new SelfTestTask(port.SelfTest);
            LiveTask live = new LiveTask(recordings, sensor);
            FilesTask files = new FilesTask(parts, recordings);
            EntriesTask entries = new EntriesTask(parts);
            LogTask log = new LogTask(parts);
            PreEventTask preEvent = new PreEventTask(recordings);
            CardTask card = new CardTask(parts, recordings);
            SlotTask slots = new SlotTask(parts);
            CheckpointTask checkpoint = new CheckpointTask(parts, recordings);
            IndicatorTask indicators = new IndicatorTask(parts);

            HousekeepingTask housekeeping = new HousekeepingTask(parts, recordings, statistics, port, power, buttons);

            // In order of priority, below the buttons. The cost is that of one step.
            LoopTable loop = _loop = new LoopTable(board.Clock, buttons, MostTasks);
            loop.Add(sensor, TaskRule.EveryTurn, TaskCost.Transfer);
            loop.Add(live, TaskRule.EveryTurn, TaskCost.CardOperation);

            // Behind the live task: a press does not wait for a close. Its first segment takes the slot that was opened ahead, or the fifth
            // file; only then is whoever has a file on the card put out.
            loop.Add(files, TaskRule.Beside, TaskCost.CardOperation);
            loop.Add(entries, TaskRule.Beside, TaskCost.Instant, EntryPollUs);
            loop.Add(log, TaskRule.EveryTurn, TaskCost.CardOperation, EntryPollUs);
            loop.Add(new NonceTask(parts), TaskRule.EveryTurn, TaskCost.Slice, EntryPollUs);
            loop.Add(preEvent, TaskRule.EveryTurn, TaskCost.CardOperation);
            loop.Add(port, TaskRule.Beside, TaskCost.CardOperation, AskPollUs);
            loop.Add(custody, TaskRule.Beside, TaskCost.CardOperation, AskPollUs);
            loop.Add(selfTest, TaskRule.Beside, TaskCost.CardOperation, AskPollUs);
            loop.Add(new KeyTask(parts, recordings), TaskRule.WhenIdle, TaskCost.Slice);
            loop.Add(new CommitmentTask(recordings), TaskRule.WhenIdle, TaskCost.InternalStorage);
            loop.Add(new AheadTask(parts), TaskRule.WhenIdle, TaskCost.Slice);
            loop.Add(card, TaskRule.WhenIdle, TaskCost.CardOperation);
            loop.Add(checkpoint, TaskRule.WhenIdle, TaskCost.CardOperation);
            loop.Add(new ScrubTask(parts, recordings), TaskRule.WhenIdle, TaskCost.InternalStorage);
            loop.Add(slots, TaskRule.WhenIdle, TaskCost.CardOperation, SlotPollUs);
            loop.Add(housekeeping, TaskRule.Beside, TaskCost.Instant, AnswerPollUs);
            loop.Add(indicators, TaskRule.Beside, TaskCost.Instant, AnswerPollUs);

            // Whose fault it is when one of them throws. The rest has no owner: keys, nonces, seals and commitments are not stepped on in.
            PartFences fences = parts.Fences;
            fences.Own(buttons, FencedPart.Buttons);
            fences.Own(sensor, FencedPart.Sensor);
            fences.Own(live, FencedPart.Card);
            fences.Own(preEvent, FencedPart.Card);
            fences.Own(files, FencedPart.Card);
            fences.Own(card, FencedPart.Card);
            fences.Own(slots, FencedPart.Card);
            fences.Own(entries, FencedPart.Log);
            fences.Own(log, FencedPart.Log);
            fences.Own(checkpoint, FencedPart.Log);
            fences.Own(port, FencedPart.Port);
            fences.Own(selfTest, FencedPart.Port);
            fences.Own(indicators, FencedPart.Lights);
            _repair = new PartRepair(parts, recordings, _loop, buttons, port, custody, slots);
        }

        /// <summary>The tasks below the buttons, in order of priority.</summary>
        public LoopTable Loop
        {
            get { return _loop; }
        }

        /// <summary>What the camera is doing.</summary>
        public RecorderState State
        {
            get { return _parts.Machine.State; }
        }

        /// <summary>What keeps it from recording.</summary>
        public RecorderFaults Faults
        {
            get { return _parts.Machine.Faults; }
        }

        /// <summary>How the device's keys stand: unless they are up nothing can be signed, so nothing is recorded.</summary>
        public KeyStatus KeyStatus
        {
            get { return _parts.Keys.Keys.Status; }
        }

        /// <summary>What is wrong inside the camera that keeps it from recording, in words; empty when nothing is.</summary>
        public string InternalFault
        {
            get { return _service.InternalFault; }
        }

        /// <summary>
        /// Orders the device's first key, as the console and SMP do for a technician: the one way to one. False when none may be made.
        /// </summary>
        public bool OrderKey()
        {
            return _service.OrderKey();
        }

        /// <summary>What is wrong with the card.</summary>
        public CardStatus CardStatus
        {
            get { return _parts.Storage.Fault; }
        }

        /// <summary>Who has which of the card's five files.</summary>
        public CardFiles Files
        {
            get { return _parts.Store.Files; }
        }

        /// <summary>Whether recordings that a power cut left are being closed.</summary>
        public bool IsRecovering
        {
            get { return _parts.Storage.IsRecovering; }
        }

        /// <summary>What recovery did; null until the key is up.</summary>
        public SlotRecovery Recovery
        {
            get { return _parts.Keys.Recovery; }
        }

        /// <summary>The frames in memory.</summary>
        public FrameRing Ring
        {
            get { return _parts.Ring; }
        }

        /// <summary>The pictures taken.</summary>
        public CapturePump Pump
        {
            get { return _parts.Pump; }
        }

        /// <summary>Rate and quality in force.</summary>
        public Governor Governor
        {
            get { return _parts.Governor; }
        }

        /// <summary>The card's catalogue; without slots until the card is open.</summary>
        public Catalogue Catalogue
        {
            get { return _parts.Store.Catalogue; }
        }

        /// <summary>Whether the card gets further slots yet: it is new, and they are made when nothing else is due.</summary>
        public bool IsMakingSlots
        {
            get { return _parts.Storage.IsMakingSlots; }
        }

        /// <summary>The recording under way or the last one; null before the first.</summary>
        public RecordingFacts Recording
        {
            get { return _recordings.Facts; }
        }

        /// <summary>Whether the start of a recording waits for its seal or for a slot of a new card.</summary>
        public bool StartWaits
        {
            get { return _recordings.StartWaits; }
        }

        /// <summary>Recordings begun since boot.</summary>
        public int Recordings
        {
            get { return _recordings.Recordings; }
        }

        /// <summary>Markers set since boot.</summary>
        public int Markers
        {
            get { return _recordings.Markers; }
        }

        /// <summary>The device's identity; null until the key is up.</summary>
        public DeviceIdentity Device
        {
            get { return _parts.Keys.Device; }
        }

        /// <summary>Battery, percent.</summary>
        public int BatteryPercent
        {
            get { return _parts.Feedback.BatteryPercent; }
        }

        /// <summary>Whether the real-time clock was ever set.</summary>
        public bool IsClockSet
        {
            get { return _parts.Clock.IsSet; }
        }

        /// <summary>How far the audit log has come.</summary>
        public AuditLog Audit
        {
            get { return _parts.Log; }
        }

        /// <summary>Sets the clock, as a host does. A recording under way keeps the time it began with.</summary>
        /// <param name="utcMs">Milliseconds since 1970.</param>
        /// <param name="uncertaintyMs">How far off it may be.</param>
        /// <returns>False when the board refused.</returns>
        public bool SetClock(long utcMs, int uncertaintyMs)
        {
            return _parts.Entries.SetClock(utcMs, uncertaintyMs);
        }

        /// <summary>
        /// A proper end: the audit log says so and is signed. Not while a recording is under way; nothing may be stepped afterwards.
        /// </summary>
        public void SwitchOff()
        {
            _parts.Log.End(BootEnd.SwitchedOff, _parts.Board.Clock.Microseconds / 1000);
        }

        /// <summary>Runs the loop for ever.</summary>
        public void Run()
        {
            while (true)
            {
                _parts.Board.Clock.Sleep(Step());
            }
        }

        /// <summary>
        /// Whether the camera has given up: restarts did not mend it. It shows that it cannot record, and answers at the port.
        /// </summary>
        public bool HasGivenUp
        {
            get { return _isHalted; }
        }

        /// <summary>
        /// One turn of the loop. Nothing that it throws ends the loop: a part that failed is begun anew, and what no part owns restarts the
        /// board.
        /// </summary>
        /// <returns>Milliseconds that nothing is due for: 0 or 10.</returns>
        public int Step()
        {
            try
            {
                if (_isHalted)
                {
                    return HaltedTurn();
                }

                if (_loop.Turn())
                {
                    return 0;
                }

                long idleUntilUs = _loop.NowUs + 2 * SleepStepMs * 1000L;
                return _parts.Pump.NextDueUs < idleUntilUs || _parts.Gestures.NextDueUs < idleUntilUs ? 0 : SleepStepMs;
            }
            catch (Exception e)
            {
                Caught(e);
                return 0;
            }
        }

        private void Caught(Exception e)
        {
            // Other threads have their turn, whatever happens here.
            _parts.Board.Clock.Sleep(0);
            long nowUs = _parts.Board.Clock.Microseconds;
            if (_isHalted)
            {
                _haltedUntilUs = nowUs + PartFences.FirstPauseUs;
                return;
            }

            if (!_repair.Mend(e, nowUs))
            {
                _repair.Fall(nowUs);
                _isHalted = true;
            }
        }

        // What is left of the camera: a light that says so, and the port, one in each turn, so that neither keeps the other from it.
        private int HaltedTurn()
        {
            long nowUs = _parts.Board.Clock.Microseconds;
            _parts.LastFence.Watch(nowUs);
            if (nowUs < _haltedUntilUs)
            {
                return SleepStepMs;
            }

            _portsTurn = !_portsTurn;
            if (_portsTurn)
            {
                return _port.Step(nowUs) ? 0 : SleepStepMs;
            }

            _parts.Feedback.Step(nowUs / 1000, _parts.Machine, false, false);
            return 0;
        }
    }
}
