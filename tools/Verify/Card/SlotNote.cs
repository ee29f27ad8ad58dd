// SPDX-License-Identifier: MIT

namespace Lapel.Verify
{
    /// <summary>A release note in a slot (FORMAT.md 10.2): anybody can write one, so it proves nothing.</summary>
    /// <param name="DeviceId">Device id.</param>
    /// <param name="Slot">Slot number.</param>
    /// <param name="RecordingNumber">Recording number.</param>
    /// <param name="Segment">Segment number.</param>
    /// <param name="Digest">First 8 bytes of the close digest.</param>
    /// <param name="Archive">Fingerprint of the archive; zero when recovery finished the release.</param>
    public sealed record SlotNote(byte[] DeviceId, uint Slot, uint RecordingNumber, uint Segment, ulong Digest, byte[] Archive);
}
