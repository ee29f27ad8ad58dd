// SPDX-License-Identifier: MIT

using System;
using System.Linq;
using Lapel.Evidence.Tests;
using Lapel.Export;
using Lapel.Verify;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Seal.Tests;

/// <summary>The sealed segment that the device tests know by its digest, opened by .NET's own HKDF and AES and another X25519.</summary>
[TestClass]
public class VectorTests
{
    // RFC 7748, 6.1.
    const string BobSecret = "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb";

    [TestMethod]
    public void TheSealedVectorIsWholeAndOpensForItsAgencyOnly()
    {
        var source = new MemorySource(SealTests.Write());
        SegmentResult segment = SegmentVerifier.Verify(source, "vector", null, KeyChoice.FromSegment);
        Assert.IsFalse(segment.HasErrors, string.Join("; ", segment.Findings));
        Assert.AreEqual(SegmentState.Closed, segment.State);
        ContentKey key = ContentKey.Open(segment.Seal!, new AgencyKey(Convert.FromHexString(BobSecret)));
        Assert.AreEqual(SealTests.ContentKey, Convert.ToHexString(key.Bytes));
        Assert.AreEqual(new PrivateText("A. Smith", "Main Street", ""), key.Private(segment.Seal!));
        Assert.IsTrue(Assert.ThrowsExactly<SealException>(() => ContentKey.Open(segment.Seal!, AgencyKey.Make())).IsOtherKey);
    }

    [TestMethod]
    public void KeyFilesReadBackAndTellSecretFromPublic()
    {
        AgencyKey key = AgencyKey.Make();
        CollectionAssert.AreEqual(key.PublicKey, AgencyKey.ReadSecret(key.SecretText()).PublicKey);
        CollectionAssert.AreEqual(key.PublicKey, AgencyKey.ReadPublic(key.PublicText()));
        StringAssert.Contains(Assert.ThrowsExactly<FormatException>(() => AgencyKey.ReadPublic(key.SecretText())).Message, "secret key");
        StringAssert.Contains(Assert.ThrowsExactly<FormatException>(() => AgencyKey.ReadSecret(key.PublicText())).Message, "public key");
        string damaged = key.PublicText().TrimEnd('\n');
        Assert.ThrowsExactly<FormatException>(() => AgencyKey.ReadPublic(damaged[..^1] + (damaged[^1] == '0' ? '1' : '0')));
        Assert.AreEqual(
            "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a",
            Convert.ToHexStringLower(
                new AgencyKey(Convert.FromHexString("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a")).PublicKey
            )
        );
        Assert.AreEqual(32, Enumerable.Count(key.Fingerprint));
    }
}
