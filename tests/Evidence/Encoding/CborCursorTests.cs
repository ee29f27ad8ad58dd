// SPDX-License-Identifier: MIT

using nanoFramework.TestFramework;

namespace Lapel.Evidence.Tests
{
    /// <summary>The examples of RFC 8949, appendix A, and each malformed form with its reason, under both policies.</summary>
    [TestClass]
    public class CborCursorTests
    {
        [TestMethod]
        public void IntegersOfAppendixA()
        {
            Unsigned(0, "00");
            Unsigned(1, "01");
            Unsigned(10, "0A");
            Unsigned(23, "17");
            Unsigned(24, "1818");
            Unsigned(25, "1819");
            Unsigned(100, "1864");
            Unsigned(1000, "1903E8");
            Unsigned(1000000, "1A000F4240");
            Unsigned(1000000000000, "1B000000E8D4A51000");
            Unsigned(long.MaxValue, "1B7FFFFFFFFFFFFFFF");
            Both(CborFault.TooLarge, "1BFFFFFFFFFFFFFFFF"); // 18446744073709551615
            Both(CborFault.TooLarge, "3BFFFFFFFFFFFFFFFF"); // -18446744073709551616
            Negative(-1, "20");
            Negative(-10, "29");
            Negative(-100, "3863");
            Negative(-1000, "3903E7");
        }

        [TestMethod]
        public void StringsOfAppendixA()
        {
            Text(CborMajor.Bytes, "40", 0);
            Text(CborMajor.Bytes, "4401020304", 4);
            Text(CborMajor.Text, "60", 0);
            Text(CborMajor.Text, "6161", 1);
            Text(CborMajor.Text, "6449455446", 4);
            Text(CborMajor.Text, "62225C", 2);
            Text(CborMajor.Text, "62C3BC", 2);
            Text(CborMajor.Text, "63E6B0B4", 3);
            Text(CborMajor.Text, "64F0908591", 4);
        }

        [TestMethod]
        public void ArraysMapsAndSimpleValuesOfAppendixA()
        {
            string[] taken =
            {
                "80", // []
                "83010203", // [1, 2, 3]
                "8301820203820405", // [1, [2, 3], [4, 5]]
                "98190102030405060708090A0B0C0D0E0F101112131415161718181819", // 1 to 25
                "A0", // {}
                "A201020304", // {1: 2, 3: 4}
                "F4", // false
                "F5", // true
                "F6", // null
            };
            for (int i = 0; i < taken.Length; i++)
            {
                Both(CborFault.None, taken[i]);
            }

            // Keys that are texts, and an array with a map of them: what nobody signs, and SMP clients send.
            Differ(CborFault.KeyOrder, "A26161016162820203"); // {"a": 1, "b": [2, 3]}
            Differ(CborFault.KeyOrder, "826161A161626163"); // ["a", {"b": "c"}]
            Differ(CborFault.KeyOrder, "A56161614161626142616361436164614461656145"); // {"a": "A", ... "e": "E"}
        }

        [TestMethod]
        public void WhatOnlyRequestsMayHaveOfAppendixA()
        {
            string[] notAllowed =
            {
                "F90000",
                "F93C00",
                "FB3FF199999999999A",
                "F97BFF",
                "FA47C35000",
                "FB7E37E43C8800759C",
                "F97C00",
                "F97E00",
                "FB7FF0000000000000", // floating point
                "F7",
                "F0",
                "F8FF", // undefined, simple(16), simple(255)
                "C074323031332D30332D32315432303A30343A30305A",
                "C11A514B67B0",
                "C1FB41D452D9E2000000",
                "D74401020304",
                "D818456449455446",
                "D82076687474703A2F2F7777772E6578616D706C652E636F6D",
                "C249010000000000000000",
                "C349010000000000000000", // tags
            };
            for (int i = 0; i < notAllowed.Length; i++)
            {
                Differ(CborFault.NotAllowed, notAllowed[i]);
            }

            string[] indefinite =
            {
                "9FFF",
                "9F018202039F0405FFFF",
                "9F01820203820405FF",
                "83018202039F0405FF",
                "83019F0203FF820405",
                "9F0102030405060708090A0B0C0D0E0F101112131415161718181819FF",
                "BFFF",
            };
            for (int i = 0; i < indefinite.Length; i++)
            {
                Differ(CborFault.Indefinite, indefinite[i]);
            }

            Differ(CborFault.Indefinite, "BF61610161629F0203FFFF"); // {_ "a": 1, "b": [_ 2, 3]}
            Differ(CborFault.Indefinite, "BF6346756EF563416D7421FF"); // {_ "Fun": true, "Amt": -2}
        }

