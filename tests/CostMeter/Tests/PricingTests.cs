// SPDX-License-Identifier: MIT

using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.CostMeter.Tests;

/// <summary>The prices give back the figures that they were taken from, each within the spread that goes with it.</summary>
[TestClass]
public sealed class PricingTests
{
    [TestMethod]
    [DataRow(305_742, 1_500, 0, 105.0, 175.0, DisplayName = "Ed25519 sign")]
    [DataRow(1_486_632, 7_500, 0, 480.0, 680.0, DisplayName = "Ed25519 verify")]
    [DataRow(10_685, 100, 0, 3.5, 5.0, DisplayName = "SHA-512, one block")]
    [DataRow(8, 1, 0, 0.002, 0.0045, DisplayName = "static call and return")]
    [DataRow(5, 2, 0, 0.002, 0.006, DisplayName = "property get")]
    [DataRow(13, 1, 1, 0.0095, 0.0105, DisplayName = "native call, 3 arguments")]
    [DataRow(920, 40, 10, 0.25, 0.55, DisplayName = "408-byte box, template and patches")]
    [DataRow(4_245, 420, 0, 1.2, 2.7, DisplayName = "the same written field by field")]
    public void Interpreted(int il, int callsAndFields, int nativeCalls, double least, double most) =>
        Within(
            least,
            most,
            Pricing.Processor(
                Counts.Of((Counter.Instructions, il), (Counter.CallsAndFields, callsAndFields), (Counter.NativeCalls, nativeCalls))
            )
        );

    // "a whole recorded frame: ~10 native calls, ring, index, template box, one 20 KB copy: 1,410 IL, 2.5 (1.8..5.1)"
    [TestMethod]
    public void ARecordedFrame() =>
        Within(
            1.8,
            5.1,
            Pricing.Processor(
                Counts.Of(
                    (Counter.Instructions, 1_410),
                    (Counter.CallsAndFields, 400),
                    (Counter.NativeCalls, 10),
                    (Counter.CopiedBytes, 20_480)
                )
            )
        );

    [TestMethod]
    [DataRow(Counter.CopiedBytes, 20_480, 1.2, 3.8)]
    [DataRow(Counter.ZeroedBytes, 20_480, 0.7, 2.5)]
    [DataRow(Counter.HashedBytes, 32_768, 0.6, 1.6)]
    public void Bulk(Counter counter, int bytes, double least, double most) =>
        Within(least, most, Pricing.Processor(Counts.Of((counter, bytes))));

    [TestMethod]
    [DataRow(Counter.SpiBytes, 1_024, 1.0, 1.0)]
    [DataRow(Counter.FileWrittenBytes, 1_024, 2.5, 7.0)]
    [DataRow(Counter.FilesOpened, 1, 90.0, 140.0)]
    [DataRow(Counter.FilesClosed, 1, 30.0, 75.0)]
    [DataRow(Counter.FlashFilesOpened, 1, 2.0, 4.0)]
    [DataRow(Counter.FlashFilesClosed, 1, 5.0, 20.0)]
    public void InputAndOutputStandApart(Counter counter, int n, double least, double most)
    {
        Counts counts = Counts.Of((counter, n));
        Within(least, most, Pricing.InputOutput(counts));
        Assert.AreEqual(0, Pricing.Processor(counts));
    }

    static void Within(double least, double most, double value) =>
        Assert.IsTrue(value >= least && value <= most, $"{value} ms, not {least} to {most}");
}
