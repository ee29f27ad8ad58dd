// SPDX-License-Identifier: MIT

using System;
using Lapel.Crypto;
using Lapel.Evidence;
using Lapel.Evidence.Tests;
using Lapel.Hal;
using Lapel.Recorder;

namespace Lapel.Custody.Tests
{
    /// <summary>
    /// A camera's custody without the rest of it: a device key that is always the same, a card with closed segments, and a custodian over
    /// them.
    /// </summary>
    public sealed class CustodyBench
    {
        public const int SlotBytes = 65536;

        // More than any task takes: two signatures of 240 slices, a catalogue, a release.
        private const int MostSteps = 4000;

        // Two catalogues of 559,616 bytes, the key's file and 20 slots.
        private const int CardBytes = 2 * 559616 + 512 + 20 * SlotBytes;

        public static readonly FirmwareIdentity Firmware = new FirmwareIdentity("1.0.0", null, "bench", "virtual", null);

        // X25519 public keys of RFC 7748, 6.1, their shared secret, and the content key of the sealed segments here.
        private static readonly byte[] Alice = Hex.Parse("8520F0098930A754748B7DDCB43EF75A0DBF3A0D26381AF4EBA4A98EAA9B4E6A");
        private static readonly byte[] Bob = Hex.Parse("DE9EDB7D7B7DC1B4D35B61C2ECE435373F8343C85B78674DADFC7E146F882B4F");
        private static readonly byte[] Shared = Hex.Parse("4A5D9D5BA4CE2DE1728E3BF480350F25E07E21C947D19E3376F09B3C1E161742");

        private static Ed25519Key _key;

        public readonly MemoryStore Internal = new MemoryStore();
        public readonly AuditNotes Audit = new AuditNotes();
        public readonly MemoryCard Card = new MemoryCard(32, CardBytes);
        public readonly byte[] RecordingId = Hex.Parse("101112131415161718191A1B1C1D1E1F");
        public BenchBoard Board;
        public Digests Digests;
        public DeviceKeys Keys;
        public DeviceIdentity Device;
        public ManifestSigner Signer;
        public CardStore Store;
        public AccessControl AccessControl;
        private readonly bool _ownKeys;

        /// <summary>Whether a camera without a key is given one, as the technician does who sets it up.</summary>
        public bool OrdersKey = true;

        /// <summary>Monotonic milliseconds, those of the board's clock.</summary>
        public long NowMs
        {
            get { return Board.Clock.Microseconds / 1000; }
            set { ((StepClock)Board.Clock).Set(value); }
        }

        /// <summary>A camera that was just switched on for the first time.</summary>
        public CustodyBench()
            : this(false) { }

        /// <summary>The same.</summary>
        /// <param name="ownKeys">Whether its keys come from its own secret, as a camera's do, and not from the test vectors.</param>
        public CustodyBench(bool ownKeys)
        {
            _ownKeys = ownKeys;
            Boot();
        }

        /// <summary>The content key of the sealed segments.</summary>
        public static byte[] ContentKey
        {
            get { return Hex.Parse("000102030405060708090A0B0C0D0E0F"); }
        }

        /// <summary>Bob's public key: whom sealed segments are sealed to.</summary>
        public static byte[] Recipient
        {
            get { return Bob; }
        }

        /// <summary>Power off and on: storage and card stay. False when no keys come up.</summary>
        public bool Boot()
        {
            Board = new BenchBoard(Card, Internal);
            Digests = new Digests(Board.Natives);
            Store = new CardStore(Card, Board.Natives, SlotBytes);
            Store.Files.Enter(CardSituation.Idle);
            AccessControl = new AccessControl(Board, Digests, Audit, Store);
            if (!(_ownKeys ? BringUpOwnKeys() : BringUpVectorKeys()))
            {
                return false;
            }

            AccessControl.SetDevice(Device, Keys, Signer);
            return true;
        }

        /// <summary>Steps of the last boot until its keys were up.</summary>
        public int BootSteps { get; private set; }

