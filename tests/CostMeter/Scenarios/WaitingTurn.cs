// SPDX-License-Identifier: MIT

namespace Lapel.CostMeter.Scenarios;

/// <summary>A turn of the loop while recording that finds nothing to do and asks nobody: what waiting costs.</summary>
public sealed class WaitingTurn : ISharedScenario
{
    const int Turns = 100;

    CameraRig? rig;

    public string Name => "waiting turn";

    public Counts Counted { get; private set; } = Counts.None;

    public int Units => Turns;

    public void Prepare() => rig = CameraRig.Recording();

    public void Run()
    {
        for (int waited = 0; waited < Turns;)
        {
            Counts turn = rig!.CountedTurn();
            if (CameraRig.Works(turn) || turn[Counter.SpiBytes] > 0)
            {
                continue;
            }

            Counted = Counted.Plus(turn);
            waited++;
        }
    }
}
