using System;

namespace Lapel.CostMeter.Scenarios;

/// <summary>
/// From the second down of the double press, with 30 s in the ring, until the first byte of the recording is on the card. The time in which
/// contacts settle counts.
/// </summary>
public sealed class PressToFirstWrite : IScenario
{
    CameraRig? rig;

    public string Name => "press to first write";

    public void Prepare()
    {
        rig = new CameraRig(slots: 64, used: 0);
        rig.Buffer(seconds: 32);
        rig.PressTwice();
    }

    public void Run()
    {
        long limitUs = rig!.NowUs + 1_000_000;
        Counts before = Counts.Now();
        while (Counts.Now().Since(before)[Counter.FileWrittenBytes] == 0)
        {
            if (rig.NowUs > limitUs) throw new InvalidOperationException("nothing was written within a second of the press");
            rig.Turn();
        }
    }
}
