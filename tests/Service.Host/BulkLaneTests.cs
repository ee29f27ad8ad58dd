// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Custody;
using Lapel.Hal.Virtual;
using Lapel.VirtualCamera;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Service.Host.Tests;

/// <summary>Evidence through the port of a whole camera, seen from the dock.</summary>
[TestClass]
public class BulkLaneTests
{
    const int Range = 64 * 1024;

    [TestMethod]
    public void ASegmentArrivesByteForByte()
    {
        using var bench = new DockBench();
        bench.LogInAsDock();
        List<List<object>> items = bench.List();
        Assert.IsTrue(items.Count >= 2, "segments");
        long slot = (long)items[1][0];
        Assert.AreEqual(2L, items[1][1], "closed");
        Answer item = bench.Line.Ask(false, 64, 4, ("id", slot));
        Assert.AreEqual(DockBench.SlotBytes, item.Number("len"));
        CollectionAssert.AreEqual((byte[])items[1][7], item.Bytes("digest")[..8]);
        Assert.AreEqual(32, item.Bytes("digest").Length);
        Assert.AreEqual(1024, item.Number("k"));
        Assert.AreEqual((long)items[1][2], item.Number("rec"));
        Assert.AreEqual((long)items[1][3], item.Number("seg"));
        ToRate(bench, 921600);
        Assert.AreEqual(4096, bench.Line.Ask(false, 64, 4, ("id", slot)).Number("k"));
        byte[] got = Sync(bench, slot, 4096, out int asked);
        CollectionAssert.AreEqual(bench.Slot((int)slot), got);
        Assert.AreEqual(DockBench.SlotBytes / Range, asked, "ranges");
    }

    [TestMethod]
    public void TwoRangesMayWaitAndAThirdMayNot()
    {
        using var bench = new DockBench();
        bench.LogInAsDock();
        int first = bench.SendRange(0, 0, 4096, 512);
        int second = bench.SendRange(0, 100_000, 1000, 512);
        int third = bench.SendRange(0, 8192, 512, 512);
        Assert.AreEqual(10, bench.Line.Await(third)!.Rc);
        Answer one = bench.Line.Await(first)!;
        Assert.AreEqual(0, one.Number("off"));
        Assert.AreEqual(4096, one.Number("len"));
        Assert.AreEqual(8, bench.Line.Frames.Count(f => f.Sequence == first));
        Answer two = bench.Line.Await(second)!;
        Assert.AreEqual(100_000, two.Number("off"));
        Assert.AreEqual(1000, two.Number("len"));
        Frame[] frames = [.. bench.Line.Frames.Where(f => f.Sequence == second)];
        CollectionAssert.AreEqual(new[] { 100_000L, 100_512L }, frames.Select(f => f.Offset).ToArray());
        CollectionAssert.AreEqual(bench.Slot(0)[100_000..101_000], frames.SelectMany(f => f.Payload).ToArray());
        Assert.IsTrue(bench.Line.Await(bench.SendRange(0, 0, 512, 512))!.IsGood, "there is room again");
    }

    [TestMethod]
    public void OtherRequestsAreAnsweredBetweenFrames()
    {
        using var bench = new DockBench();
        bench.LogInAsDock();
        int range = bench.SendRange(0, 0, Range, 512);
        bench.Line.Run(0.5);
        Assert.IsTrue(bench.Line.Frames.Count > 0);
        Answer echo = bench.Line.Ask(true, 0, 0, ("d", "between"));
        Assert.AreEqual("between", echo.Map["r"]);
        Assert.IsTrue(bench.Line.Frames.Count < Range / 512, "the range was not over");
        Assert.AreEqual(Range, bench.Line.Await(range, 10)!.Number("len"));
        Assert.AreEqual(Range / 512, bench.Line.Frames.Count);
    }

    [TestMethod]
    public void ACancelEndsEverythingSoon()
    {
        using var bench = new DockBench();
        bench.LogInAsDock();
        int first = bench.SendRange(0, 0, 262_144, 512);
        int second = bench.SendRange(0, 262_144, 262_144, 512);
        bench.Line.Run(1);
        Assert.IsTrue(bench.Line.Ask(true, 64, 6).IsGood);
        Answer one = bench.Line.Await(first)!;
        Answer two = bench.Line.Await(second)!;
        Assert.AreEqual(bench.Line.Frames.Sum(f => f.Payload.Length), one.Number("len"));
        Assert.IsTrue(one.Number("len") is > 0 and < 262_144);
        Assert.AreEqual(0, two.Number("len"));
        long sent = bench.Line.Cable.BytesToHost;
        bench.Line.Run(1);
        Assert.AreEqual(sent, bench.Line.Cable.BytesToHost, "silence");
        Assert.IsTrue(bench.Line.Ask(true, 64, 6).IsGood, "a cancel of nothing");
    }

