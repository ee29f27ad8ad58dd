// SPDX-License-Identifier: MIT

using System;
using Lapel.Authority;
using Lapel.Intake;

namespace Lapel.Cli
{
    /// <summary>An archive's key, which signs receipts.</summary>
    internal sealed class ArchiveKey(SigningKey key) : IArchive
    {
        public byte[] Receipt(byte[] deviceId, byte[] recordingId, uint recording, uint segment, byte[] closeDigest, DateTime utc) =>
            Receipts.Make(key, deviceId, recordingId, recording, segment, closeDigest, utc);
    }
}
