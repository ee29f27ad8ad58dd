// SPDX-License-Identifier: MIT

using System.IO;
using Lapel.Custody;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Service.Host.Tests;

/// <summary>A dock that is logged in and sends nonsense: whatever it may ask for, the camera goes on.</summary>
[TestClass]
public class HostileDockTests
{
    const int Rounds = 3;
    const int InputsARound = 150;

    [TestMethod]
    public void TheCameraGoesOnAndKeepsItsEvidence()
    {
        using var bench = new DockBench();
        byte[] before = bench.Slot(0);

        // Its rate is changed as well: on a cable without one the answers can be read at any.
        bench.Line.Cable.IsPaced = false;
        var hostile = new HostileLines(64);
        var input = new MemoryStream();
        int asDock = 0;
        for (int round = 0; round < Rounds; round++)
        {
            if (bench.Login(DockBench.DockStation, 2) == CustodyResult.Done)
            {
                asDock++;
            }

            for (int i = 0; i < InputsARound; i++)
            {
                input.SetLength(0);
                hostile.Next(input);
                bench.Line.Cable.Send(input.ToArray());
                bench.Line.Run(0.02);
            }

            // What it began may go on for a while: a restart takes 20 s, two long ranges 46 s.
            bench.Line.Cable.Send("\n"u8);
            bench.Line.Run(60);
            bench.Line.Forget();
            Assert.IsTrue(bench.Line.Ask(false, 64, 0).IsGood, $"round {round}");
        }

        Assert.IsTrue(asDock > 0, "never a dock");
        CollectionAssert.AreEqual(before, bench.Slot(0));
    }
}