        private bool BringUpVectorKeys()
        {
            if (_key == null)
            {
                _key = MakeKey();
            }

            Keys = new DeviceKeys(Board);
            if (!Keys.Boot() && !(OrdersKey && Keys.Make() && Keys.Boot()))
            {
                return false;
            }

            Device = new DeviceIdentity(Digests, _key.PublicKey, Digests.Label("mac key of the test vector"), "LP-0001", 7);
            Signer = new ManifestSigner(_key, Device.Fingerprint, Board.Natives, Digests.Label("nonce seed of the test vector"));
            return true;
        }

        private bool BringUpOwnKeys()
        {
            KeyBoot boot = new KeyBoot(Board, Digests, "LP-0001");
            BootSteps = 1;
            while (boot.Step() || (OrdersKey && boot.OrderKey()))
            {
                BootSteps++;
            }

            Keys = boot.Keys;
            Device = boot.Device;
            Signer = boot.Signer;
            return !boot.Failed;
        }

        /// <summary>Opens the card, making it when it is blank.</summary>
        public void OpenCard()
        {
            if (!Store.IsReady)
            {
                Store.Files.Enter(CardSituation.Opening);
            }

            int steps = 0;
            while (!Store.IsReady)
            {
                CardStatus status = Store.Step();
                if (status != CardStatus.Ok || ++steps > 200)
                {
                    throw new InvalidOperationException("the card cannot be opened: " + (int)status);
                }
            }

            // A new card gets all its slots before anything is done with it.
            while (!Store.Catalogue.IsWhole && Store.Catalogue.UnknownSlots == 0)
            {
                CardStatus status = Store.Growth.Step();
                if (status != CardStatus.Ok || ++steps > 2000)
                {
                    throw new InvalidOperationException("the card does not get its slots: " + (int)status);
                }
            }

            Store.Files.Enter(CardSituation.Idle);
        }

        /// <summary>Changes what the catalogue says of a slot, and nothing else of its record.</summary>
        public void Restate(int slot, SlotState state)
        {
            RecordAccess access = new RecordAccess(Store.Catalogue);
            access.BeginRestate(slot, state);
            while (access.IsBusy)
            {
                Must(access.Step());
            }
        }

        /// <summary>A slot's record in the catalogue.</summary>
        public byte[] ReadRecord(int slot)
        {
            RecordAccess access = new RecordAccess(Store.Catalogue);
            access.BeginRead(slot);
            while (access.IsBusy)
            {
                Must(access.Step());
            }

            return access.Record;
        }

        /// <summary>Writes a recording of so many closed segments; gives their close digests.</summary>
        public byte[][] Record(int recording, int segments, bool isSealed)
        {
            OpenCard();

            // Signed after the last frame, as a camera does.
            long endMs = 60000 + segments * 500;
            if (NowMs < endMs)
            {
                NowMs = endMs;
            }

            byte[][] digests = new byte[segments][];
            SegmentWriter writer = new SegmentWriter(Digests, Device, Signer, Board.Clock, new CardStatistics());
            RecordingFacts facts = Facts(recording);
            if (isSealed)
            {
                facts.Seal = Seal();
            }

            ListFrames frames = new ListFrames();
            for (int i = 0; i < segments * 2; i++)
            {
                frames.Add(300, 50000 + i * 250);
            }

            for (int i = 0; i < segments; i++)
            {
                int slot = Store.Catalogue.NextFree();
                SlotRecord record = SlotRecord.Open(recording, i, 0, facts.Id);
                Must(Store.Catalogue.Mark(slot, record));
                long firstMs = 50000 + i * 500;
                SegmentStart start = new SegmentStart { Segment = i, Slot = slot, FirstFrame = i * 2, FirstMs = firstMs };
                start.PreviousClose = i == 0 ? null : digests[i - 1];
                writer.Open(Store.OpenSlot(FileUse.Live, slot), facts, null, start);
                Finish(writer);
                FragmentGatherer gatherer = new FragmentGatherer();
                gatherer.IsSealed = isSealed;
                gatherer.Accept(frames, i * 2);
                gatherer.Accept(frames, i * 2 + 1);
                writer.BeginFragment(frames, gatherer, firstMs + 500);
                Finish(writer);
                writer.BeginClose(i == segments - 1 ? CloseReason.Stopped : CloseReason.SlotFull, i == segments - 1 ? segments : 0);
                Finish(writer);
                digests[i] = writer.CloseDigest;
                record.Close(writer.UsedSectors, 1, writer.CloseDigest);
                Must(Store.Catalogue.Mark(slot, record));
            }

            return digests;
        }

