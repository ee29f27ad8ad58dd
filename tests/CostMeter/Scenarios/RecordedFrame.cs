namespace Lapel.CostMeter.Scenarios;

/// <summary>
/// One frame while recording, from the command to the sensor to its bytes on the card, its fragment's share included: the turns of the loop that
/// commanded, read or wrote anything, between two checkpoints. What each of these turns would have cost anyhow, with nothing to do, is the
/// loop's and not the frame's; one row shows the frame alone, the other both.
/// </summary>
public sealed class RecordedFrame : ISharedScenario
{
    const int Frames = 32;

    // A waiting turn asks the sensor's state at most: one register, three bytes.
    const int AskingBytes = 3;

    readonly bool withLoop;
    CameraRig? rig;

    /// <param name="withLoop">Whether the loop's own cost in these turns counts.</param>
    public RecordedFrame(bool withLoop) => this.withLoop = withLoop;

    public string Name => withLoop ? "recorded frame, loop included" : "recorded frame";

    public Counts Counted { get; private set; } = Counts.None;

    public int Units => Frames;

    public void Prepare() => rig = CameraRig.Recording();

    public void Run()
    {
        Counts worked = Counts.None, waited = Counts.None;
        int workTurns = 0, waitTurns = 0;
        int last = rig!.Camera.Pump.Captured + Frames;
        while (rig.Camera.Pump.Captured < last)
        {
            Counts before = Counts.Now();
            rig.Turn();
            Counts turn = Counts.Now().Since(before);
            if (turn[Counter.SpiBytes] > AskingBytes || turn[Counter.FileWrittenBytes] > 0)
            {
                worked = worked.Plus(turn);
                workTurns++;
            }
            else if (turn[Counter.SpiBytes] == 0)
            {
                waited = waited.Plus(turn);
                waitTurns++;
            }
        }

        Counted = withLoop ? worked : worked.Less(waited.Times(workTurns, waitTurns));
    }
}
