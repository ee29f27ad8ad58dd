// SPDX-License-Identifier: MIT

using System;
using System.Formats.Cbor;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Evidence.Host.Tests
{
    /// <summary>
    /// The device's cursor against a CBOR library over bytes that anybody may send: what one takes the other takes, to the same length, but
    /// for what the policy says it refuses beyond the library.
    /// </summary>
    [TestClass]
    public sealed class CborAgreementTests
    {
        private const int Items = 300_000;

        // Lead bytes of every major type and width, often enough for what is nested to be whole.
        private static readonly byte[] Heads =
        [
            0x00,
            0x05,
            0x17,
            0x18,
            0x19,
            0x1A,
            0x1B,
            0x20,
            0x38,
            0x40,
            0x41,
            0x42,
            0x58,
            0x60,
            0x61,
            0x78,
            0x80,
            0x81,
            0x82,
            0x98,
            0x9F,
            0xA0,
            0xA1,
            0xA2,
            0xB8,
            0xBF,
            0xC1,
            0xD8,
            0xF4,
            0xF6,
            0xF9,
            0xFF,
        ];

        [TestMethod]
        public void SignedBytesAreReadAsCanonicalOnes()
        {
            CborFault[] beyond = [CborFault.TooDeep, CborFault.NotAllowed, CborFault.TooLarge, CborFault.KeyOrder];

            // Without texts: the library looks at their UTF-8, the cursor leaves that to who asks for a text.
            Agree(CborPolicy.Signed, CborConformanceMode.Canonical, beyond, item => item >> 5 == 3 ? (byte)(item & 0x5F) : item);
        }

        [TestMethod]
        public void RequestsAreReadAsLaxBytes()
        {
            CborFault[] beyond = [CborFault.TooDeep, CborFault.TooLarge, CborFault.Indefinite];
            Agree(CborPolicy.Request, CborConformanceMode.Lax, beyond, item => item);
        }

        private static void Agree(CborPolicy policy, CborConformanceMode mode, CborFault[] beyond, Func<byte, byte> map)
        {
            var random = new Random(8949);
            var cursor = new CborCursor(policy);
            int taken = 0;
            for (int i = 0; i < Items; i++)
            {
                byte[] bytes = new byte[random.Next(1, 14)];
                for (int at = 0; at < bytes.Length; at++)
                {
                    bytes[at] = map(random.Next(4) == 0 ? (byte)random.Next(256) : Heads[random.Next(Heads.Length)]);
                }

                string hex = Convert.ToHexString(bytes);
                int library = Length(bytes, mode);
                cursor.Begin(bytes, 0, bytes.Length);
                bool takes = cursor.Skip();
                if (takes)
                {
                    taken++;
                    Assert.AreEqual(library, cursor.Position, hex);
                }
                else if (library >= 0)
                {
                    Assert.IsTrue(beyond.Contains(cursor.Fault), hex + ": " + cursor.Fault);
                }
            }

            Assert.IsGreaterThan(Items / 20, taken, "too few of the bytes were an item to say anything");
        }

        // Bytes of the first item, or -1 when the library refuses it.
        private static int Length(byte[] bytes, CborConformanceMode mode)
        {
            try
            {
                var reader = new CborReader(bytes, mode, allowMultipleRootLevelValues: true);
                reader.SkipValue();
                return bytes.Length - reader.BytesRemaining;
            }
            catch (Exception e) when (e is CborContentException or InvalidOperationException)
            {
                return -1;
            }
        }
    }
}
