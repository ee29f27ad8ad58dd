// SPDX-License-Identifier: MIT

using System.Collections.Generic;

namespace Lapel.CostMeter.Scenarios;

/// <summary>The rows of the budget, in its order.</summary>
public static class AllScenarios
{
    public static IReadOnlyList<IScenario> List { get; } =
    [
        new FramePath(perFragment: false),
        new FramePath(perFragment: true),
        new FramePath(perFragment: false, isSealed: true),
        new FramePath(perFragment: true, isSealed: true),
        new LoopFrame(),
        new WaitingTurn(),
        new PressToFirstWrite(),
        new PressToFirstWrite(isSealed: true),
        new SealSlice(),
        new Boot(isKnown: false),
        new Boot(isKnown: true),
        new Recovery(),
        new AuditSectors(),
        new CommitmentWrite(),
        new KeyFromSeed(),
        new WholeSignature(),
        new PreparedSignature(),
        new NonceSlice(),
        new Verification(),
        new VerificationSlice(),
        new SmpIn(),
        new SmpOut(),
        new BulkFrames(),
    ];
}
