// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>Writes the manifest of the audit log's checkpoints (FORMAT.md section 9.3).</summary>
    public sealed class AuditManifest
    {
        /// <summary>Most bytes that it takes.</summary>
        public const int Room = 207;

        private readonly DeviceIdentity _device;
        private readonly ManifestFields _fields = new ManifestFields(Room);

        /// <summary>Manifests of this device.</summary>
        public AuditManifest(DeviceIdentity device)
        {
            _device = device;
        }

        /// <summary>The manifest.</summary>
        /// <param name="before">The sector before: everything up to it is signed.</param>
        /// <param name="sequence">Sequence number of the sector that holds the checkpoint.</param>
        /// <param name="log">Id of the log.</param>
        /// <param name="place">Sectors written to the file before it.</param>
        /// <param name="clock">The time of signing.</param>
        /// <param name="reason">Why it is written.</param>
        public byte[] Build(AuditHead before, long sequence, long log, long place, StatedClock clock, CheckpointReason reason)
        {
            CborWriter cbor = _fields.Begin(7);
            _fields.Pair(ManifestKey.Version, FormatVersion.Current);
            _fields.Pair(ManifestKey.Kind, (int)ManifestKind.AuditLog);
            cbor.Int(ManifestKey.DeviceId);
            cbor.Bytes(_device.Id);
            _fields.AuditHead(before);
            cbor.Int(ManifestKey.AuditPlace);
            cbor.BeginArray(3);

            // As bytes: the id is no number, and its topmost bit would make a negative one of it.
            cbor.Bytes(Number(log));
            cbor.Int(place);
            cbor.Int(sequence);
            cbor.Int(ManifestKey.SigningTime);
            cbor.BeginArray(5);
            cbor.Int(_device.BootNumber);
            cbor.Int(clock.NowMs);
            long utcMs = clock.UtcMs;
            int uncertaintyMs = clock.UncertaintyOf(utcMs);
            _fields.IntOrNull(utcMs != 0, utcMs);
            _fields.IntOrNull(uncertaintyMs >= 0, uncertaintyMs);
            cbor.Int((int)clock.SourceOf(utcMs));
            _fields.Pair(ManifestKey.CheckpointReason, (int)reason);
            return cbor.ToArray();
        }

        private static byte[] Number(long value)
        {
            var bytes = new byte[8];
            BigEndian.Put64(bytes, 0, value);
            return bytes;
        }
    }
}
