// SPDX-License-Identifier: MIT

using System;
using Lapel.Authority;
using Lapel.Intake;

namespace Lapel.Link.Tests
{
    /// <summary>An archive that signs for whatever it is asked for.</summary>
    internal sealed class BenchArchive(SigningKey key) : IArchive
    {
        public byte[] Receipt(byte[] deviceId, byte[] recordingId, uint recording, uint segment, byte[] closeDigest, DateTime utc) =>
            Receipts.Make(key, deviceId, recordingId, recording, segment, closeDigest, utc);
    }
}
