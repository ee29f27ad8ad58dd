using System.Collections.Generic;

namespace Lapel.CostMeter.Scenarios;

/// <summary>The rows of the budget, in its order.</summary>
public static class AllScenarios
{
    public static IReadOnlyList<IScenario> List { get; } =
    [
        new RecordedFrame(withLoop: false),
        new RecordedFrame(withLoop: true),
        new RecordedFrame(withLoop: false, isSealed: true),
        new RecordedFrame(withLoop: true, isSealed: true),
        new FragmentClose(),
        new WaitingTurn(),
        new PressToFirstWrite(),
        new PressToFirstWrite(isSealed: true),
        new SealSlice(),
        new Boot(),
        new KeyFromSeed(),
        new WholeSignature(),
        new PreparedSignature(),
        new NonceSlice(),
        new Verification(),
        new VerificationSlice(),
    ];
}
