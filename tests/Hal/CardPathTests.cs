// SPDX-License-Identifier: MIT

using Lapel.Hal.Esp32;
using nanoFramework.TestFramework;

namespace Lapel.Hal.Tests
{
    [TestClass]
    public class CardPathTests
    {
        [TestMethod]
        public void PathsGetTheDriveAndItsSeparator()
        {
            Assert.AreEqual("D:\\LAPEL\\S000\\A.MP4", CardPath.Full("LAPEL/S000/A.MP4"));
            Assert.AreEqual("D:\\A", CardPath.Full("A"));
        }
    }
}
