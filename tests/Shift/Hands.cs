using System;
using Lapel.Authority;
using Lapel.Intake;
using Lapel.Link;

namespace Lapel.Shift.Tests
{
    /// <summary>A station that counts its proofs.</summary>
    internal sealed class Station(SigningKey key, Truth truth) : IStation
    {
        public byte[] Fingerprint => key.Fingerprint;

        public byte[] PublicKey => key.Public.Bytes;

        public byte[] Prove(byte[] deviceId, byte[] nonce, CameraRole role)
        {
            truth.Proofs++;
            return Login.Prove(key, deviceId, nonce, (byte)role);
        }
    }

    /// <summary>An archive that remembers its receipts.</summary>
    internal sealed class Archive(SigningKey key, Truth truth, Func<long> nowUs) : IArchive
    {
        public byte[] PublicKey => key.Public.Bytes;

        public byte[] Receipt(byte[] deviceId, byte[] recordingId, uint recording, uint segment, byte[] closeDigest, DateTime utc)
        {
            truth.Receipts.Add(new TrueReceipt(recording, segment, closeDigest, nowUs()));
            return Receipts.Make(key, deviceId, recordingId, recording, segment, closeDigest, utc);
        }
    }
}