        [TestMethod]
        public void StringsInChunksAreRefused()
        {
            Both(CborFault.Indefinite, "5F42010243030405FF");
            Both(CborFault.Indefinite, "7F657374726561646D696E67FF");
        }

        [TestMethod]
        public void HeadsThatAreNotShortestAreForRequestsAlone()
        {
            string[] heads =
            {
                "1800",
                "1817",
                "190000",
                "1900FF",
                "1A00000000",
                "1A0000FFFF",
                "1B0000000000000000",
                "1B00000000FFFFFFFF",
                "3800",
                "580161",
                "780161",
                "9800",
                "B800",
            };
            for (int i = 0; i < heads.Length; i++)
            {
                Differ(CborFault.NotShortest, heads[i]);
            }
        }

        [TestMethod]
        public void WhatEndsTooSoonIsCutShortOrMissing()
        {
            Both(CborFault.Missing, "");
            string[] cut =
            {
                "18",
                "1900",
                "1A000000",
                "1B00000000000000",
                "38",
                "41",
                "58",
                "6261",
                "5AFFFFFFFF00",
                "7B7FFFFFFFFFFFFFFF61",
            };
            for (int i = 0; i < cut.Length; i++)
            {
                Both(CborFault.CutShort, cut[i]);
            }

            // More items than bytes are left: refused before anything is counted.
            Both(CborFault.CutShort, "9B7FFFFFFFFFFFFFFF00");
            Both(CborFault.CutShort, "BB7FFFFFFFFFFFFFFF00");
            Both(CborFault.CutShort, "8201");
            Both(CborFault.Missing, "A101");
            Refused(CborPolicy.Request, CborFault.Missing, "9F01");
            Refused(CborPolicy.Request, CborFault.Missing, "BF0101");
        }

        [TestMethod]
        public void ReservedFormsAndStrayBreaksAreRefused()
        {
            for (int major = 0; major < 6; major++)
            {
                for (int information = 28; information < 31; information++)
                {
                    Both(CborFault.Reserved, Hex.Of(new[] { (byte)(major << 5 | information) }));
                }
            }

            Both(CborFault.Reserved, "1F");
            Both(CborFault.Reserved, "3F");
            Refused(CborPolicy.Request, CborFault.Reserved, "DF");
            Refused(CborPolicy.Request, CborFault.Reserved, "FC");
            Both(CborFault.StrayBreak, "FF");
            Both(CborFault.StrayBreak, "81FF");
            Refused(CborPolicy.Request, CborFault.StrayBreak, "BF01FF");
        }

        [TestMethod]
        public void DepthIsBounded()
        {
            Refused(CborPolicy.Signed, CborFault.None, "8181818100");
            Refused(CborPolicy.Signed, CborFault.TooDeep, "818181818100");
            Refused(CborPolicy.Request, CborFault.None, "818181818181818100");
            Refused(CborPolicy.Request, CborFault.TooDeep, "81818181818181818100");
            Refused(CborPolicy.Request, CborFault.TooDeep, "C1C1C1C1C1C1C1C1C100");
            Refused(CborPolicy.Request, CborFault.TooDeep, "9F9F9F9F9F9F9F9F9F00");
        }

        [TestMethod]
        public void KeysOfSignedMapsAscend()
        {
            Differ(CborFault.KeyOrder, "A201000100");
            Differ(CborFault.KeyOrder, "A202000100");
            Differ(CborFault.KeyOrder, "A12000");
            Differ(CborFault.KeyOrder, "81A202000100");
        }

