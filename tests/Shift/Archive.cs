// SPDX-License-Identifier: MIT

using System;
using Lapel.Authority;
using Lapel.Intake;

namespace Lapel.Shift.Tests
{
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
