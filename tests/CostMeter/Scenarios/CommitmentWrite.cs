// SPDX-License-Identifier: MIT

using System;
using Lapel.Evidence;
using Lapel.Hal.Esp32;

namespace Lapel.CostMeter.Scenarios;

/// <summary>One commitment to a recording, as it is written every 6.5 s of it: the one write to internal storage beside pictures.</summary>
public sealed class CommitmentWrite : IScenario
{
    Commitments? commitments;

    public string Name => "commitment";

    public void Prepare()
    {
        ReferenceBoard board = CameraRig.BoardWithCard();
        commitments = new Commitments(board.Store);
        commitments.Load(0);
        commitments.Begin(1);
        Run(); // The store knows the entry.
    }

    public void Run()
    {
        if (!commitments!.Save())
        {
            throw new InvalidOperationException("internal storage did not take it");
        }
    }
}
