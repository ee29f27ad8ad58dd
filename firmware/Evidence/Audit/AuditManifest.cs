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
        /// <param name="reason">1 time, 2 a recording was closed, 3 a proper end.</param>
        public byte[] Build(AuditHead before, long sequence, long log, long place, StatedClock clock, int reason)
        {
            CborWriter cbor = _fields.Begin(7);
            _fields.Pair(1, FormatVersion.Current);
            _fields.Pair(2, (int)ManifestKind.AuditLog);
            cbor.Int(3);
            cbor.Bytes(_device.Id);
            _fields.AuditHead(before);
            cbor.Int(32);
            cbor.BeginArray(3);
            cbor.Bytes(Number(log));
            cbor.Int(place);
            cbor.Int(sequence);
            cbor.Int(33);
            cbor.BeginArray(5);
            cbor.Int(_device.BootNumber);
            cbor.Int(clock.NowMs);
            _fields.IntOrNull(clock.IsSet, clock.UtcMs);
            _fields.IntOrNull(clock.UncertaintyMs >= 0, clock.UncertaintyMs);
            cbor.Int((int)clock.Source);
            _fields.Pair(34, reason);
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
