// SPDX-License-Identifier: MIT

extern alias hashing;

using System;
using System.Buffers.Binary;
using System.Linq;
using Lapel.Verify.Tests;

namespace Lapel.Link.Tests
{
    /// <summary>Recordings on the reference camera, signed as a camera signs.</summary>
    internal static class Footage
    {
        public static readonly ForgedStation Dock = new(0x21);

        /// <summary>
        /// A camera with recordings 1, 2... of so many segments each, in slots one after the other, whose stale rest is noise.
        /// </summary>
        /// <param name="segments">Segments of each recording.</param>
        /// <param name="fragments">Fragments of a segment; each has two frames of 9,000 bytes or so.</param>
        /// <param name="slotSectors">Sectors of a slot.</param>
        /// <param name="device">Which camera.</param>
        /// <param name="falseLink">Recording whose second segment names another close of the first than the one that is there.</param>
        public static ReferenceCamera Camera(
            int[] segments,
            int fragments = 4,
            int slotSectors = 1024,
            byte device = 1,
            uint falseLink = 0
        )
        {
            var camera = new ReferenceCamera(new ForgeDevice(device));
            camera.Stations.Add((Dock.PublicKey, 2));
            var random = new Random(3);
            int slot = 0;
            for (uint recording = 1; recording <= segments.Length; recording++)
            {
                byte[] previous = [];
                for (uint segment = 0; segment < segments[recording - 1]; segment++, slot++)
                {
                    bool last = segment == segments[recording - 1] - 1;
                    var forge = new SegmentForge
                    {
                        Device = camera.Device,
                        RecordingId = [.. Enumerable.Range((byte)(recording * 16), 16).Select(x => (byte)x)],
                        RecordingNumber = recording,
                        Segment = segment,
                        Slot = (uint)slot,
                        SlotSectors = (uint)slotSectors,
                        SmallMoov = true,
                        FirstFrame = segment * 2 * (uint)fragments,
                        Start = segment * 200 * (uint)fragments,
                        PreviousClose =
                            segment == 0 ? null
                            : segment == 1 && recording == falseLink ? new byte[previous.Length]
                            : previous,
                    };
                    forge.Init();
                    for (int i = 0; i < fragments; i++)
                    {
                        forge.Fragment(9000 + 37 * i, 8900 + 41 * i);
                        if (i % 8 == 7)
                        {
                            forge.Checkpoint();
                        }
                    }
                    forge.Close(last ? (uint)segments[recording - 1] : null, last ? 1u : 2u);
                    byte[] bytes = forge.Slot512();
                    previous = forge.CloseDigest;
                    long sectors = (forge.Length + 511) / 512;
                    Stale(bytes, sectors * 512, random);
                    camera.Items.Add(
                        new ReferenceItem(
                            slot,
                            recording,
                            segment,
                            sectors,
                            1_790_000_000 + recording * 3600 + segment * 10,
                            (uint)fragments,
                            forge.CloseDigest,
                            bytes
                        )
                    );
                }
            }
            return camera;
        }

        /// <summary>An audit log of so many sectors, of which the first are written; not signed, only placed (FORMAT.md 9).</summary>
        public static byte[] AuditLog(int sectors, int written, ulong id, int salt = 0)
        {
            var log = new byte[sectors * 512];
            for (int place = Math.Max(0, written - sectors); place < written; place++)
            {
                Span<byte> sector = log.AsSpan(place % sectors * 512, 512);
                "LPLA"u8.CopyTo(sector);
                BinaryPrimitives.WriteUInt64BigEndian(sector[24..], id);
                BinaryPrimitives.WriteInt64BigEndian(sector[32..], place);
                new Random(place + salt * 100_000).NextBytes(sector[96..476]);
                BinaryPrimitives.WriteUInt32BigEndian(sector[508..], hashing::System.IO.Hashing.Crc32.HashToUInt32(sector[..508]));
            }
            return log;
        }

        /// <summary>Noise between the close block and the index.</summary>
        private static void Stale(byte[] slot, long from, Random random)
        {
            long to = slot.Length - 16384;
            if (to > from)
            {
                random.NextBytes(slot.AsSpan((int)from, (int)(to - from)));
            }
        }
    }
}
