// SPDX-License-Identifier: MIT

using nanoFramework.TestFramework;

namespace Lapel.Evidence.Tests
{
    /// <summary>Encodings of RFC 8949, appendix A.</summary>
    [TestClass]
    public class CborWriterTests
    {
        [TestMethod]
        public void IntegersAreShortest()
        {
            Check(0, "00");
            Check(23, "17");
            Check(24, "1818");
            Check(100, "1864");
            Check(255, "18FF");
            Check(256, "190100");
            Check(1000, "1903E8");
            Check(65536, "1A00010000");
            Check(1000000, "1A000F4240");
            Check(4294967295, "1AFFFFFFFF");
            Check(4294967296, "1B0000000100000000");
            Check(1000000000000, "1B000000E8D4A51000");
            Check(-1, "20");
            Check(-10, "29");
            Check(-100, "3863");
            Check(-1000, "3903E7");
            Check(-65537, "3A00010000");
        }

        [TestMethod]
        public void StringsMapsArrays()
        {
            var cbor = new CborWriter(64);
            cbor.BeginMap(2);
            cbor.Int(1);
            cbor.BeginArray(3);
            cbor.Text("IETF");
            cbor.Bytes(new byte[] { 1, 2, 3, 4 });
            cbor.Null();
            cbor.Int(2);
            cbor.BytesOrNull(null);
            Assert.AreEqual("A20183644945544644" + "01020304F602F6", Hex.Of(cbor.ToArray()));
        }

        private static void Check(long value, string hex)
        {
            var cbor = new CborWriter(16);
            cbor.Int(value);
            Assert.AreEqual(hex, Hex.Of(cbor.ToArray()));
        }
    }
}
