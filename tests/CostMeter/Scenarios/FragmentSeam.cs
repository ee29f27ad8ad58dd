// SPDX-License-Identifier: MIT

namespace Lapel.CostMeter.Scenarios;

/// <summary>
/// Finds the ends of fragments in what goes to the card: header, frames, trailer. Figures over whole fragments do not depend on where they
/// begin.
/// </summary>
public sealed class FragmentSeam
{
    bool wroteFrame;

    /// <summary>Frames written so far.</summary>
    public int Frames { get; private set; }

    /// <summary>Whether a step wrote a frame.</summary>
    public static bool IsFrame(Counts step) => step[Counter.FileWrittenBytes] >= CameraRig.FrameBytes;

    /// <summary>Notes what one step did. True when it wrote a trailer: what comes after a frame and is none.</summary>
    public bool Ends(Counts step)
    {
        if (step[Counter.FileWrittenBytes] == 0)
        {
            return false;
        }

        bool isFrame = IsFrame(step),
            ends = wroteFrame && !isFrame;
        wroteFrame = isFrame;
        if (isFrame)
        {
            Frames++;
        }

        return ends;
    }
}
