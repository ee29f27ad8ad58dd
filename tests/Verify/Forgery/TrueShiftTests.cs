// SPDX-License-Identifier: MIT

using System;
using System.IO;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Verify.Tests
{
    /// <summary>The forged shift itself, unaltered: what a true camera leaves is authentic, in each kind of place.</summary>
    [TestClass]
    public sealed class TrueShiftTests
    {
        [TestMethod]
        [DataRow(false, false)]
        [DataRow(true, false)]
        [DataRow(false, true)]
        [DataRow(true, true)]
        public void ACardIsAuthenticAndAllIsAccountedFor(bool isSealed, bool cut)
        {
            using CardForge card = new ShiftForge(isSealed, cut).Card();
            (int code, string text, string error) = card.Verify();
            Assert.AreEqual("", error);
            Assert.AreEqual(0, code, text);
            StringAssert.Contains(text, "3 recordings: 3 authentic");
            StringAssert.Contains(text, "  1 to 3    here");
            StringAssert.Contains(text, "Audit log: AGREES");
            Assert.IsFalse(text.Contains("Not counted", StringComparison.Ordinal), text);
            Assert.AreEqual(cut, text.Contains("stopped without shutdown", StringComparison.Ordinal), text);
        }

        [TestMethod]
        public void AStoreOfTwoCamerasIsAuthentic()
        {
            string folder = Directory.CreateTempSubdirectory("lapel-stores-").FullName;
            try
            {
                new ShiftForge().Store(folder);
                new ShiftForge(isSealed: true, cut: true, seed: 2).Store(folder);
                var output = new StringWriter();
                Assert.AreEqual(0, VerifyCommand.Run(folder, null, false, output, TextWriter.Null), output.ToString());
                StringAssert.Contains(output.ToString(), "6 recordings: 6 authentic");
                StringAssert.Contains(output.ToString(), "Judged each camera with the key in its folder");
            }
            finally
            {
                Directory.Delete(folder, true);
            }
        }
    }
}