    [TestMethod]
    public void DamagedBlocksAreAskedForAgain()
    {
        using var bench = new DockBench();
        bench.LogInAsDock();
        ToRate(bench, 460800);
        bench.Line.Cable.SetFaults(
            new LineFaults
            {
                Flip = 1,
                Drop = 0.2,
                Insert = 0.2,
                Seed = 5,
            }
        );
        byte[] got = Sync(bench, 0, 2048, out int asked);
        bench.Line.Cable.SetFaults(null);
        CollectionAssert.AreEqual(bench.Slot(0), got);
        Assert.IsTrue(bench.Line.Damaged > 5, "the line was not as bad as it should have been");
        Assert.IsTrue(asked > DockBench.SlotBytes / Range, "nothing was asked for again");
    }

    [TestMethod]
    public void ARecordingBreaksASyncOffAndLosesNothing()
    {
        int quiet = Drops(sync: false);
        Assert.AreEqual(0, quiet);
        Assert.AreEqual(0, Drops(sync: true));
    }

    // Pictures lost in a recording that begins in the middle of a sync, which goes on trying.
    static int Drops(bool sync)
    {
        using var bench = new DockBench();
        bench.LogInAsDock();
        ToRate(bench, 921600);
        int range = bench.SendRange(0, 0, 262_144, 4096);
        bench.Line.Run(0.3);
        int before = bench.Camera.Status.Drops + bench.Camera.Firmware.Pump.Missed;
        bench.Press();
        Assert.AreEqual(6, bench.Line.Await(range)!.Error);
        Assert.AreEqual(6, bench.Line.Ask(false, 64, 3).Error, "pre-event footage is still in memory");
        int read = 0;
        for (int i = 0; i < 40; i++)
        {
            if (sync)
            {
                read += bench.Line.Await(bench.SendRange(0, 0, 4096, 4096))! is { IsGood: true } ? 1 : 0;
            }

            if (sync)
            {
                Assert.IsTrue(bench.Line.Ask(false, 64, 0).IsGood);
            }

            bench.Line.Run(0.2);
        }

        Assert.IsTrue(!sync || read > 0, "once it is on the card there is time");
        Assert.AreEqual(OperatingState.Recording, bench.State);
        bench.Stop();
        Assert.AreEqual(4096, bench.Line.Await(bench.SendRange(0, 0, 4096, 4096))!.Number("len"), "after it");
        bench.Line.Run(1);
        return bench.Camera.Status.Drops + bench.Camera.Firmware.Pump.Missed - before;
    }

    [TestMethod]
    public void ANewHostFindsTheCameraAt115200()
    {
        using var bench = new DockBench(recordSeconds: 0);
        Assert.IsTrue(bench.Line.Ask(true, 64, 7, ("baud", 921600)).IsGood);
        bench.Line.Run(1);
        Assert.IsNull(bench.Line.Await(bench.Line.Send(false, 64, 0), 0.5), "at the old rate");
        bench.Line.Run(1.5);
        Assert.IsTrue(bench.Line.Ask(false, 64, 0).IsGood, "not confirmed: back at 115,200");

        ToRate(bench, 3_000_000);
        bench.Line.Run(20);
        Assert.IsTrue(bench.Line.Ask(false, 64, 0).IsGood, "confirmed: it stays");
        bench.Line.Run(31);
        bench.Line.Cable.Baud = 115200;
        Assert.IsTrue(bench.Line.Ask(false, 64, 0).IsGood, "silence: back at 115,200");
        Assert.AreEqual(9, bench.Line.Ask(true, 64, 7, ("baud", 9600)).Error);
    }

    [TestMethod]
    public void AnUnpluggedDockLeavesASilentCamera()
    {
        using var bench = new DockBench();
        bench.LogInAsDock();
        ToRate(bench, 921600);
        bench.SendRange(0, 0, 262_144, 4096);
        bench.SendRange(0, 262_144, 262_144, 4096);
        bench.Line.Run(0.5);
        bench.Line.Cable.Unplug();
        bench.Line.Forget();
        bench.Line.Run(10);
        bench.Line.Cable.Plug();
        bench.Line.Cable.Baud = 921600;
        long sent = bench.Line.Cable.BytesToHost;
        bench.Line.Run(1);
        Assert.AreEqual(sent, bench.Line.Cable.BytesToHost, "silence");
        Assert.IsTrue(bench.Line.Ask(false, 64, 0).IsGood);
    }

