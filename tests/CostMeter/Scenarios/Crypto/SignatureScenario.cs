// SPDX-License-Identifier: MIT

using System;
using Lapel.Crypto;
using Lapel.Hal;

namespace Lapel.CostMeter.Scenarios;

/// <summary>Base of the rows about signatures: a signer with its key expanded, and a message of a checkpoint's length.</summary>
public abstract class SignatureScenario : IScenario
{
    /// <summary>Bytes of a checkpoint's Sig_structure (FORMAT.md): 4 head, 66 protected header, 32 payload, and their CBOR heads.</summary>
    public const int MessageLength = 115;

    readonly byte[] message = Bytes(MessageLength, 3);
    readonly byte[] signature = new byte[Ed25519Signer.SignatureLength];

    public abstract string Name { get; }

    public abstract void Prepare();

    public abstract void Run();

    /// <summary>The public key that belongs to the signatures.</summary>
    protected byte[] PublicKey { get; private set; } = [];

    protected byte[] Message => message;

    protected byte[] Signature => signature;

    /// <summary>The same signer each time, with nothing prepared.</summary>
    protected Ed25519Signer NewSigner()
    {
        var key = new Ed25519Key(Bytes(Ed25519Key.SeedLength, 1));
        while (key.Step()) { }
        PublicKey = key.PublicKey;
        return new Ed25519Signer(
            key,
            new DeviceNatives(),
            message.AsSpan(0, Ed25519Signer.PrefixLength).ToArray(),
            Bytes(Ed25519Signer.ShortestNonceSeed, 2)
        );
    }

    protected void Sign(Ed25519Signer signer) => signer.Sign(message, 0, message.Length, signature, 0);

    /// <summary>Fixed bytes that look like nothing in particular.</summary>
    protected static byte[] Bytes(int count, int seed)
    {
        byte[] bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
