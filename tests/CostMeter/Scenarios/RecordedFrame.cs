using System;

namespace Lapel.CostMeter.Scenarios;

/// <summary>
/// One frame while recording, from the command to the sensor to its bytes on the card, its fragment's share included: the turns of the loop that
/// commanded, read or wrote anything in the course of whole fragments, between two checkpoints. What each of these turns would have
/// cost anyhow, with nothing to do, is the loop's and not the frame's; one row shows the frame alone, the other both.
/// </summary>
public sealed class RecordedFrame : ISharedScenario
{
    const int Fragments = 8;

    readonly bool withLoop;
    readonly bool isSealed;
    CameraRig? rig;
    bool wroteFrame;

    /// <param name="withLoop">Whether the loop's own cost in these turns counts.</param>
    /// <param name="isSealed">Whether the content is sealed.</param>
    public RecordedFrame(bool withLoop, bool isSealed = false)
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
        while (!EndsFragment(rig.CountedTurn())) { }
    }

    public void Run()
    {
        Counts worked = Counts.None, waited = Counts.None;
        int workTurns = 0, waitTurns = 0;
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

            if (IsFrame(turn)) Units++;
            if (EndsFragment(turn)) fragments++;
        }

        if (waitTurns == 0) throw new InvalidOperationException("no turn of the loop found nothing to do: the camera is overloaded");
        Counted = withLoop ? worked : worked.Less(waited.Times(workTurns, waitTurns));
    }

    static bool IsFrame(Counts turn) => turn[Counter.FileWrittenBytes] >= CameraRig.FrameBytes;

    // Header, frames, trailer: the trailer is what is written after a frame and is none.
    bool EndsFragment(Counts turn)
    {
        if (turn[Counter.FileWrittenBytes] == 0) return false;
        bool ends = wroteFrame && !IsFrame(turn);
        wroteFrame = IsFrame(turn);
        return ends;
    }
}
