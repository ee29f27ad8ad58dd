// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Evidence.Tests
{
    /// <summary>A device with an audit log on a card, switched on and off.</summary>
    public sealed class AuditFixture
    {
        public const string Path = "LOG";

        public const int Sectors = 48;

        public readonly MemoryStore Store = new MemoryStore();
        public readonly StepClock Clock = new StepClock();
        public readonly DeviceNatives Natives = new DeviceNatives();
        public MemoryCard Card = NewCard();
        public AuditLog Log;
        public int Boots = 6;

        private readonly SegmentFixture _keys = new SegmentFixture(SegmentFixture.SlotBytes);
        private readonly Digests _digests;

        public AuditFixture()
        {
            _digests = new Digests(Natives);
        }

        public DeviceIdentity Device { get; private set; }

        public byte[] Content
        {
            get { return Card.Content(Path); }
        }

        public static MemoryCard NewCard()
        {
            var card = new MemoryCard(2, 1 << 20);
            card.Preallocate(Path, Sectors * 512);
            return card;
        }

        /// <summary>Switches the device on and enters the boot.</summary>
        public void Boot()
        {
            Boots++;
            Clock.Set(2000);
            Log = new AuditLog(Natives, _digests, new StatedClock(Clock), Store, 16);
            Device = new DeviceIdentity(_digests, _keys.Device.PublicKey, _keys.Device.MacKey, "LP-0001", Boots);
            Log.SetDevice(Device, _keys.Signer);
            Log.Add(AuditKind.Boot, (int)Log.FormerEnd, 0, 0, null);
        }

        /// <summary>Opens the card that is in.</summary>
        public void Open()
        {
            Log.Open(Card.Open(Path));
            while (!Log.IsSettled)
            {
                if (Log.Find() != CardStatus.Ok)
                {
                    return;
                }
            }
        }

        /// <summary>Boots on the card that is in, and writes what there is to say.</summary>
        public void BootAndOpen()
        {
            Boot();
            Open();
            Settle();
        }

        /// <summary>An entry, and a second later it is on the card.</summary>
        public void Enter(int code)
        {
            Log.Add(AuditKind.Marker, code, 0, 0, null);
            Settle();
        }

        /// <summary>Time passes until nothing waits.</summary>
        public void Settle()
        {
            for (int i = 0; i < 40; i++)
            {
                Clock.Sleep(100);
                long now = Clock.Microseconds / 1000;
                if (Log.IsDue(now))
                {
                    Log.Write(now);
                }
                else
                {
                    Log.StepIdle(now);
                }
            }
        }

        /// <summary>Position of the newest sector by its sequence number, -1 when there is none.</summary>
        public int Newest()
        {
            int newest = -1;
            for (int i = 0; i < Sectors; i++)
            {
                if (IsSector(i) && (newest < 0 || Sequence(i) > Sequence(newest)))
                {
                    newest = i;
                }
            }

            return newest;
        }

        public bool IsSector(int position)
        {
            return BigEndian.Get32(Content, position * 512) == 0x4C504C41;
        }

        public long Sequence(int position)
        {
            return BigEndian.Get64(Content, position * 512 + 40);
        }

        public long Before(int position)
        {
            return BigEndian.Get64(Content, position * 512 + 48);
        }

        /// <summary>Whether the sector at a position names the one at another as the one before it.</summary>
        public bool Follows(int position, int before)
        {
            var sector = new byte[512];
            Array.Copy(Content, before * 512, sector, 0, 512);
            return Before(position) == Sequence(before) && SegmentHead.Same(Content, position * 512 + 56, _digests.Hash(sector));
        }

        /// <summary>Finds an entry in the sectors of a range of positions; its offset in the content or -1.</summary>
        public int Find(AuditKind kind, int code, int from, int to)
        {
            for (int position = from; position < to; position++)
            {
                if (!IsSector(position))
                {
                    continue;
                }

                int at = position * 512 + AuditSector.BodyAt;
                for (int left = Content[position * 512 + 7]; left > 0; left--)
                {
                    if (Content[at] == (int)kind && BigEndian.Get32(Content, at + 4) == code)
                    {
                        return at;
                    }

                    at += AuditQueue.EntryBytes + Content[at + 1];
                }
            }

            return -1;
        }
    }
}
