// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>
    /// Finds segments in a store as `lapel sync` lays it out: OUT/DEVICE/RECORDING/SEGMENT.mp4, where DEVICE is 32 hex digits and RECORDING
    /// a number, with DEVICE.PUB and the audit log's files beside the recordings. Takes the store, one device's folder, or one recording's.
    /// </summary>
    internal static class StoreReader
    {
        private const string KeyFile = "DEVICE.PUB",
            AuditLog = "AUDIT.LOG",
            LogBefore = "AUDIT-",
            LogEnd = ".LOG",
            OverwrittenEnd = ".OLD",
            Arriving = "arriving",
            Refused = "refused";

        /// <summary>What is there; null when the path is no store.</summary>
        public static CardContents? Open(string path, List<string> foreign)
        {
            var store = new CardContents { Path = path, Kind = CardKind.Folder };
            string whole = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
            store.IsWhole = true;
            if (IsDevice(whole))
            {
                Device(store, path, "", foreign);
            }
            else if (IsRecording(whole) && Path.GetDirectoryName(whole) is string parent && IsDevice(parent))
            {
                store.IsWhole = false;
                DeviceFolder place = Place(store, parent, "");
                Recording(store, place, path, "", foreign);
                Beside(store, place, parent);
            }
            else
            {
                List<string> devices = [.. Directory.EnumerateDirectories(path).Where(IsDevice).Order(StringComparer.Ordinal)];
                if (devices.Count == 0)
                {
                    return null;
                }

                foreach (string device in devices)
                {
                    Device(store, device, Path.GetFileName(device) + "/", foreign);
                }

                foreign.AddRange(Directory.EnumerateFileSystemEntries(path).Where(e => !devices.Contains(e)));
            }
            return store.Slots.Count > 0 ? store : null;
        }

        private static DeviceFolder Place(CardContents store, string folder, string prefix)
        {
            string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
            var place = new DeviceFolder { Prefix = prefix, NamedId = Convert.FromHexString(name) };
            store.Devices.Add(place);
            return place;
        }

        private static void Device(CardContents store, string folder, string prefix, List<string> foreign)
        {
            DeviceFolder place = Place(store, folder, prefix);
            foreach (string entry in Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal))
            {
                string name = Path.GetFileName(entry);
                bool isFolder = Directory.Exists(entry);
                if (isFolder && IsRecording(entry) && !CardReader.IsLink(entry))
                {
                    Recording(store, place, entry, prefix + name + "/", foreign);
                }
                else if (isFolder ? !Is(name, Arriving) && !Is(name, Refused) : !IsBeside(name))
                {
                    foreign.Add(entry);
                }
            }
            Beside(store, place, folder);
        }

        /// <summary>What lies beside a device's recordings.</summary>
        private static void Beside(CardContents store, DeviceFolder place, string folder)
        {
            CardReader.ReadKey(store, place, folder);
            List<AuditLogFile> logs =
            [
                .. Directory
                    .EnumerateFiles(folder)
                    .Where(f => IsLog(Path.GetFileName(f)) && !CardReader.IsLink(f))
                    .Order(StringComparer.Ordinal)
                    .Select(f => new AuditLogFile(
                        f,
                        place.Prefix + Path.GetFileName(f),
                        Ends(f, OverwrittenEnd)
                    )),
            ];
            if (logs.Count > 0)
            {
                store.AuditLogs.Add(new AuditLogFiles(place.Prefix + AuditLog, place, true, logs));
            }

            store.MustHoldLogs = true;
        }

        private static void Recording(CardContents store, DeviceFolder place, string folder, string prefix, List<string> foreign)
        {
            foreach (string file in Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal))
            {
                string name = Path.GetFileName(file);
                if (Ends(name, ".mp4") && File.Exists(file) && !CardReader.IsLink(file))
                {
                    store.Slots.Add(new SlotFile(file, prefix + name, null, place));
                }
                else if (!Ends(name, ".json") && !Ends(name, ".receipt"))
                {
                    foreign.Add(file);
                }
            }
        }

        private static bool IsBeside(string name) => Is(name, KeyFile) || Is(name, RotationFile.Name) || IsLog(name);

        // A store that went over a card or a file system without case comes back in capitals.
        private static bool Ends(string name, string end) => name.EndsWith(end, StringComparison.OrdinalIgnoreCase);

        private static bool Is(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);

        private static bool IsLog(string name) =>
            Is(name, AuditLog)
            || (name.StartsWith(LogBefore, StringComparison.OrdinalIgnoreCase) && (Ends(name, LogEnd) || Ends(name, OverwrittenEnd)));

        private static bool IsDevice(string folder)
        {
            string name = Path.GetFileName(folder);
            return name.Length == 32
                && name.All(char.IsAsciiHexDigit)
                && Directory.Exists(folder)
                && Directory.EnumerateDirectories(folder).Any(IsRecording);
        }

        private static bool IsRecording(string folder)
        {
            string name = Path.GetFileName(folder);
            return name.Length >= 6 && name.All(char.IsAsciiDigit);
        }
    }
}