    [TestMethod]
    public void WhatCannotBeReadIsRefused()
    {
        using var bench = new DockBench();
        bench.LogInAsDock();
        long last = bench.Camera.Status.SlotsTotal - 1;
        Assert.AreEqual(3, bench.Line.Ask(false, 64, 4, ("id", last)).Error, "a free slot");
        Assert.AreEqual(3, bench.Line.Ask(false, 64, 4, ("id", last + 1)).Error, "no slot");
        Assert.AreEqual(7, bench.Line.Ask(false, 64, 4).Error, "no id");
        Assert.AreEqual(3, bench.Line.Await(bench.SendRange(last, 0, 512, 512))!.Error);
        Assert.AreEqual(3, bench.Line.Await(bench.SendRange(1L << 40, 0, 512, 512))!.Error);
        Assert.AreEqual(4, bench.Line.Await(bench.SendRange(0, DockBench.SlotBytes - 100, 101, 512))!.Error, "beyond the end");
        Assert.AreEqual(4, bench.Line.Await(bench.SendRange(0, long.MaxValue, 512, 512))!.Error);
        Assert.AreEqual(4, bench.Line.Await(bench.SendRange(0, 0, 0, 512))!.Error, "nothing");
        Assert.AreEqual(4, bench.Line.Await(bench.SendRange(0, 0, 262_145, 512))!.Error, "too long");
        Assert.AreEqual(4, bench.Line.Await(bench.SendRange(0, 0, 512, 1536))!.Error, "a block that there is not");
        Assert.AreEqual(7, bench.Line.Ask(false, 64, 5, ("id", 0), ("off", 0), ("len", 5)).Error);
        Assert.AreEqual(4, bench.Line.Ask(false, 64, 3, ("n", 17)).Error);
        Assert.AreEqual(7, bench.Line.Ask(false, 64, 3, ("n", 0)).Error);
        Assert.AreEqual(0, bench.Line.Frames.Count);
        Assert.AreEqual(100, bench.Line.Await(bench.SendRange(0, DockBench.SlotBytes - 100, 100, 512))!.Number("len"), "the very end");
    }

    [TestMethod]
    public void ACardThatIsPulledEndsTheRange()
    {
        using var bench = new DockBench();
        bench.LogInAsDock();
        int range = bench.SendRange(0, 0, 262_144, 512);
        bench.Line.Run(0.5);
        bench.Camera.PullCard();
        Answer answer = bench.Line.Await(range)!;
        Assert.IsTrue(answer.Error is 5 or 6, $"error {answer.Error}");
        Assert.IsTrue(bench.Line.Ask(false, 64, 0).IsGood);
    }

    static void ToRate(DockBench bench, int baud)
    {
        Assert.IsTrue(bench.Line.Ask(true, 64, 7, ("baud", baud)).IsGood);
        bench.Line.Run(0.05);
        bench.Line.Cable.Baud = baud;
        Assert.IsTrue(bench.Line.Ask(false, 64, 0).IsGood, $"at {baud}");
    }

    // Fetches an item as PROTOCOL.md section 6 says: two ranges outstanding, what is missing is asked for again.
    static byte[] Sync(DockBench bench, long item, int block, out int asked)
    {
        var content = new byte[DockBench.SlotBytes];
        var missing = new SortedSet<long>(Enumerable.Range(0, content.Length / block).Select(i => (long)i * block));
        var outstanding = new Dictionary<int, (long From, long To, double Deadline)>();
        var wanted = new Queue<(long From, int Length)>(Enumerable.Range(0, content.Length / Range).Select(i => ((long)i * Range, Range)));
        asked = 0;
        for (long start = bench.Camera.NowUs; missing.Count > 0;)
        {
            Assert.IsTrue(bench.Camera.NowUs - start < 120_000_000, $"{missing.Count} blocks missing after two minutes");
            while (outstanding.Count < BulkLane.MaxRanges && wanted.TryDequeue(out (long From, int Length) next))
            {
                asked++;
                outstanding[bench.SendRange(item, next.From, next.Length, block)] = (
                    next.From,
                    next.From + next.Length,
                    bench.Camera.NowUs / 1e6 + 4
                );
            }

            long heard = bench.Line.Cable.BytesToHost;
            bench.Line.Run(0.02);
            foreach (Frame frame in bench.Line.Frames)
            {
                if (missing.Remove(frame.Offset))
                {
                    frame.Payload.CopyTo(content, frame.Offset);
                }
            }

            bench.Line.Frames.Clear();
            foreach (int sequence in outstanding.Keys.ToList())
            {
                bool answered = bench.Line.Answers.Remove(sequence);
                if (!answered && (heard != bench.Line.Cable.BytesToHost || bench.Camera.NowUs / 1e6 < outstanding[sequence].Deadline))
                {
                    continue;
                }

                (long from, long to, _) = outstanding[sequence];
                outstanding.Remove(sequence);
                foreach (long lost in missing.Where(at => at >= from && at < to))
                {
                    wanted.Enqueue((lost, block));
                }
            }
        }

        return content;
    }
}