        [TestMethod]
        public void TheFirstFaultSticksUntilItIsBegunAnew()
        {
            byte[] bytes = { 0x18, 0x00, 0x05 };
            var cursor = new CborCursor(CborPolicy.Signed);
            cursor.Begin(bytes, 0, bytes.Length);
            Assert.IsFalse(cursor.Head(CborMajor.Unsigned));
            Assert.IsFalse(cursor.Head(CborMajor.Text));
            Assert.IsFalse(cursor.TakeNull());
            Assert.IsFalse(cursor.TakeBreak());
            Assert.AreEqual((int)CborFault.NotShortest, (int)cursor.Fault);
            cursor.Begin(bytes, 2, 3);
            Assert.IsTrue(cursor.Head(CborMajor.Unsigned));
            Assert.AreEqual(5L, cursor.Value);
            Assert.AreEqual(3, cursor.Position);
        }

        [TestMethod]
        public void AnotherTypeThanAskedForIsRefused()
        {
            byte[] bytes = { 0x61, 0x61 };
            var cursor = new CborCursor(CborPolicy.Request);
            cursor.Begin(bytes, 0, bytes.Length);
            Assert.IsFalse(cursor.String(CborMajor.Bytes));
            Assert.AreEqual((int)CborFault.WrongType, (int)cursor.Fault);
        }

        [TestMethod]
        public void ItNeverReadsPastItsEnd()
        {
            // A string that the array holds and the part to be read does not.
            byte[] bytes = { 0x44, 1, 2, 3, 4 };
            var cursor = new CborCursor(CborPolicy.Signed);
            for (int end = 1; end < bytes.Length; end++)
            {
                cursor.Begin(bytes, 0, end);
                Assert.IsFalse(cursor.Skip());
                Assert.AreEqual((int)CborFault.CutShort, (int)cursor.Fault);
            }
        }

        private static void Unsigned(long value, string hex)
        {
            Check(CborMajor.Unsigned, value, hex);
        }

        private static void Negative(long value, string hex)
        {
            Check(CborMajor.Negative, -1 - value, hex);
        }

        private static void Check(CborMajor major, long value, string hex)
        {
            byte[] bytes = Hex.Parse(hex);
            for (int policy = 0; policy < 2; policy++)
            {
                var cursor = new CborCursor((CborPolicy)policy);
                cursor.Begin(bytes, 0, bytes.Length);
                Assert.IsTrue(cursor.Head(major), hex);
                Assert.AreEqual(value, cursor.Value, hex);
                Assert.AreEqual(bytes.Length, cursor.Position, hex);
            }
        }

        private static void Text(CborMajor major, string hex, int length)
        {
            byte[] bytes = Hex.Parse(hex);
            for (int policy = 0; policy < 2; policy++)
            {
                var cursor = new CborCursor((CborPolicy)policy);
                cursor.Begin(bytes, 0, bytes.Length);
                Assert.IsTrue(cursor.String(major), hex);
                Assert.AreEqual((long)length, cursor.Value, hex);
                Assert.AreEqual(bytes.Length, cursor.Position, hex);
            }
        }

        private static void Both(CborFault fault, string hex)
        {
            Refused(CborPolicy.Signed, fault, hex);
            Refused(CborPolicy.Request, fault, hex);
        }

        // Refused of what is signed, for this reason; taken of a request.
        private static void Differ(CborFault fault, string hex)
        {
            Refused(CborPolicy.Signed, fault, hex);
            Refused(CborPolicy.Request, CborFault.None, hex);
        }

        private static void Refused(CborPolicy policy, CborFault fault, string hex)
        {
            byte[] bytes = Hex.Parse(hex);
            var cursor = new CborCursor(policy);
            cursor.Begin(bytes, 0, bytes.Length);
            Assert.AreEqual(fault == CborFault.None, cursor.Skip(), hex);
            Assert.AreEqual((int)fault, (int)cursor.Fault, hex);
            if (fault == CborFault.None)
            {
                Assert.AreEqual(bytes.Length, cursor.Position, hex);
            }
        }
    }
}
