// SPDX-License-Identifier: MIT

using Lapel.Crypto;

namespace Lapel.CostMeter.Scenarios;

/// <summary>An Ed25519 key from its seed, as at every boot.</summary>
public sealed class KeyFromSeed : SignatureScenario
{
    Ed25519Key? key;

    public override string Name => "key from seed";

    public override void Prepare()
    {
        NewSigner(); // Tables are there.
        key = new Ed25519Key(Bytes(Ed25519Key.SeedLength, 4));
    }

    public override void Run()
    {
        while (key!.Step()) { }
    }
}
