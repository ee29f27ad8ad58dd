// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using Lapel.Crypto;

namespace Lapel.CostMeter.Scenarios;

/// <summary>The longest slice of checking a signature: nothing else runs while it does.</summary>
public sealed class VerificationSlice : SignatureScenario
{
    readonly Ed25519Verifier verifier = new();

    public override string Name => "verify, longest slice";

    public override void Prepare()
    {
        Sign(NewSigner());
        Begin();
        int before = LongestSlice.Before(Slices());
        Begin();
        for (int i = 0; i < before; i++)
        {
            verifier.Step();
        }
    }

    public override void Run() => verifier.Step();

    void Begin() => verifier.Begin(PublicKey, Message, 0, Message.Length, Signature, 0);

    IEnumerable<bool> Slices()
    {
        bool more;
        do
        {
            more = verifier.Step();
            yield return more;
        } while (more);
    }
}
