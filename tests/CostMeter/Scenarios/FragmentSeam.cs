// SPDX-License-Identifier: MIT

namespace Lapel.CostMeter.Scenarios;

/// <summary>
/// Finds the ends of fragments in what goes to the card: header, frames in one or two writes each, trailer. Figures over whole fragments do
/// not depend on where they begin.
/// </summary>
public sealed class FragmentSeam
{
    /// <summary>Bytes of a frame of the budget in the slot: whole sectors.</summary>
    const int StoredBytes = (CameraRig.FrameBytes + 511) / 512 * 512;

    /// <summary>
    /// Bytes of the trailer and the terminator behind it. Frames of the budget lie at multiples of 2,048 in their pages, so that no part of
    /// one has this length.
    /// </summary>
    const int TrailerBytes = 1024;

    const int Grain = 2048,
        HeaderBytes = 512,
        AuditSectorBytes = 512;

    bool afterTrailer;
    long frameBytes;

    /// <summary>Frames written so far.</summary>
    public int Frames => (int)(frameBytes / StoredBytes);

    /// <summary>Whether the step noted last wrote a frame, or part of one.</summary>
    public bool WasFrame { get; private set; }

    /// <summary>Notes what one step did; an audit sector may be in it. True when it wrote a trailer.</summary>
    public bool Ends(Counts step)
    {
        long written = step[Counter.FileWrittenBytes];
        WasFrame = false;
        if (written == 0)
        {
            return false;
        }

        if (written == TrailerBytes + AuditSectorBytes)
        {
            // In the same turn of the loop.
            written -= AuditSectorBytes;
        }

        if (written == TrailerBytes && !afterTrailer)
        {
            afterTrailer = true;
            return true;
        }

        if (written == HeaderBytes || afterTrailer)
        {
            afterTrailer = false;
            return false;
        }

        written -= written % Grain;
        WasFrame = true;
        frameBytes += written;
        return false;
    }
}
