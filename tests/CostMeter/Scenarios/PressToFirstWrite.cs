// SPDX-License-Identifier: MIT

using System;

namespace Lapel.CostMeter.Scenarios;

/// <summary>
/// From the second down of the double press, with 30 s in the ring, until the recording is on the card: the wait until the turn of the loop
/// that takes the press for what it is (contacts settle meanwhile, and a picture may be on its way), and that turn.
/// </summary>
public sealed class PressToFirstWrite : ISharedScenario
{
    readonly bool isSealed;
    CameraRig? rig;

    /// <param name="isSealed">Whether the recording is sealed; its envelope is ready then.</param>
    public PressToFirstWrite(bool isSealed = false) => this.isSealed = isSealed;

    public string Name => isSealed ? "press to first write, sealed" : "press to first write";

    public Counts Counted { get; private set; } = Counts.None;

    public int Units => 1;

    public void Prepare()
    {
        rig = new CameraRig(slots: 64, used: 0, isSealed);
        rig.Buffer(seconds: 32);
        rig.PressTwice();
    }

    public void Run()
    {
        long pressUs = rig!.PressedUs,
            turnUs;
        Counts turn;
        do
        {
            turnUs = rig.NowUs;
            if (turnUs - pressUs > 1_000_000)
            {
                throw new InvalidOperationException("nothing was written within a second of the press");
            }

            turn = rig.CountedTurn();
        } while (turn[Counter.FileWrittenBytes] == 0);
        Counted = turn.Plus(Counts.Of((Counter.SleptMilliseconds, (turnUs - pressUs) / 1000)));
    }
}
