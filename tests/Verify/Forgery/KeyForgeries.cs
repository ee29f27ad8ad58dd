// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;

namespace Lapel.Verify.Tests
{
    /// <summary>Forgeries with keys and with the recordings of other cameras.</summary>
    internal static class KeyForgeries
    {
        private const string Own = "who has a key of his own",
            Keeper = "who has the store";

        public static IEnumerable<Forgery> All =>
            [
                new(
                    "the key on the card is replaced",
                    Own,
                    Place.Cards,
                    v => File.WriteAllBytes(v.Beside("DEVICE.PUB"), new ForgeDevice(9).KeyFile()),
                    1,
                    FindingCode.KeyMismatch,
                    "another device's segment, or forged",
                    1,
                    2,
                    3
                ),
                new(
                    "the key on the card is replaced, and the true one given",
                    Own,
                    Place.Cards,
                    v =>
                    {
                        File.WriteAllBytes(v.Beside("DEVICE.PUB"), new ForgeDevice(9).KeyFile());
                        v.Key = v.Shift.Device.Trusted;
                    },
                    0,
                    FindingCode.DeviceKeyFile,
                    "DEVICE.PUB holds another key than the given one"
                ),
                new(
                    "the whole card is another camera's",
                    Own,
                    Place.Cards,
                    v => v.Key = new ForgeDevice(9).Trusted,
                    1,
                    FindingCode.KeyMismatch,
                    "another device's segment, or forged",
                    1,
                    2,
                    3
                ),
                new(
                    "a recording signed with another key stands on the card",
                    Own,
                    Place.Cards,
                    v =>
                    {
                        SegmentForge forged = RecordingForge.Segments(1, recording: 0x90, number: 4, firstSlot: 8, device: 9)[0];
                        File.WriteAllBytes(v.Card.File_(8), forged.Slot512());
                    },
                    1,
                    FindingCode.KeyMismatch,
                    "Recording 4: NOT AUTHENTIC",
                    0
                ),
                new(
                    "a checkpoint is signed with another key",
                    Own,
                    Place.Clear,
                    v =>
                    {
                        SegmentForge own = v.Segment(2, 0);
                        var forged = new SegmentForge
                        {
                            Device = own.Device,
                            Signer = new ForgeDevice(9),
                            RecordingId = own.RecordingId,
                            RecordingNumber = 2,
                            Slot = own.Slot,
                            SlotSectors = own.SlotSectors,
                            SmallMoov = true,
                            Boot = own.Boot,
                            ZeroMonotonic = own.ZeroMonotonic,
                            Tweak = own.Tweak,
                        };
                        v.Put(forged.Init().Fragment(700, 600).Checkpoint().Fragment(900).Close(1), 2, 0);
                    },
                    1,
                    FindingCode.KeyMismatch,
                    "signed with another key",
                    2
                ),
                new(
                    "a recording of one camera is planted in the folder of another",
                    Keeper,
                    Place.Store,
                    v => Plant(v, 7),
                    0,
                    FindingCode.Copy,
                    "/000007/0000.mp4: a copy of segment 0 of recording 2"
                ),
                new(
                    "a recording of one camera is moved into the folder of another",
                    Keeper,
                    Place.Store,
                    v =>
                    {
                        Plant(v, 7);
                        Directory.Delete(Path.Combine(v.SecondFolder!, "000002"), true);
                    },
                    1,
                    FindingCode.KeyMismatch,
                    "another device's segment, or forged",
                    0
                ),
                new(
                    "the key in a camera's folder is replaced by another camera's",
                    Keeper,
                    Place.Store,
                    v => File.WriteAllBytes(v.Beside("DEVICE.PUB"), v.Second!.Device.KeyFile()),
                    1,
                    FindingCode.DeviceKeyFile,
                    "DEVICE.PUB is damaged: it is of device"
                ),
                new(
                    "a foreign recording stands in a folder whose key was taken away",
                    Keeper,
                    Place.Store,
                    v =>
                    {
                        Plant(v, 7);
                        File.Delete(v.Beside("DEVICE.PUB"));
                        Directory.Delete(Path.Combine(v.SecondFolder!, "000002"), true);
                    },
                    1,
                    FindingCode.WrongFolder,
                    "and stands in the folder of device",
                    0
                ),
                new(
                    "a store is judged by a registry that has both keys",
                    Keeper,
                    Place.Store,
                    v => v.Registry = Registry(v, true),
                    0,
                    null,
                    "Judged each camera with its key in the given registry"
                ),
                new(
                    "a camera is in the store that the registry does not have",
                    Keeper,
                    Place.Store,
                    v => v.Registry = Registry(v, false),
                    1,
                    FindingCode.KeyUnknown,
                    "there is no key of device",
                    0
                ),
                new(
                    "a whole camera's folder is signed with a key of its own",
                    Own,
                    Place.Store,
                    v =>
                    {
                        var impostor = new ShiftForge(seed: 9);
                        impostor.Store(v.Folder);
                        v.Registry = Registry(v, true);
                    },
                    1,
                    FindingCode.KeyUnknown,
                    "of which there is no key in",
                    0
                ),
            ];

        // A true recording of the second camera in the first one's folder.
        private static void Plant(Victim v, uint number)
        {
            string to = Directory.CreateDirectory(v.Beside($"{number:000000}")).FullName;
            File.WriteAllBytes(Path.Combine(to, "0000.mp4"), v.Second!.Recordings[1][0].Slot512());
        }

        private static KeyRegistry Registry(Victim v, bool both)
        {
            // Outside of the store's camera folders; the verifier calls it foreign and leaves it alone.
            string folder = Directory.CreateDirectory(Path.Combine(v.Folder, "registry")).FullName;
            File.WriteAllBytes(Path.Combine(folder, "one.pub"), v.Shift.Device.KeyFile());
            if (both)
            {
                File.WriteAllText(Path.Combine(folder, "two.pub"), Convert.ToHexString(v.Second!.Device.PublicKey));
            }

            return KeyRegistry.Read(folder);
        }
    }
}
