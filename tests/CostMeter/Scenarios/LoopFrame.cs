// SPDX-License-Identifier: MIT

namespace Lapel.CostMeter.Scenarios;

/// <summary>
/// One frame while recording with everything around it: its fragment's share, and the turns of the whole camera's loop in which anything
/// was
/// commanded, read or written, in the course of whole fragments between two checkpoints.
/// </summary>
public sealed class LoopFrame : ISharedScenario
{
    const int Fragments = 8;

    readonly FragmentSeam seam = new();
    CameraRig? rig;

    public string Name => "recorded frame, loop and fragment included";

    public Counts Counted { get; private set; } = Counts.None;

    public int Units { get; private set; }

    public void Prepare()
    {
        rig = CameraRig.Recording();
        while (!seam.Ends(rig.CountedTurn())) { }
    }

    public void Run()
    {
        int before = seam.Frames;
        for (int fragments = 0; fragments < Fragments;)
        {
            Counts turn = rig!.CountedTurn();
            if (CameraRig.Works(turn))
            {
                Counted = Counted.Plus(turn);
            }

            if (seam.Ends(turn))
            {
                fragments++;
            }
        }

        Units = seam.Frames - before;
    }
}
