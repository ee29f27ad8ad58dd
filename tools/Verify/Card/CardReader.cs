// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>
    /// Finds slots, catalogue and key in a card folder, in a store of `lapel sync`, in a folder of segment files, or takes a single file.
    /// </summary>
    public static class CardReader
    {
        /// <summary>Foreign files named one by one; more are counted.</summary>
        private const int MostForeign = 20;

        private const string Root = "LAPEL",
            KeyFile = "DEVICE.PUB",
            CatalogueA = "CATALOG.A",
            CatalogueB = "CATALOG.B",
            AuditLog = "AUDIT.LOG",
            LockFile = ".lapel-lock";

        /// <summary>Lists what is there. Throws <see cref="CardException"/> when there is nothing that could be verified.</summary>
        public static CardContents Open(string path)
        {
            try
            {
                if (File.Exists(path))
                {
                    if (!RegularFile.Is(path))
                    {
                        throw new IOException(RegularFile.None);
                    }

                    var single = new CardContents { Path = path, Kind = CardKind.File };
                    var place = new DeviceFolder();
                    single.Devices.Add(place);
                    string name = Path.GetFileName(path);
                    single.Slots.Add(new SlotFile(path, name, SlotOf(name), place));
                    // Tried before anything is reported.
                    File.OpenRead(path).Dispose();
                    // A segment lies one folder below the statements, on a card and in a store.
                    if (Path.GetDirectoryName(Path.GetDirectoryName(Path.GetFullPath(path))) is string above)
                    {
                        ReadRotations(single, place, above);
                    }

                    return single;
                }
                if (!Directory.Exists(path))
                {
                    throw new CardException(
                        "no such file or folder: " + path,
                        "give a card folder, a folder of segments, or a segment file"
                    );
                }

                List<string> roots = RootsOf(path);
                return roots.Count > 0 ? Card(path, roots) : Store(path) ?? Folder(path);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new CardException(
                    "cannot read " + path + ": " + Reason.Of(error),
                    "check that the card is there and that you may read it"
                );
            }
        }

        private static CardContents? Store(string path)
        {
            var foreign = new List<string>();
            CardContents? store = StoreReader.Open(path, foreign);
            if (store != null)
            {
                Foreign(store, foreign);
            }

            return store;
        }

        /// <summary>The card's root, then whatever else passes for one where names differ by case.</summary>
        private static List<string> RootsOf(string path)
        {
            List<string> inside =
            [
                .. Directory
                    .EnumerateDirectories(path)
                    .Where(d => Is(Path.GetFileName(d), Root))
                    .OrderByDescending(d => Path.GetFileName(d) == Root)
                    .ThenBy(d => d, StringComparer.Ordinal),
            ];
            if (inside.Count > 0)
            {
                return inside;
            }

            bool itself =
                Is(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))), Root)
                && (
                    Find(path, CatalogueA)
                    ?? Find(path, CatalogueB)
                    ?? Directory.EnumerateDirectories(path).FirstOrDefault(d => FolderOf(d) != null)
                ) != null;
            return itself ? [path] : [];
        }

        private static CardContents Card(string path, List<string> roots)
        {
            string root = roots[0];
            var card = new CardContents
            {
                Path = path,
                Kind = CardKind.Card,
                MustHoldLogs = true,
                IsWhole = true,
            };
            var place = new DeviceFolder();
            card.Devices.Add(place);
            var foreign = new List<string>();
            if (path != root)
            {
                foreign.AddRange(Directory.EnumerateFileSystemEntries(path).Where(e => !roots.Contains(e)));
            }

            foreach (string second in roots.Skip(1))
            {
                card.Findings.Add(
                    new Finding(
                        Severity.Missing,
                        FindingCode.SecondRoot,
                        "a second card root beside " + Path.GetFileName(root) + ": nothing in it is judged or counted; give it by itself"
                    )
                    {
                        File = Path.GetFileName(second),
                    }
                );
            }

            foreach (string entry in Directory.EnumerateFileSystemEntries(root).Order(StringComparer.Ordinal))
            {
                string name = Path.GetFileName(entry);
                bool folder = Directory.Exists(entry);
                if (folder && FolderOf(entry) is int number && !IsLink(entry))
                {
                    Slots(card, entry, number, foreign);
                }
                else if (Is(name, AuditLog) && (folder || IsLink(entry)))
                {
                    NoLog(card, name, folder);
                }
                else if (
                    folder
                    || !(
                        Is(name, KeyFile)
                        || Is(name, CatalogueA)
                        || Is(name, CatalogueB)
                        || Is(name, AuditLog)
                        || Is(name, RotationFile.Name)
                    )
                )
                {
                    foreign.Add(entry);
                }
            }
            ReadKey(card, place, root);
            ReadCatalogue(card, root);
            if (Find(root, AuditLog) is string log)
            {
                card.AuditLogs.Add(new AuditLogFiles(AuditLog, place, false, [new AuditLogFile(log, AuditLog, false)]));
            }

            MissingFiles(card);
            Foreign(card, foreign);
            return card;
        }

        /// <summary>What stands there instead of a log hides whether there is one: it is not called absent.</summary>
        private static void NoLog(CardContents card, string name, bool isFolder)
        {
            card.MustHoldLogs = false;
            card.Findings.Add(
                new Finding(
                    Severity.Missing,
                    FindingCode.Unreadable,
                    "the audit log cannot be read: it is " + (isFolder ? "a folder" : "a link") + " and no file"
                )
                {
                    File = name,
                }
            );
        }

        private static void Slots(CardContents card, string folder, int number, List<string> foreign)
        {
            try
            {
                // Where names differ by case a slot may be there twice: each has a name of its own.
                HashSet<string> names = [.. card.Slots.Select(s => s.Name)];
                // What the folder itself tells of a file costs no further look at it: a card has thousands.
                foreach (FileSystemInfo file in new DirectoryInfo(folder).EnumerateFileSystemInfos())
                {
                    string path = Path.Combine(folder, file.Name);
                    if (
                        SlotOf(file.Name) is uint slot
                        && slot / 100 == number
                        && file is FileInfo
                        && (file.Attributes & FileAttributes.ReparsePoint) == 0
                    )
                    {
                        string name = names.Add(file.Name) ? file.Name : Path.GetFileName(folder) + "/" + file.Name;
                        card.Slots.Add(new SlotFile(path, name, slot, card.Devices[0]));
                    }
                    else
                    {
                        foreign.Add(path);
                    }
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                card.Findings.Add(
                    new Finding(Severity.Error, FindingCode.Unreadable, "the folder cannot be read: " + Reason.Of(error))
                    {
                        File = Path.GetFileName(folder),
                    }
                );
            }
        }

        private static CardContents Folder(string path)
        {
            var folder = new CardContents { Path = path, Kind = CardKind.Folder };
            var place = new DeviceFolder();
            folder.Devices.Add(place);
            var foreign = new List<string>();
            foreach (string file in Directory.EnumerateFileSystemEntries(path).Order(StringComparer.Ordinal))
            {
                string name = Path.GetFileName(file);
                if (name.EndsWith(".mp4", StringComparison.OrdinalIgnoreCase) && File.Exists(file) && !IsLink(file))
                {
                    folder.Slots.Add(new SlotFile(file, name, SlotOf(name), place));
                }
                else if (!Is(name, KeyFile) && !Is(name, RotationFile.Name))
                {
                    foreign.Add(file);
                }
            }
            if (folder.Slots.Count == 0)
            {
                throw new CardException(
                    "no " + Root + " folder and no segment (.MP4) in " + path,
                    "give the folder that holds LAPEL: the card's root"
                );
            }

            ReadKey(folder, place, path);
            Foreign(folder, foreign);
            return folder;
        }

        /// <summary>Reads DEVICE.PUB and ROTATED.PUB of a folder, where there are such.</summary>
        internal static void ReadKey(CardContents card, DeviceFolder place, string folder)
        {
            ReadRotations(card, place, folder);
            try
            {
                string? file = Find(folder, KeyFile);
                if (file != null && new FileInfo(file).Length == 0)
                {
                    place.KeyProblem = "it is empty";
                }
                else if (file != null)
                {
                    TrustedKey key = TrustedKey.ParseDevice(file, out byte[] id);
                    if (place.NamedId != null && !id.AsSpan().SequenceEqual(place.NamedId))
                    {
                        place.KeyProblem = "it is of device " + Convert.ToHexStringLower(id);
                    }
                    else
                    {
                        (place.Key, place.KeyId) = (key, id);
                    }
                }
            }
            catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException)
            {
                place.KeyProblem = Reason.Of(error);
            }
        }

        private static void ReadRotations(CardContents card, DeviceFolder place, string folder)
        {
            void Say(string problem) =>
                card.Findings.Add(
                    new Finding(Severity.Warning, FindingCode.DeviceKeyFile, problem) { File = place.Prefix + RotationFile.Name }
                );

            try
            {
                string? file = Find(folder, RotationFile.Name);
                if (file == null)
                {
                    return;
                }

                if (new FileInfo(file).Length is 0 or > RotationFile.LargestSize)
                {
                    Say("it is no file of rotation statements");
                    return;
                }
                place.Rotations.AddRange(RotationFile.Read(File.ReadAllBytes(file), out string? problem));
                if (problem != null)
                {
                    Say(problem + "; it is not followed");
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                Say("it cannot be read: " + Reason.Of(error));
            }
        }

        private static void ReadCatalogue(CardContents card, string root)
        {
            string? a = Find(root, CatalogueA),
                b = Find(root, CatalogueB);
            try
            {
                using FileStream? one = a == null || new FileInfo(a).Length == 0 ? null : File.OpenRead(a);
                using FileStream? two = b == null || new FileInfo(b).Length == 0 ? null : File.OpenRead(b);
                if (one == null && two == null)
                {
                    card.Findings.Add(
                        new Finding(Severity.Warning, FindingCode.Catalogue, "there is no catalogue; the slots are read without it")
                    );
                    return;
                }
                card.Catalogue = Catalogue.Read(one, two);
                if (card.Catalogue.UnknownSectors > 0)
                {
                    card.Findings.Add(
                        new Finding(
                            Severity.Warning,
                            FindingCode.Catalogue,
                            N(card.Catalogue.UnknownSectors)
                                + " sectors of the catalogue are damaged in both copies; the slots are read without them"
                        )
                    );
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                card.Findings.Add(
                    new Finding(Severity.Warning, FindingCode.Catalogue, "the catalogue cannot be read: " + Reason.Of(error))
                );
            }
        }

        private static void MissingFiles(CardContents card)
        {
            card.Slots.Sort(
                (a, b) => a.Slot!.Value != b.Slot!.Value ? a.Slot.Value.CompareTo(b.Slot.Value) : string.CompareOrdinal(a.Path, b.Path)
            );
            var there = card.Slots.Select(s => s.Slot!.Value).ToHashSet();
            uint end = Math.Min(Math.Max(card.Catalogue?.Slots ?? 0, there.Count == 0 ? 0 : there.Max() + 1), Catalogue.MostSlots);
            List<uint> missing = [];
            for (uint slot = 0; slot < end; slot++)
            {
                if (there.Contains(slot))
                {
                    continue;
                }

                missing.Add(slot);
                CatalogueRecord? record = card.Catalogue?[slot];
                if (record is { State: CatalogueRecord.Open or CatalogueRecord.Closed } && missing.Count <= MostForeign)
                {
                    card.Findings.Add(
                        new Finding(
                            Severity.Error,
                            FindingCode.MissingFile,
                            "the file of slot "
                                + N(slot)
                                + " is missing, which by the catalogue holds segment "
                                + N(record.Segment)
                                + " of recording "
                                + N(record.RecordingNumber)
                        )
                    );
                }
            }
            if (missing.Count > 0)
            {
                card.Findings.Add(
                    new Finding(Severity.Warning, FindingCode.MissingFile, "slot files are missing: " + RecordingVerifier.Ranges(missing))
                );
            }
        }

        private static void Foreign(CardContents card, List<string> foreign)
        {
            foreign.RemoveAll(path => Path.GetFileName(path).StartsWith(LockFile, StringComparison.Ordinal));
            foreign.Sort(StringComparer.Ordinal);
            foreach (string path in foreign.Take(MostForeign))
            {
                card.Findings.Add(
                    new Finding(Severity.Note, FindingCode.Foreign, "not the camera's, left alone")
                    {
                        File = Path.GetRelativePath(card.Path, path),
                    }
                );
            }

            if (foreign.Count > MostForeign)
            {
                card.Findings.Add(
                    new Finding(Severity.Note, FindingCode.Foreign, N(foreign.Count - MostForeign) + " further files are not the camera's")
                );
            }
        }

        /// <summary>The slot that a file name says: eight digits and .MP4.</summary>
        private static uint? SlotOf(string name) =>
            name.Length == 12
            && name.EndsWith(".mp4", StringComparison.OrdinalIgnoreCase)
            && uint.TryParse(name.AsSpan(0, 8), NumberStyles.None, CultureInfo.InvariantCulture, out uint slot)
                ? slot
                : null;

        private static int? FolderOf(string path)
        {
            string name = Path.GetFileName(path);
            return
                name.Length == 4
                && (name[0] is 'S' or 's')
                && int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                ? number
                : null;
        }

        private static string? Find(string folder, string name) =>
            Directory
                .EnumerateFiles(folder)
                .Where(f => Is(Path.GetFileName(f), name) && !IsLink(f))
                .OrderByDescending(f => Path.GetFileName(f) == name)
                .FirstOrDefault();

        /// <summary>A FAT card has no links: one in a copy could lead anywhere and is not followed.</summary>
        internal static bool IsLink(string path) => (File.GetAttributes(path) & FileAttributes.ReparsePoint) != 0;

        private static bool Is(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);

        private static string N(long value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
