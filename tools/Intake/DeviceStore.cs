// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Lapel.Link;
using Lapel.Verify;

namespace Lapel.Intake
{
    /// <summary>
    /// What one camera brought: OUT/&lt;device id&gt;/ with DEVICE.PUB, AUDIT.LOG, a folder for each recording number with its segments,
    /// `arriving` with what is still on its way, and `refused` with what did not verify.
    /// </summary>
    public sealed class DeviceStore
    {
        private const int PublicKeyBytes = 512,
            LargestKeyFile = 4096;

        private const string Impostor = "it may be an impostor: check its key against the one that was noted when it was issued";

        private readonly KeyChain _chain;
        private readonly byte[] _rotationBytes;

        /// <param name="root">OUT.</param>
        /// <param name="hello">The camera.</param>
        /// <param name="rotations">Its rotation statements; empty when its key was not changed.</param>
        /// <param name="disk">The disk.</param>
        public DeviceStore(string root, Hello hello, byte[] rotations, IStoreDisk disk)
        {
            Disk = disk;
            DeviceId = hello.IdText;
            Folder = Path.Combine(root, DeviceId);
            Key = KeyOf(hello);
            _rotationBytes = rotations;
            Rotations = RotationFile.Read(rotations, out string? problem);
            _chain = KeyChain.Of(Key, Rotations);
            bool whole =
                problem == null
                && (
                    Rotations.Count == 0
                    || _chain.Statements.Count == Rotations.Count && Key.Bytes.SequenceEqual(Rotations[^1].NextKey.Bytes)
                );
            if (!whole || !_chain.DeviceId.AsSpan().SequenceEqual(hello.DeviceId))
            {
                throw new StoreException("the camera's id is not that of its key" + (problem == null ? "" : ": " + problem), Impostor);
            }
        }

        /// <summary>Whether a camera has another key than the one that its id comes from.</summary>
        public static bool IsRotated(Hello hello) => !KeyOf(hello).DeviceId.AsSpan().SequenceEqual(hello.DeviceId);

        /// <summary>The key that a camera states; throws <see cref="StoreException"/> when it is none.</summary>
        public static TrustedKey KeyOf(Hello hello)
        {
            try
            {
                return TrustedKey.FromBytes(hello.Key);
            }
            catch (FormatException error)
            {
                throw new StoreException("the camera states a key that is none: " + error.Message, Impostor);
            }
        }

        /// <summary>The disk.</summary>
        public IStoreDisk Disk { get; }

        /// <summary>The camera's id, hex.</summary>
        public string DeviceId { get; }

        /// <summary>OUT/&lt;device id&gt;.</summary>
        public string Folder { get; }

        /// <summary>The camera's key. The id is that of its first one, from which the rotation statements lead to this.</summary>
        public TrustedKey Key { get; }

        /// <summary>The rotation statements.</summary>
        public IReadOnlyList<RotationStatement> Rotations { get; }

        /// <summary>Where the audit log lies.</summary>
        public string AuditLog => Path.Combine(Folder, "AUDIT.LOG");

        /// <summary>Where the log of a card lies that the camera does not have in it now.</summary>
        public string OtherLog(ulong logId) => Path.Combine(Folder, $"AUDIT-{logId:x16}.LOG");

        /// <summary>Where sectors of a log lie that the camera has overwritten since.</summary>
        public string Overwritten(ulong logId) => Path.Combine(Folder, $"AUDIT-{logId:x16}.OLD");

        /// <summary>Makes the folders and the file of the public key.</summary>
        public void Prepare()
        {
            Disk.MakeFolder(Arriving);
            string path = Path.Combine(Folder, "DEVICE.PUB"),
                rotated = Path.Combine(Folder, RotationFile.Name);
            if (Disk.Exists(path))
            {
                SameDevice(path);
            }

            byte[] before = Disk.Exists(rotated) ? Disk.Read(rotated, LargestKeyFile) ?? [] : [];
            if (!_rotationBytes.AsSpan().StartsWith(before))
            {
                throw new StoreException("the camera's rotation statements are not those that it brought before", Impostor);
            }

            if (_rotationBytes.Length > before.Length)
            {
                Disk.Write(rotated, _rotationBytes);
            }

            if (!Disk.Exists(path))
            {
                Disk.Write(path, PublicKeyFile());
            }
        }

        // The key of the first sync stays: what the camera has now must follow from it.
        private void SameDevice(string path)
        {
            TrustedKey known;
            try
            {
                known = TrustedKey.Parse(Disk.Read(path, LargestKeyFile) ?? []);
            }
            catch (FormatException error)
            {
                throw new StoreException(
                    $"{path} is damaged: {error.Message}",
                    "put back the camera's DEVICE.PUB as it was noted when it was issued"
                );
            }
            if (!_chain.Holds(known))
            {
                throw new StoreException($"the camera's key does not follow from the one in {path}", Impostor);
            }
        }

        /// <summary>Path of a segment.</summary>
        public string Segment(long recording, long segment) =>
            Path.Combine(Folder, Number(recording), segment.ToString("0000", CultureInfo.InvariantCulture) + ".mp4");

        /// <summary>Path of the record beside it.</summary>
        public static string RecordOf(string segment) => Path.ChangeExtension(segment, ".json");

        /// <summary>Path of the receipt beside it.</summary>
        public static string ReceiptOf(string segment) => Path.ChangeExtension(segment, ".receipt");

        /// <summary>The record of a stored segment; null when it is not stored, or is not the one that the camera lists.</summary>
        public SegmentRecord? Stored(SlotEntry entry)
        {
            string path = Segment(entry.Recording, entry.Segment);
            SegmentRecord? record = Disk.Exists(path) ? SegmentRecord.Read(Disk.Read(RecordOf(path), SegmentRecord.MostBytes)) : null;
            return
                record != null
                && record.Device == DeviceId
                && record.CloseDigest.StartsWith(Convert.ToHexStringLower(entry.Digest), StringComparison.Ordinal)
                ? record
                : null;
        }

        /// <summary>Where a segment arrives.</summary>
        public string ArrivingAs(SlotEntry entry) => Path.Combine(Arriving, Convert.ToHexStringLower(entry.Digest) + ".part");

        /// <summary>Where what does not verify is kept.</summary>
        public string RefusedAs(SlotEntry entry) =>
            Path.Combine(Folder, "refused", $"{Number(entry.Recording)}-{entry.Segment:0000}-{Convert.ToHexStringLower(entry.Digest)}.mp4");

        private string Arriving => Path.Combine(Folder, "arriving");

        private static string Number(long recording) => recording.ToString("000000", CultureInfo.InvariantCulture);

        /// <summary>FORMAT.md 2.1.</summary>
        private byte[] PublicKeyFile()
        {
            string text =
                $"lapel device key 1\nid {DeviceId}\nkey {Convert.ToHexStringLower(Key.Bytes)}\n"
                + (Rotations.Count == 0 ? "" : $"first {Convert.ToHexStringLower(Rotations[0].FormerKey.Bytes)}\n");
            return [.. Encoding.ASCII.GetBytes(text.PadRight(PublicKeyBytes - 1)), .. "\n"u8];
        }
    }
}
