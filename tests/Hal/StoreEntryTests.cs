// SPDX-License-Identifier: MIT

using Lapel.Hal.Esp32;
using nanoFramework.TestFramework;

namespace Lapel.Hal.Tests
{
    [TestClass]
    public class StoreEntryTests
    {
        [TestMethod]
        public void AnEntryIsByteExact()
        {
            byte[] content = new byte[9];
            for (int n = 0; n < 9; n++)
            {
                content[n] = (byte)('1' + n);
            }

            INatives natives = new DeviceNatives();
            byte[] file = StoreEntry.Pack(content, 0x01020304, 2, natives);
            byte[] header = new byte[] { (byte)'L', (byte)'P', (byte)'E', (byte)'2', 0, 0, 0, 0, 4, 3, 2, 1, 9, 0, 2, 0 };
            uint crc = natives.Crc32(file, 8, file.Length - 8);
            for (int n = 0; n < 4; n++)
            {
                header[4 + n] = (byte)(crc >> (8 * n));
            }

            Assert.AreEqual(header.Length + 9, file.Length);
            for (int n = 0; n < header.Length; n++)
            {
                Assert.AreEqual(header[n], file[n], "byte " + n.ToString());
            }

            StoreEntry back = StoreEntry.Unpack(file, natives);
            Assert.AreEqual((int)StoreStatus.Ok, (int)back.Status);
            Assert.AreEqual(0x01020304u, back.Generation);
            Assert.AreEqual(2, back.Copies);
            Assert.AreEqual(9, back.Content.Length);
            for (int n = 0; n < 9; n++)
            {
                Assert.AreEqual(content[n], back.Content[n]);
            }
        }

        [TestMethod]
        public void NoBitMayChangeAndNoByteMayBeMissing()
        {
            INatives natives = new DeviceNatives();
            byte[] file = StoreEntry.Pack(new byte[] { 1, 2, 3, 4, 5 }, 7, 2, natives);
            for (int n = 0; n < file.Length * 8; n++)
            {
                file[n / 8] ^= (byte)(1 << (n % 8));
                StoreStatus status = StoreEntry.Unpack(file, natives).Status;
                Assert.AreEqual((int)StoreStatus.Unreadable, (int)status, "bit " + n.ToString());
                file[n / 8] ^= (byte)(1 << (n % 8));
            }

            for (int length = 0; length < file.Length; length++)
            {
                byte[] shorter = new byte[length];
                for (int n = 0; n < length; n++)
                {
                    shorter[n] = file[n];
                }

                StoreStatus status = StoreEntry.Unpack(shorter, natives).Status;
                Assert.AreEqual((int)StoreStatus.Unreadable, (int)status, "length " + length.ToString());
            }

            Assert.AreEqual((int)StoreStatus.Ok, (int)StoreEntry.Unpack(file, natives).Status);
        }
    }
}
