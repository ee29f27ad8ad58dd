// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Intake
{
    /// <summary>The archive whose receipts release segments.</summary>
    public interface IArchive
    {
        /// <summary>The receipt for a stored segment (CUSTODY.md).</summary>
        byte[] Receipt(byte[] deviceId, byte[] recordingId, uint recording, uint segment, byte[] closeDigest, DateTime utc);
    }
}
