// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Verify.Tests
{
    /// <summary>The rule of FORMAT.md 3.4 by its vectors: what the device's verifier takes and refuses, this one does too.</summary>
    [TestClass]
    public sealed class StrictSignatureTests
    {
        public static IEnumerable<object[]> Vectors => Read().Select(line => (object[])line);

        [TestMethod]
        [DynamicData(nameof(Vectors))]
        public void HoldsOrNot(string what, string holds, string key, string message, string signature)
        {
            bool verified;
            try
            {
                verified = TrustedKey
                    .FromBytes(Convert.FromHexString(key))
                    .Verify(Convert.FromHexString(message), Convert.FromHexString(signature));
            }
            catch (FormatException)
            {
                verified = false;
            }

            Assert.AreEqual(holds == "1", verified, what);
        }

        private static IEnumerable<string[]> Read([CallerFilePath] string here = "") =>
            File.ReadLines(
                    Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "firmware", "Evidence", "vectors", "ed25519-1.txt")
                )
                .Where(l => !l.StartsWith('#'))
                .Select(l => l.Split('|'));
    }
}
