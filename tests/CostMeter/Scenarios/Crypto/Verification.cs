// SPDX-License-Identifier: MIT

using System;
using Lapel.Crypto;

namespace Lapel.CostMeter.Scenarios;

/// <summary>Checking one signature.</summary>
public sealed class Verification : SignatureScenario
{
    readonly Ed25519Verifier verifier = new();

    public override string Name => "verify";

    public override void Prepare()
    {
        Sign(NewSigner());
        Run(); // Once before: tables are there, and the answer is looked at.
        if (!verifier.IsValid)
        {
            throw new InvalidOperationException("the signature just made does not verify");
        }
    }

    public override void Run()
    {
        verifier.Begin(PublicKey, Message, 0, Message.Length, Signature, 0);
        while (verifier.Step()) { }
    }
}
