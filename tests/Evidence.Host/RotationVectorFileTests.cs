// SPDX-License-Identifier: MIT

using System;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Evidence.Host.Tests
{
    /// <summary>The vector file of FORMAT.md 11.3.</summary>
    [TestClass]
    public class RotationVectorFileTests
    {
        private const string VectorName = "rotation-1.hex";
        private const int StatementBytes = 512;

        [TestMethod]
        public void TheFileIsWhatTheWriterMakes()
        {
            byte[] written = Evidence.Tests.RotationVectorTests.Write();
            if (Environment.GetEnvironmentVariable("LAPEL_WRITE_VECTORS") == "1")
            {
                VectorFile.Write(VectorName, written);
            }

            CollectionAssert.AreEqual(VectorFile.Read(VectorName, StatementBytes), written);
        }
    }
}
