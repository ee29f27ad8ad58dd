// SPDX-License-Identifier: MIT

using Lapel.Build;
using Lapel.Custody;
using Lapel.Evidence;
using Lapel.Hal;
using Lapel.Recorder;
using Lapel.Service;

namespace Lapel.App
{
    /// <summary>
    /// The parts that the camera's tasks share. The memory for pictures is taken first, in one piece each page, while the heap is whole.
    /// </summary>
    public sealed class CameraParts
    {
        // Frames that the ring can name: 120 s at 15 frames a second and what waits for the card.
        private const int MaxFrames = 2048;

        // A new card is ready with the slots that a first recording's pre-event may need, but with no more than can be made in 2 s.
        private const int MostFirstSlots = 8;

        // One page in eight is kept for the live pictures while the pre-event of a new recording waits: 600 KB, over 3 s of VGA.
        private const int ReserveShare = 8;

        /// <summary>The board.</summary>
        public readonly IBoard Board;

        /// <summary>Which firmware runs on which board.</summary>
        public readonly FirmwareIdentity Firmware;

        /// <summary>The frames in memory.</summary>
        public readonly FrameRing Ring;

        /// <summary>Hashes.</summary>
        public readonly Digests Digests;

        /// <summary>UTC, as far as it is known.</summary>
        public readonly StatedClock Clock;

        /// <summary>The audit log.</summary>
        public readonly AuditLog Log;

        /// <summary>Its newest entries, for the console; takes further ones.</summary>
        public readonly AuditTail Tail;

        /// <summary>Enters in the log what the camera does.</summary>
        public readonly CameraAudit Entries;

        /// <summary>The card.</summary>
        public readonly CardStore Store;

        /// <summary>Who may do what, and the configuration that says so.</summary>
        public readonly AccessControl Access;

        /// <summary>The pictures taken.</summary>
        public readonly CapturePump Pump;

        /// <summary>Rate and quality in force.</summary>
        public readonly Governor Governor;

        /// <summary>The device's keys, and what exists once they are up.</summary>
        public readonly CameraKeys Keys;

        /// <summary>The card's slots.</summary>
        public readonly SlotAllocator Allocator;

        /// <summary>Opens and keeps the card.</summary>
        public readonly CardMaintenance Storage;

        /// <summary>Which part failed how often.</summary>
        public readonly PartFences Fences = new PartFences();

        /// <summary>Restarts the board when no part can be begun anew.</summary>
        public readonly LastFence LastFence;

        /// <summary>The raw presses.</summary>
        public readonly PressLog Presses = new PressLog(PressLog.DefaultCapacity);

        /// <summary>What of the frames in memory is forgotten and thinned between recordings.</summary>
        public readonly PreEventThinning Thinning;

        /// <summary>What the presses mean.</summary>
        public readonly GestureDecoder Gestures;

        /// <summary>The states.</summary>
        public readonly StateMachine Machine;

        /// <summary>What the officer sees, feels and hears.</summary>
        public readonly OfficerFeedback Feedback;

        /// <summary>Restarts of its own before this boot, of one series; 0 when the boot before ended otherwise.</summary>
        public int Restarts { get; set; }

        /// <summary>A repair of internal storage whose entry is not known to be on a card yet; null when there is none.</summary>
        public RepairNote UnloggedRepair { get; set; }

        /// <summary>A restart of its own whose entry is not known to be on a card yet; null when there is none.</summary>
        public RestartNote UnloggedRestart { get; set; }

        /// <summary>The part that the last of these restarts was for; Camera when there was none.</summary>
        public FencedPart RestartedFor { get; set; }

        /// <summary>Makes the parts.</summary>
        /// <param name="board">The board.</param>
        /// <param name="unowned">The configuration while no authority has signed one; not malformed.</param>
        public CameraParts(IBoard board, CameraConfiguration unowned)
        {
            Board = board;
            if (board.Supervisor != null)
            {
                // From here on a call that never returns ends in a reset.
                board.Supervisor.Kick();
            }

            LastFence = new LastFence(board);
            Ring = new FrameRing(FramePages.For(board.Natives.CompactHeap()), MaxFrames);
            Ring.ReservePages = Ring.Pages / ReserveShare;
            Digests = new Digests(board.Natives);
            Firmware = new FirmwareIdentity(Camera.Version, BuildId.Digest(), board.Name, board.Target, board.Runtime);
            Clock = new StatedClock(board.Clock);
            Log = new AuditLog(board.Natives, Digests, Clock, board.Store, AuditLog.DefaultCapacity);
            Tail = new AuditTail(Log, board.Clock);
            Entries = new CameraAudit(Tail, Log, Clock, Presses);
            Store = new CardStore(board.Card, board.Natives, unowned.SlotBytes);
            Access = new AccessControl(board, Digests, Tail, Store, unowned);
            CameraConfiguration configuration = Access.Configuration;
            Store.NewSlotBytes = configuration.SlotBytes;
            int firstSlots = CardStore.LeastSlots + (int)((long)Ring.Pages * FramePages.PageBytes / configuration.SlotBytes);
            Store.FirstSlots = firstSlots < MostFirstSlots ? firstSlots : MostFirstSlots;
            Pump = new CapturePump(board.Camera, Ring, board.Clock);
            Pump.Configure(configuration.Size, configuration.Quality, configuration.IntervalMs);
            Thinning = new PreEventThinning(Ring, Pump, configuration.PreEventSeconds * 1000);
            Governor = new Governor(configuration.Quality, configuration.IntervalMs);
            Keys = new CameraKeys(board, configuration, Digests, Firmware);
            Allocator = new SlotAllocator(Store);
            Storage = new CardMaintenance(board.Card, Store, Allocator, Log);
            Storage.LeastSlotBytes = configuration.LeastSlotBytes;
            Gestures = new GestureDecoder(board.Buttons, Presses);
            Machine = new StateMachine(configuration.EventStarts);
            LastFence.IsCovert = configuration.Covert;
            Feedback = new OfficerFeedback(board, configuration.Covert);
        }

        /// <summary>The configuration in force since boot.</summary>
        public CameraConfiguration Configuration
        {
            get { return Access.Configuration; }
        }
    }
}
