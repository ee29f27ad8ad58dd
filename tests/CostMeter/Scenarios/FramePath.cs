// SPDX-License-Identifier: MIT

using System;
using Lapel.Custody;
using Lapel.Evidence;
using Lapel.Hal;
using Lapel.Hal.Esp32;
using Lapel.Recorder;

namespace Lapel.CostMeter.Scenarios;

/// <summary>
/// The path of pictures while recording, without the camera's loop around it: every step of the capture pump and of the recording that did
/// anything but wait, in the course of whole fragments between two checkpoints. The steps divide into two rows without rest: what each
/// frame takes (sensor, ring, hash, card), and what each fragment takes besides (gathering, header, chain, code, trailer).
/// </summary>
public sealed class FramePath : ISharedScenario
{
    const int Fragments = 8;
    const int IntervalMs = 125;

    readonly bool perFragment;
    readonly bool isSealed;
    readonly FragmentSeam seam = new();
    IClock? clock;
    CapturePump? pump;
    RecordingSession? session;

    /// <param name="perFragment">The fragment's row; otherwise the frame's.</param>
    /// <param name="isSealed">Whether the content is sealed.</param>
    public FramePath(bool perFragment, bool isSealed = false)
    {
        this.perFragment = perFragment;
        this.isSealed = isSealed;
    }

    public string Name => (perFragment ? "fragment close" : "recorded frame") + (isSealed ? ", sealed" : "");

    public Counts Counted { get; private set; } = Counts.None;

    public int Units { get; private set; }

    public void Prepare()
    {
        ReferenceBoard board = CameraRig.BoardWithCard();
        clock = board.Clock;
        var digests = new Digests(board.Natives);
        var keys = new KeyBoot(board, digests, "LP-0001");
        while (keys.Step() || keys.OrderKey()) { }
        var store = new CardStore(board.Card, board.Natives, new CameraConfiguration().SlotBytes);
        while (!store.IsReady)
        {
            Expect(store.Step());
        }

        var allocator = new SlotAllocator(store);
        store.Files.Enter(CardSituation.RecordingBusy);
        while (!allocator.HasSpare)
        {
            Expect(allocator.Prepare(FileUse.Spare));
        }

        var ring = new FrameRing(pages: 64, maxFrames: 512);
        pump = new CapturePump(board.Camera, ring, clock);
        pump.Configure(FrameSize.Vga, FrameQuality.Default, IntervalMs);
        session = new RecordingSession(
            new DeviceSigning(digests, keys.Device, keys.Signer, board.Clock),
            ring,
            allocator,
            new PressLog(PressLog.DefaultCapacity)
        );
        while (pump.Captured == 0)
        {
            Step();
        }

        RecordingFacts facts = SampleFacts.Of(digests);
        if (isSealed)
        {
            facts.Seal = Seal(board, digests, keys.Keys);
        }

        if (!session.Start(facts, clock.Microseconds / 1000))
        {
            throw new InvalidOperationException($"no recording: {session.Status}");
        }

        // Until pre-event footage has its segment and the first frames are over.
        long settledUs = clock.Microseconds + 3_000_000;
        while (!Step() || clock.Microseconds < settledUs) { }
    }

    public void Run()
    {
        Counted = Counts.None;
        int before = seam.Frames;
        for (int fragments = 0; fragments < Fragments;)
        {
            if (Step())
            {
                fragments++;
            }
        }

        Units = perFragment ? Fragments : seam.Frames - before;
    }

    // One step of both. True when a fragment ended.
    bool Step()
    {
        Counts before = Counts.Now();
        bool worked = pump!.Step(clock!.Microseconds);
        Counts after = Counts.Now();
        if (worked && !perFragment)
        {
            Counted = Counted.Plus(after.Since(before));
        }

        bool wrote = session!.StepLive(clock.Microseconds / 1000, false) || session.StepPreEvent();
        Counts wroteWhat = Counts.Now().Since(after);
        bool ends = seam.Ends(wroteWhat);
        if (wrote && perFragment != seam.WasFrame)
        {
            Counted = Counted.Plus(wroteWhat);
        }

        if (!wrote && !worked)
        {
            clock.Sleep(10);
        }

        return ends;
    }

    static RecordingSeal Seal(ReferenceBoard board, Digests digests, DeviceKeys keys)
    {
        var agency = new byte[32];
        agency[0] = 9;
        var maker = new SealMaker(board.Natives, digests, keys, [agency], new PrivateFacts());
        while (maker.Step()) { }
        return maker.Take();
    }

    static void Expect(CardStatus status)
    {
        if (status != CardStatus.Ok)
        {
            throw new InvalidOperationException($"the card says {status}");
        }
    }
}
