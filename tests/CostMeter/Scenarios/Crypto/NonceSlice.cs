// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using Lapel.Crypto;

namespace Lapel.CostMeter.Scenarios;

/// <summary>The longest slice of preparing a nonce: nothing else runs while it does.</summary>
public sealed class NonceSlice : SignatureScenario
{
    Ed25519Signer? signer;

    public override string Name => "nonce, longest slice";

    public override void Prepare()
    {
        int before = LongestSlice.Before(Slices(NewSigner()));
        signer = NewSigner();
        for (int i = 0; i < before; i++)
        {
            signer.Step();
        }
    }

    public override void Run() => signer!.Step();

    static IEnumerable<bool> Slices(Ed25519Signer signer)
    {
        while (!signer.IsPrepared)
        {
            yield return signer.Step();
        }
    }
}
