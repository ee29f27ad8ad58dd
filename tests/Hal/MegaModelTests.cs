// SPDX-License-Identifier: MIT

using Lapel.Hal.Esp32;
using nanoFramework.TestFramework;

namespace Lapel.Hal.Tests
{
    [TestClass]
    public class MegaModelTests
    {
        [TestMethod]
        public void OnlyTheVendorsIdentitiesAreKnown()
        {
            for (int id = 0; id < 256; id++)
            {
                Assert.AreEqual(id >= 0x81 && id <= 0x87, MegaModel.IsKnown(id));
            }
        }

        [TestMethod]
        public void ResolutionCodesDifferBetweenOldAndNewModels()
        {
            Expect(0x81, FrameSize.Qvga, 0x01);
            Expect(0x81, FrameSize.Vga, 0x02);
            Expect(0x84, FrameSize.Svga, 0x02);
            Expect(0x84, FrameSize.Hd, 0x04);
            Expect(0x85, FrameSize.Qvga, 0x03);
            Expect(0x86, FrameSize.Vga, 0x05);
            Expect(0x87, FrameSize.Svga, 0x06);
            Expect(0x87, FrameSize.Hd, 0x08);
        }

        private static void Expect(int id, FrameSize size, int code)
        {
            Assert.AreEqual(code, MegaModel.ResolutionCode(id, size));
        }
    }
}
