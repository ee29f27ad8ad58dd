using System;

namespace Lapel.CostMeter.Scenarios;

/// <summary>
/// One frame while recording, in the loop of the whole camera: the turns that commanded, read or wrote anything, in the course of whole
/// fragments between two checkpoints. One row shows these turns as they are; the other what the frame adds to a loop that turns anyway,
/// each turn less what a turn costs that finds nothing to do.
/// </summary>
public sealed class LoopFrame : ISharedScenario
{
    const int Fragments = 8;

    readonly bool withLoop;
    readonly bool isSealed;
    readonly FragmentSeam seam = new();
    CameraRig? rig;

    /// <param name="withLoop">Whether the loop's own cost in these turns counts.</param>
    /// <param name="isSealed">Whether the content is sealed.</param>
    public LoopFrame(bool withLoop, bool isSealed = false)
    {
        this.withLoop = withLoop;
        this.isSealed = isSealed;
    }

    public string Name => (isSealed ? "recorded frame, sealed" : "recorded frame") + (withLoop ? ", loop included" : "");

    public Counts Counted { get; private set; } = Counts.None;

    public int Units { get; private set; }

    public void Prepare()
    {
        rig = CameraRig.Recording(isSealed);
        while (!seam.Ends(rig.CountedTurn())) { }
    }

    public void Run()
    {
        Counts worked = Counts.None, waited = Counts.None;
        int workTurns = 0, waitTurns = 0, before = seam.Frames;
        for (int fragments = 0; fragments < Fragments;)
        {
            Counts turn = rig!.CountedTurn();
            if (CameraRig.Works(turn))
            {
                worked = worked.Plus(turn);
                workTurns++;
            }
            else if (turn[Counter.SpiBytes] == 0)
            {
                waited = waited.Plus(turn);
                waitTurns++;
            }

            if (seam.Ends(turn)) fragments++;
        }

        if (waitTurns == 0) throw new InvalidOperationException("no turn of the loop found nothing to do: the camera is overloaded");
        Units = seam.Frames - before;
        Counted = withLoop ? worked : worked.Less(waited.Times(workTurns, waitTurns));
    }
}
