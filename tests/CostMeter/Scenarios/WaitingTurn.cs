namespace Lapel.CostMeter.Scenarios;

/// <summary>A turn of the loop while recording that finds nothing to do: what waiting costs, 100 times a second.</summary>
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
        int waited = 0;
        while (waited < Turns)
        {
            Counts before = Counts.Now();
            rig!.Turn();
            Counts turn = Counts.Now().Since(before);
            if (turn[Counter.SpiBytes] > 0 || turn[Counter.FileWrittenBytes] > 0) continue;
            Counted = Counted.Plus(turn);
            waited++;
        }
    }
}
