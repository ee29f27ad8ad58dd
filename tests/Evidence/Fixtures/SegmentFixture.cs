// SPDX-License-Identifier: MIT

using System;
using Lapel.Crypto;
using Lapel.Hal;

namespace Lapel.Evidence.Tests
{
    /// <summary>A device with fixed keys and a fixed clock, and one slot to write a segment into.</summary>
    public sealed class SegmentFixture
    {
        public const int SlotBytes = 65536;

        /// <summary>Bytes of a clear segment's init: 1,209 and their padding.</summary>
        public const int InitBytes = 1536;

        private static Ed25519Key _key;

        public readonly MemoryCard Card = new MemoryCard(4, 1 << 24);
        public readonly StepClock Clock = new StepClock();
        public readonly Digests Digests;
        public readonly DeviceIdentity Device;
        public readonly SegmentWriter Writer;
        public readonly ManifestSigner Signer;
        public readonly CardStatistics Statistics = new CardStatistics();

        public SegmentFixture(int slotBytes)
        {
            var natives = new DeviceNatives();
            Digests = new Digests(natives);
            if (_key == null)
            {
                _key = MakeKey();
            }

            Device = new DeviceIdentity(Digests, _key.PublicKey, Digests.Label("mac key of the test vector"), "LP-0001", 7);
            Signer = new ManifestSigner(_key, Device.Fingerprint, natives, Digests.Label("nonce seed of the test vector"));
            Writer = new SegmentWriter(Digests, Device, Signer, Clock, Statistics);
            Card.Preallocate("SLOT", slotBytes);
            Clock.Set(60000);
        }

        public static readonly FirmwareIdentity Firmware = new FirmwareIdentity("1.0.0", null, "bench", "virtual", null);

        public byte[] Slot
        {
            get { return Card.Content("SLOT"); }
        }

        /// <summary>Facts of a recording that began 50 s after boot with a set clock.</summary>
        public RecordingFacts Facts(int firstSerial)
        {
            return new RecordingFacts
            {
                Id = new byte[] { 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1A, 0x1B, 0x1C, 0x1D, 0x1E, 0x1F },
                Number = 3,
                FirstSerial = firstSerial,
                ZeroMs = 50000,
                ZeroUtcMs = 1795467602000,
                UncertaintyMs = 2000,
                Source = ClockSource.Host,
                Width = 640,
                Height = 480,
                PreEventAskedMs = 30000,
                PreEventShortfall = ShortfallReason.Started,
                ConfigurationDigest = Digests.Configuration(new byte[] { 1 }),
                Firmware = Firmware,
                BatteryMillivolts = 3900,
                BatteryPercent = 70,
                Statistics = new RecordingStatistics { FramesPerSecondX100 = 1000, LowestRateX100 = 1000 },
            };
        }

        /// <summary>Opens the slot for a segment and writes its init.</summary>
        public void Open(RecordingFacts facts, SegmentLedger ledger, int segment, long firstMs)
        {
            Writer.Open(Card.Open("SLOT"), facts, ledger, new SegmentStart { Segment = segment, Slot = 5, FirstMs = firstMs });
            Run();
        }

        /// <summary>Steps until nothing is left to write.</summary>
        public void Run()
        {
            while (Writer.IsBusy)
            {
                CardStatus status = Writer.Step();
                if (status != CardStatus.Ok)
                {
                    throw new InvalidOperationException("card status " + (int)status);
                }
            }
        }

        /// <summary>Writes the frames from first to end as fragments; the last ends at endMs. Returns the fragments.</summary>
        public int Write(ListFrames frames, int first, int end, long endMs)
        {
            return Write(frames, first, end, endMs, false);
        }

        public int Write(ListFrames frames, int first, int end, long endMs, bool isSealed)
        {
            var gatherer = new FragmentGatherer();
            gatherer.IsSealed = isSealed;
            int fragments = 0;
            for (int serial = first; serial < end; serial++)
            {
                if (gatherer.Accept(frames, serial))
                {
                    continue;
                }

                fragments += Write(frames, gatherer, frames.TimeMs(serial));
                gatherer.Accept(frames, serial);
            }

            return fragments + Write(frames, gatherer, endMs);
        }

        private int Write(ListFrames frames, FragmentGatherer gatherer, long endMs)
        {
            Writer.BeginFragment(frames, gatherer, endMs);
            gatherer.Reset();
            Run();
            return 1;
        }

        private static Ed25519Key MakeKey()
        {
            // The secret key of RFC 8032, section 7.1, test 1.
            var key = new Ed25519Key(
                new byte[]
                {
                    0x9D,
                    0x61,
                    0xB1,
                    0x9D,
                    0xEF,
                    0xFD,
                    0x5A,
                    0x60,
                    0xBA,
                    0x84,
                    0x4A,
                    0xF4,
                    0x92,
                    0xEC,
                    0x2C,
                    0xC4,
                    0x44,
                    0x49,
                    0xC5,
                    0x69,
                    0x7B,
                    0x32,
                    0x69,
                    0x19,
                    0x70,
                    0x3B,
                    0xAC,
                    0x03,
                    0x1C,
                    0xAE,
                    0x7F,
                    0x60,
                }
            );
            while (key.Step()) { }

            return key;
        }
    }
}
