// SPDX-License-Identifier: MIT

using System;
using System.IO;
using System.Linq;
using Lapel.Verify.Tests;

namespace Lapel.VerifySpeed
{
    /// <summary>A card of recordings of one segment each: 18 kB frames, 5 a fragment, a checkpoint every 20 fragments.</summary>
    internal static class SpeedCard
    {
        private const int SlotSectors = 16384,
            FragmentsInSlot = 83,
            FrameBytes = 18_900;

        /// <summary>Makes it; returns its folder.</summary>
        public static string Make(string folder, long segments, bool isSealed)
        {
            var device = new ForgeDevice(1);
            string root = Directory.CreateDirectory(Path.Combine(folder, "LAPEL")).FullName;
            File.WriteAllBytes(Path.Combine(root, "DEVICE.PUB"), device.KeyFile());
            int[] sizes = [.. Enumerable.Range(0, 5).Select(i => FrameBytes + 100 * i)];
            for (uint i = 0; i < segments; i++)
            {
                var forge = new SegmentForge
                {
                    Device = device,
                    RecordingNumber = i + 1,
                    RecordingId = [.. BitConverter.GetBytes(i), .. new byte[12]],
                    Slot = i,
                    SlotSectors = SlotSectors,
                    Sealed = isSealed,
                }.Init();
                for (int f = 0; f < FragmentsInSlot; f++)
                {
                    forge.Fragment(sizes);
                    if (f % 20 == 19)
                    {
                        forge.Checkpoint();
                    }
                }

                string file = Slot(root, i);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllBytes(file, forge.Close(1).Slot512());
            }

            return folder;
        }

        /// <summary>Adds free slots up to so many; they are sparse.</summary>
        public static void AddFree(string folder, int used, uint slots)
        {
            for (uint i = (uint)used; i < slots; i++)
            {
                string file = Slot(Path.Combine(folder, "LAPEL"), i);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                using FileStream made = File.Create(file);
                made.SetLength(SlotSectors * 512L);
            }
        }

        private static string Slot(string root, uint slot) => Path.Combine(root, $"S{slot / 100:000}", $"{slot:00000000}.MP4");
    }
}
