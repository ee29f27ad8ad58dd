// SPDX-License-Identifier: MIT

using System;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Evidence.Host.Tests
{
    /// <summary>The vector file of FORMAT.md 9.6.</summary>
    [TestClass]
    public class AuditVectorFileTests
    {
        private const string VectorName = "audit-1.hex";
        private const int LogBytes = 8192;

        [TestMethod]
        public void TheFileIsWhatTheWriterMakes()
        {
            byte[] written = Evidence.Tests.AuditVectorTests.Write(new AuditHead());
            if (Environment.GetEnvironmentVariable("LAPEL_WRITE_VECTORS") == "1")
            {
                VectorFile.Write(VectorName, written);
            }

            CollectionAssert.AreEqual(VectorFile.Read(VectorName, LogBytes), written);
        }
    }
}
