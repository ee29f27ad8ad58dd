// SPDX-License-Identifier: MIT

using System.Text;
using nanoFramework.TestFramework;

namespace Lapel.Service.Tests
{
    [TestClass]
    public class SmpCrcTests
    {
        // The catalogue's check value of CRC-16/XMODEM.
        [TestMethod]
        public void CheckValue()
        {
            byte[] digits = Encoding.UTF8.GetBytes("123456789");
            Assert.AreEqual(0x31C3, SmpCrc.Update(0, digits, 0, digits.Length));
        }

        [TestMethod]
        public void AMessageWithItsCrcHasCrcZero()
        {
            byte[] message = Hex.Parse("0a00000900004200a161646568656c6c6f" + "4619");
            Assert.AreEqual(0, SmpCrc.Update(0, message, 0, message.Length));
        }

        [TestMethod]
        public void EveryLengthAndCutIsTheBitwiseCrc()
        {
            var bytes = new byte[40];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)(i * 151 + 7);
            }

            for (int end = 0; end <= bytes.Length; end++)
            {
                int cut = end * 5 / 7;
                int crc = SmpCrc.Update(SmpCrc.Update(0, bytes, 0, cut), bytes, cut, end);
                Assert.AreEqual(Bitwise(bytes, end), crc, "length " + end);
            }
        }

        private static int Bitwise(byte[] bytes, int count)
        {
            int crc = 0;
            for (int i = 0; i < count; i++)
            {
                crc ^= bytes[i] << 8;
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = ((crc << 1) ^ ((crc & 0x8000) != 0 ? 0x1021 : 0)) & 0xFFFF;
                }
            }

            return crc;
        }
    }
}
