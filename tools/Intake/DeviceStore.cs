using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Lapel.Link;
using Lapel.Verify;

namespace Lapel.Intake
{
    /// <summary>
    /// What one camera brought: OUT/&lt;device id&gt;/ with DEVICE.PUB, AUDIT.LOG, a folder for each recording number with its segments, `arriving` with what is
    /// still on its way, and `refused` with what did not verify.
    /// </summary>
    public sealed class DeviceStore
    {
        private const int PublicKeyBytes = 512;

        /// <param name="root">OUT.</param>
        /// <param name="hello">The camera.</param>
        /// <param name="disk">The disk.</param>
        public DeviceStore(string root, Hello hello, IStoreDisk disk)
        {
            Disk = disk;
            DeviceId = hello.IdText;
            Folder = Path.Combine(root, DeviceId);
            Key = TrustedKey.FromBytes(hello.Key);
            if (!Key.DeviceId.AsSpan().SequenceEqual(hello.DeviceId))
                throw new StoreException("the camera's id is not that of its key", "it may be an impostor: check its key against the one that was noted when it was issued");
        }

        /// <summary>The disk.</summary>
        public IStoreDisk Disk { get; }

        /// <summary>The camera's id, hex.</summary>
        public string DeviceId { get; }

        /// <summary>OUT/&lt;device id&gt;.</summary>
        public string Folder { get; }

        /// <summary>The camera's key, whose fingerprint the id is.</summary>
        public TrustedKey Key { get; }

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
            string path = Path.Combine(Folder, "DEVICE.PUB");
            if (!Disk.Exists(path)) Disk.Write(path, PublicKeyFile());
        }

        /// <summary>Path of a segment.</summary>
        public string Segment(long recording, long segment) => Path.Combine(Folder, Number(recording), segment.ToString("0000", CultureInfo.InvariantCulture) + ".mp4");

        /// <summary>Path of the record beside it.</summary>
        public static string RecordOf(string segment) => Path.ChangeExtension(segment, ".json");

        /// <summary>Path of the receipt beside it.</summary>
        public static string ReceiptOf(string segment) => Path.ChangeExtension(segment, ".receipt");

        /// <summary>The record of a stored segment; null when it is not stored, or is not the one that the camera lists.</summary>
        public SegmentRecord? Stored(SlotEntry entry)
        {
            string path = Segment(entry.Recording, entry.Segment);
            SegmentRecord? record = Disk.Exists(path) ? SegmentRecord.Read(Disk.Read(RecordOf(path), SegmentRecord.MostBytes)) : null;
            return record != null && record.Device == DeviceId && record.CloseDigest.StartsWith(Convert.ToHexStringLower(entry.Digest), StringComparison.Ordinal) ? record : null;
        }

        /// <summary>Where a segment arrives.</summary>
        public string ArrivingAs(SlotEntry entry) => Path.Combine(Arriving, Convert.ToHexStringLower(entry.Digest) + ".part");

        /// <summary>Where what does not verify is kept.</summary>
        public string RefusedAs(SlotEntry entry) => Path.Combine(Folder, "refused", $"{Number(entry.Recording)}-{entry.Segment:0000}-{Convert.ToHexStringLower(entry.Digest)}.mp4");

        private string Arriving => Path.Combine(Folder, "arriving");

        private static string Number(long recording) => recording.ToString("000000", CultureInfo.InvariantCulture);

        /// <summary>FORMAT.md 2.1.</summary>
        private byte[] PublicKeyFile()
        {
            string text = $"lapel device key 1\nid {DeviceId}\nkey {Convert.ToHexStringLower(Key.Bytes)}\n";
            return [.. Encoding.ASCII.GetBytes(text.PadRight(PublicKeyBytes - 1)), .. "\n"u8];
        }
    }
}
