using System;
using Lapel.Evidence;
using Lapel.Hal;
using Lapel.Hal.Esp32;
using Lapel.Recorder;

namespace Lapel.CostMeter.Scenarios;

/// <summary>A complete fragment of four frames, 500 ms, put on the card: header, frames, chain, code, trailer.</summary>
public sealed class FragmentClose : IScenario
{
    const int Frames = 4;
    const int IntervalMs = 125;

    readonly FrameRing ring = new(pages: 64, maxFrames: 64);
    readonly FragmentGatherer gatherer = new();
    SegmentWriter? writer;

    public string Name => "fragment close";

    public void Prepare()
    {
        ReferenceBoard board = CameraRig.BoardWithCard();
        var digests = new Digests(board.Natives);
        var keys = new KeyBoot(board, digests, "LP-0001");
        while (keys.Step()) { }
        writer = new SegmentWriter(digests, keys.Device, keys.Signer, board.Clock, new CardStatistics());
        writer.Open(board.Card.Open(SlotPath.File(0)), SampleFacts.Of(digests), new SegmentLedger(new PressLog(PressLog.DefaultCapacity)), 0, 0, 0, 0, null);
        Finish();
        Gather(0);
        Run(); // One before: buffers are there.
        Gather(Frames);
    }

    public void Run()
    {
        int end = gatherer.First + gatherer.Count;
        writer!.BeginFragment(ring, gatherer, (long)end * IntervalMs);
        gatherer.Reset();
        Finish();
    }

    void Finish()
    {
        while (writer!.IsBusy)
        {
            CardStatus status = writer.Step();
            if (status != CardStatus.Ok) throw new InvalidOperationException($"the card says {status}");
        }
    }

    void Gather(int first)
    {
        for (int serial = first; serial < first + Frames; serial++)
        {
            ring.Recording = true;
            if (!ring.Begin(CameraRig.FrameBytes)) throw new InvalidOperationException("the ring is full");
            for (int left = CameraRig.FrameBytes; left > 0;)
            {
                int count = Math.Min(left, ring.WriteRoom);
                ring.Advance(count);
                left -= count;
            }
            ring.Commit(CameraRig.FrameBytes, serial * IntervalMs);
            if (!gatherer.Accept(ring, serial)) throw new InvalidOperationException("the fragment takes no frame");
        }
    }
}
