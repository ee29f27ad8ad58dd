// SPDX-License-Identifier: MIT

using System;
using System.Buffers.Binary;

namespace Lapel.Verify.Tests
{
    /// <summary>Writes a release note by FORMAT.md 10.2, which anybody can.</summary>
    internal static class ReleaseForge
    {
        /// <summary>The first two sectors of a released slot.</summary>
        public static byte[] Note(SegmentForge segment)
        {
            var note = new byte[1024];
            SegmentForge
                .Box("ftyp", "isom"u8.ToArray(), SegmentForge.U32(0x200), "isomiso6mp41qt  "u8.ToArray())
                .CopyTo(note, 0);
            var body = new byte[72];
            body[1] = 1;
            segment.Device.DeviceId.CopyTo(body, 4);
            BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(20), segment.Slot);
            BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(24), segment.RecordingNumber);
            BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(28), segment.Segment);
            segment.CloseDigest.AsSpan(0, 8).CopyTo(body.AsSpan(32));
            SegmentForge.Box("uuid", [.. Convert.FromHexString("8f3a6d1e5b7c4e219a406c6170656c"), 7], body).CopyTo(note, 32);
            BinaryPrimitives.WriteUInt32BigEndian(note.AsSpan(128), segment.SlotSectors * 512 - 128);
            "free"u8.CopyTo(note.AsSpan(132));
            return note;
        }
    }
}
