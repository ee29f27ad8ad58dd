// SPDX-License-Identifier: MIT

using Lapel.Recorder;

namespace Lapel.CostMeter.Scenarios;

/// <summary>
/// One frame while recording with everything around it: its fragment's share, and the turns of the whole camera's loop in which anything
/// was commanded, read or written, in the course of whole fragments between two checkpoints. A fragment ends with the turn in which the
/// ring gets its frames back: its trailer is on the card.
/// </summary>
public sealed class LoopFrame : ISharedScenario
{
    const int Fragments = 8;

    CameraRig? rig;

    public string Name => "recorded frame, loop and fragment included";

    public Counts Counted { get; private set; } = Counts.None;

    public int Units { get; private set; }

    public void Prepare()
    {
        rig = CameraRig.Recording();
        while (Turn(out _) == 0) { }
    }

    public void Run()
    {
        for (int fragments = 0; fragments < Fragments;)
        {
            int released = Turn(out Counts turn);
            if (CameraRig.Works(turn))
            {
                Counted = Counted.Plus(turn);
            }

            if (released > 0)
            {
                fragments++;
                Units += released;
            }
        }
    }

    // Frames that one turn gave back to the ring.
    int Turn(out Counts turn)
    {
        FrameRing ring = rig!.Camera.Ring;
        CapturePump pump = rig.Camera.Pump;
        int released = pump.Captured - ring.PinnedFrames;
        turn = rig.CountedTurn();
        return pump.Captured - ring.PinnedFrames - released;
    }
}
