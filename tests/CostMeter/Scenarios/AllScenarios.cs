using System.Collections.Generic;

namespace Lapel.CostMeter.Scenarios;

/// <summary>The rows of the budget, in its order.</summary>
public static class AllScenarios
{
    public static IReadOnlyList<IScenario> List { get; } =
    [
        new LoopFrame(withLoop: false),
        new FramePath(),
        new FramePath(isSealed: true),
        new LoopFrame(withLoop: true),
        new LoopFrame(withLoop: true, isSealed: true),
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
