// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Custody;
using Lapel.Hal.Virtual;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Service.Host.Tests;

/// <summary>
/// Plain files over SMP beside the pictures, by a client that asks for one part after the other and for the hash at the end, as smpclient
/// does. Virtual time has what buses, card and line take; the processor's part is added here, so that the figures are a device's.
/// </summary>
[TestClass]
public class FileReadTests
{
    // What SMP was priced at when the lanes were decided: 13 instructions a byte at a million a second, the processor doing nothing else.
    const double CeilingBytesPerSecond = 77_000;

    // As tests/CostMeter prices the lane, a message of 2,000 bytes: 11.2 ms out, 13.4 in.
    const double ByteOutUs = 11_200 / 2000.0;
    const double ByteInUs = 13_400 / 2000.0;

    // A turn of the loop that finds nothing ("waiting turn" of budget.tsv), of which the virtual clock has 0.2 ms.
    const int TurnUs = 250;

    // Of a line, the message's bytes.
    const double Message = SmpLine.MaxRaw / (double)SmpLine.MaxBytes;

    public TestContext? TestContext { get; set; }

    [TestMethod]
    [DataRow(115_200, 0.60, 0.0)]
    [DataRow(921_600, 0.40, 0.0)]
    [DataRow(3_000_000, 0.0, 0.90)]
    public void AReadReachesItsShareOfTheLine(int baud, double leastOfLine, double leastOfLane)
    {
        using var bench = new DockBench();
        Fill(bench);
        Assert.AreEqual(CustodyResult.Done, bench.Login(DockBench.TechnicianStation, 1));
        if (baud != 115_200)
        {
            Assert.IsTrue(bench.Line.Ask(true, 64, 7, ("baud", baud)).IsGood);
            bench.Line.Run(0.02);
            bench.Line.Cable.Baud = baud;
            bench.Line.Ask(false, 0, 6);
        }

        long begunUs = bench.Camera.NowUs;
        long readUs = bench.Camera.Firmware.Pump.ReadUs;
        long used = Ask(bench, 1, ("name", "/log")).Number("len");
        var got = new List<byte>();
        while (got.Count < used)
        {
            byte[] part = Ask(bench, 0, ("off", got.Count), ("name", "/log")).Bytes("data");
            Assert.AreNotEqual(0, part.Length);
            got.AddRange(part);
        }

        Answer hash = Ask(bench, 2, ("name", "/log"), ("len", used));
        Assert.AreEqual((long)DockLine.Crc([.. got.Take((int)used)]), hash.Number("output"));
        double seconds = (bench.Camera.NowUs - begunUs) / 1e6;

        // What the pictures' transfers take is nobody else's.
        double free = 1 - (bench.Camera.Firmware.Pump.ReadUs - readUs) / 1e6 / seconds;
        double rate = got.Count / seconds;
        double ofLine = rate * 10 / baud;
        double ofLane = rate / (CeilingBytesPerSecond * free);
        TestContext?.WriteLine(
            $"{baud}: {got.Count} bytes, {rate / 1024:F1} KiB/s, {ofLine:P0} of the line, {ofLane:P0} of the lane's ceiling"
        );
        Assert.IsTrue(ofLine >= leastOfLine && ofLane >= leastOfLane, $"{ofLine:P1} of the line, {ofLane:P1} of the lane");
    }

    // A log of some length: entries as a shift makes them.
    static void Fill(DockBench bench)
    {
        for (int i = 0; i < 150; i++)
        {
            bench.Camera.Parts.EventButton.Hold(bench.Camera.Parts.Clock.NowUs, 90_000);
            bench.Line.Run(1.2);
        }
    }

    static Answer Ask(DockBench bench, int command, params (string Key, object Value)[] map)
    {
        VirtualCable cable = bench.Line.Cable;
        long sent = cable.BytesToDevice;
        int sequence = bench.Line.Send(false, 8, command, map);
        sent = cable.BytesToDevice - sent;
        long askedUs = bench.Camera.NowUs;
        while (!bench.Line.Answers.ContainsKey(sequence))
        {
            Assert.IsTrue(bench.Camera.NowUs - askedUs < 1_000_000, "no answer within a second");
            long before = cable.BytesToHost;
            bench.Line.Turn();
            double processorUs = Message * ((cable.BytesToHost - before) * ByteOutUs + sent * ByteInUs);
            sent = 0;
            bench.Camera.Parts.Clock.Advance(TurnUs + (long)processorUs);
        }

        bench.Line.Answers.Remove(sequence, out Answer? answer);
        Assert.IsTrue(answer!.IsGood, $"{answer.Rc} {answer.Error}");
        return answer;
    }
}
