// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;

namespace Lapel.Verify.Tests
{
    /// <summary>Forges the segments of a whole recording with their links.</summary>
    internal static class RecordingForge
    {
        /// <summary>
        /// A recording of <paramref name="count"/> segments of which the first <paramref name="past"/> are pre-event, each of two fragments
        /// with a checkpoint between. <paramref name="change"/> may alter a segment before it is written.
        /// </summary>
        public static List<SegmentForge> Segments(
            int count,
            int past = 0,
            Action<SegmentForge>? change = null,
            byte recording = 0x50,
            uint number = 7,
            uint firstSlot = 0,
            byte device = 1,
            bool recovered = false
        )
        {
            var list = new List<SegmentForge>();
            for (int i = 0; i < count; i++)
            {
                bool last = i == count - 1;
                var forge = new SegmentForge
                {
                    Device = new ForgeDevice(device),
                    RecordingId = [.. Enumerable.Range(recording, 16).Select(x => (byte)x)],
                    RecordingNumber = number,
                    Segment = (uint)i,
                    FirstLive = (uint)past,
                    Slot = firstSlot + (uint)i,
                    SlotSectors = 32,
                    SmallMoov = true,
                    FirstFrame = (uint)i * 3,
                    Start = (uint)i * 300,
                    PastFrames = (uint)past * 3,
                    PreviousClose = i == 0 || i == past ? null : list[i - 1].CloseDigest,
                    PreEventClose = past > 0 && last ? list[past - 1].CloseDigest : null,
                };
                change?.Invoke(forge);
                forge.Init().Fragment(700 + i, 600).Checkpoint().Fragment(900 + i);
                if (last && recovered)
                {
                    forge.Recover(forge.Boot + 1);
                }
                else
                {
                    forge.Close(last ? (uint)count : null, last ? 1u : 2u);
                }

                list.Add(forge);
            }
            return list;
        }

        public static byte[][] Slots(int count, int past = 0, Action<SegmentForge>? change = null) =>
            [.. Segments(count, past, change).Select(s => s.Slot512())];
    }
}
