// SPDX-License-Identifier: MIT

using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Cli.Tests
{
    /// <summary>What lapel status says of a runtime that is too old.</summary>
    [TestClass]
    public sealed class RuntimeStateTests
    {
        [TestMethod]
        [DataRow("1.16.9.999", true)]
        [DataRow("0.9.0.0", true)]
        [DataRow("1.17.0.0", false)]
        [DataRow("1.17.0.1", false)]
        [DataRow("2.0.0.0", false)]
        [DataRow("1.9.10.0", true, DisplayName = "numbers, no text")]
        [DataRow(null, false, DisplayName = "not known is not old")]
        [DataRow("newest", false, DisplayName = "no version at all")]
        public void ARuntimeOlderThanTheConfigurationAllowsIsTold(string? version, bool isOld)
        {
            string? problem = new RuntimeState("S3-REF-1", "ESP32_S3_OCTAL", version).Problem();
            Assert.AreEqual(isOld, problem != null, problem);
            if (isOld)
            {
                Assert.StartsWith($"the camera's runtime is {version}, and 1.17.0.0 is the oldest to be used: older ones leak", problem!);
            }
        }
    }
}
