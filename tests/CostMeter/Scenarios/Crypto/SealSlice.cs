// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using Lapel.Evidence;
using Lapel.Hal;
using Lapel.Hal.Esp32;
using Lapel.Recorder;

namespace Lapel.CostMeter.Scenarios;

/// <summary>The dearest slice of making a seal for one agency, its secrets, two ladders and its wrapping among them.</summary>
public sealed class SealSlice : IScenario
{
    SealMaker? maker;

    public string Name => "seal, longest slice";

    public void Prepare()
    {
        ReferenceBoard board = CameraRig.BoardWithCard();
        var digests = new Digests(board.Natives);
        var keys = new KeyBoot(board, digests, "LP-0001");
        while (keys.Step() || keys.OrderKey()) { }
        var agency = new byte[32];
        agency[0] = 9;
        maker = new SealMaker(board.Natives, digests, keys.Keys, [agency], new PrivateFacts());
        while (maker.Step()) { } // Tables are there.
        maker.Take();
        int before = LongestSlice.Before(Slices());
        maker.Take();
        for (int i = 0; i < before; i++)
        {
            maker.Step();
        }
    }

    public void Run() => maker!.Step();

    IEnumerable<bool> Slices()
    {
        while (maker!.Step())
        {
            yield return true;
        }
    }
}
