// SPDX-License-Identifier: MIT

using Lapel.Hal;
using nanoFramework.TestFramework;

namespace Lapel.Evidence.Tests
{
    [TestClass]
    public class BlockBufferTests
    {
        [TestMethod]
        public void TheSmallestBufferThatHoldsTheBytesIsUsed()
        {
            var digests = new Digests(new DeviceNatives());
            for (int size = 512; size <= Digests.MaxBlock; size *= 2)
            {
                Assert.AreEqual(size, digests.BlockFor(size).Length);
                Assert.AreEqual(size, digests.BlockFor(size == 512 ? 1 : size / 2 + 1).Length);
            }
        }
    }
}
