// SPDX-License-Identifier: MIT

using Lapel.Hal;
using nanoFramework.TestFramework;

namespace Lapel.Service.Tests
{
    [TestClass]
    public class BulkFrameTests
    {
        // PROTOCOL.md section 6.
        [TestMethod]
        public void TheVectorOfTheSpecification()
        {
            var frame = new BulkFrame(new DeviceNatives());
            for (int i = 0; i < 3; i++)
            {
                frame.Buffer[BulkFrame.PayloadAt + i] = (byte)(i + 1);
            }

            frame.Complete(7, 0x1234, 3);
            Assert.AreEqual(
                "f5425701" + "01" + "07" + "0003" + "0000000000001234" + "d55b073a" + "010203" + "1d80bc55",
                Hex.Of(frame.Buffer, 0, 27)
            );
            Assert.AreEqual(3, frame.Count);
        }

        [TestMethod]
        public void AFrameIsCompletedAnew()
        {
            var frame = new BulkFrame(new DeviceNatives());
            frame.Complete(255, 0xFFFFE000L, BulkFrame.MaxPayload);
            string large = Hex.Of(frame.Buffer, 0, 20);
            frame.Complete(7, 0x1234, 3);
            frame.Complete(255, 0xFFFFE000L, BulkFrame.MaxPayload);
            Assert.AreEqual(large, Hex.Of(frame.Buffer, 0, 20));
            Assert.AreEqual("f5425701" + "01" + "ff" + "4000" + "00000000ffffe000", large.Substring(0, 32));
        }
    }
}
