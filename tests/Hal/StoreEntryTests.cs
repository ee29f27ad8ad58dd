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

            byte[] file = StoreEntry.Pack(content, new DeviceNatives());
            // CRC-32 of "123456789" is CBF43926 (the algorithm's check value).
            byte[] header = new byte[] { (byte)'L', (byte)'P', (byte)'E', (byte)'1', 9, 0, 0, 0, 0x26, 0x39, 0xF4, 0xCB };
            Assert.AreEqual(header.Length + 9, file.Length);
            for (int n = 0; n < header.Length; n++)
            {
                Assert.AreEqual(header[n], file[n], "byte " + n.ToString());
            }

            byte[] back = StoreEntry.Unpack(file, new DeviceNatives());
            Assert.AreEqual(9, back.Length);
            for (int n = 0; n < 9; n++)
            {
                Assert.AreEqual(content[n], back[n]);
            }
        }

        [TestMethod]
        public void NoBitMayChangeAndNoByteMayBeMissing()
        {
            INatives natives = new DeviceNatives();
            byte[] file = StoreEntry.Pack(new byte[] { 1, 2, 3, 4, 5 }, natives);
            for (int n = 0; n < file.Length * 8; n++)
            {
                file[n / 8] ^= (byte)(1 << (n % 8));
                Assert.IsNull(StoreEntry.Unpack(file, natives), "bit " + n.ToString());
                file[n / 8] ^= (byte)(1 << (n % 8));
            }

            for (int length = 0; length < file.Length; length++)
            {
                byte[] shorter = new byte[length];
                for (int n = 0; n < length; n++)
                {
                    shorter[n] = file[n];
                }

                Assert.IsNull(StoreEntry.Unpack(shorter, natives), "length " + length.ToString());
            }

            Assert.IsNotNull(StoreEntry.Unpack(file, natives));
        }
    }
}
