namespace Lapel.CostMeter.Scenarios;

/// <summary>Finds the ends of fragments in what goes to the card: header, frames, trailer. Figures over whole fragments do not depend on where they begin.</summary>
public sealed class FragmentSeam
{
    bool wroteFrame;

    /// <summary>Frames written so far.</summary>
    public int Frames { get; private set; }

    /// <summary>Notes what one step did. True when it wrote a trailer: what comes after a frame and is none.</summary>
    public bool Ends(Counts step)
    {
        long written = step[Counter.FileWrittenBytes];
        if (written == 0) return false;
        bool isFrame = written >= CameraRig.FrameBytes, ends = wroteFrame && !isFrame;
        wroteFrame = isFrame;
        if (isFrame) Frames++;
        return ends;
    }
}
