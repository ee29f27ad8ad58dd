// SPDX-License-Identifier: MIT

using Lapel.Crypto;

namespace Lapel.CostMeter.Scenarios;

/// <summary>A signature with its nonce made ahead: what the stop of a recording waits for.</summary>
public sealed class PreparedSignature : SignatureScenario
{
    Ed25519Signer? signer;

    public override string Name => "signature, nonce ready";

    public override void Prepare()
    {
        signer = NewSigner();
        while (!signer.IsPrepared)
        {
            signer.Step();
        }
    }

    public override void Run() => Sign(signer!);
}