        /// <summary>Steps until the task is over.</summary>
        public CustodyResult Run()
        {
            int steps = 0;
            while (AccessControl.IsBusy)
            {
                if (!AccessControl.Step(NowMs) || ++steps > MostSteps)
                {
                    throw new InvalidOperationException("a task does not end");
                }
            }

            return AccessControl.Result;
        }

        public CustodyResult Configure(byte[] document)
        {
            if (!AccessControl.BeginConfiguration(document, NowMs))
            {
                return CustodyResult.Busy;
            }

            return Run();
        }

        public CustodyResult Receive(byte[] document)
        {
            if (!AccessControl.BeginReceipt(document, NowMs))
            {
                return CustodyResult.Busy;
            }

            return Run();
        }

        public CustodyResult Login(Role role, byte[] fingerprint, byte[] signature)
        {
            if (!AccessControl.BeginLogin(role, fingerprint, signature, NowMs))
            {
                return CustodyResult.Busy;
            }

            return Run();
        }

        public CustodyResult Rotate(byte[] document)
        {
            if (!AccessControl.BeginRotation(document, NowMs))
            {
                return CustodyResult.Busy;
            }

            return Run();
        }

        public CustodyResult Retire(byte[] document)
        {
            if (!AccessControl.BeginRetirement(document, NowMs))
            {
                return CustodyResult.Busy;
            }

            return Run();
        }

        public CustodyResult Repair(byte[] document)
        {
            if (!AccessControl.BeginRepair(document, NowMs))
            {
                return CustodyResult.Busy;
            }

            return Run();
        }

        /// <summary>The bytes of a slot.</summary>
        public byte[] Slot(int slot)
        {
            return Card.Content(SlotPath.File(slot));
        }

        private RecordingFacts Facts(int recording)
        {
            RecordingFacts facts = new RecordingFacts();
            facts.Id = RecordingId;
            facts.Number = recording;
            facts.ZeroMs = 50000;
            facts.ZeroUtcMs = 1795467602000;
            facts.UncertaintyMs = 2000;
            facts.Source = ClockSource.Host;
            facts.Width = 640;
            facts.Height = 480;
            facts.ConfigurationDigest = AccessControl.ConfigurationDigest;
            facts.Firmware = Firmware;
            facts.BatteryMillivolts = 3900;
            facts.BatteryPercent = 70;
            facts.Statistics = new RecordingStatistics { FramesPerSecondX100 = 1000, LowestRateX100 = 1000 };
            return facts;
        }

        private RecordingSeal Seal()
        {
            byte[] fingerprint = Digests.RecipientFingerprint(Bob);
            byte[] key = ContentKey;
            RecordingSeal seal = new RecordingSeal(
                Board.Natives,
                key,
                Digests.Label("secret of the vectors"),
                Hex.Parse("F0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF"),
                new byte[][] { fingerprint }
            );
            EnvelopeBox envelope = new EnvelopeBox(Board.Natives, seal.KeyId, Alice, 1);
            envelope.Wrap(0, Bob, fingerprint, Shared, key);
            seal.Envelope = envelope.Bytes;
            PrivateFacts facts = new PrivateFacts();
            facts.Officer = "A. Smith";
            seal.PrivateBox = facts.Seal(seal);
            return seal;
        }

        private static void Finish(SegmentWriter writer)
        {
            while (writer.IsBusy)
            {
                Must(writer.Step());
            }
        }

        private static void Must(CardStatus status)
        {
            if (status != CardStatus.Ok)
            {
                throw new InvalidOperationException("card status " + (int)status);
            }
        }

        // The secret key of RFC 8032, section 7.1, test 1.
        private static Ed25519Key MakeKey()
        {
            Ed25519Key key = new Ed25519Key(Hex.Parse("9D61B19DEFFD5A60BA844AF492EC2CC44449C5697B326919703BAC031CAE7F60"));
            while (key.Step()) { }

            return key;
        }
    }
}
