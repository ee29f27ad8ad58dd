// SPDX-License-Identifier: MIT

using Lapel.Crypto;

namespace Lapel.CostMeter.Scenarios;

/// <summary>A signature with nothing prepared: nonce and all.</summary>
public sealed class WholeSignature : SignatureScenario
{
    Ed25519Signer? signer;

    public override string Name => "signature, whole";

    public override void Prepare() => signer = NewSigner();

    public override void Run() => Sign(signer!);
}
