// SPDX-License-Identifier: MIT

using nanoFramework.TestFramework;

namespace Lapel.Service.Tests
{
    [TestClass]
    public class SmpMapTests
    {
        private static SmpMap _map;

        private static bool Read(string hex)
        {
            byte[] bytes = Hex.Parse(hex);
            _map = new SmpMap();
            return _map.Read(bytes, 0, bytes.Length);
        }

        private static long Number(string key)
        {
            long value = -1;
            Assert.IsTrue(_map.Unsigned(key, ref value), key);
            return value;
        }

        [TestMethod]
        public void DefiniteAndIndefiniteMapsAreTheSame()
        {
            // {"off": 7, "name": "/a"}
            string pairs = "636f666607" + "646e616d65622f61";
            string[] forms = { "a2" + pairs, "bf" + pairs + "ff", "b802" + pairs, "ba00000002" + pairs };
            for (int i = 0; i < forms.Length; i++)
            {
                Assert.IsTrue(Read(forms[i]), forms[i]);
                Assert.AreEqual(7L, Number("off"));
                string name = null;
                Assert.IsTrue(_map.Ascii("name", 10, ref name));
                Assert.AreEqual("/a", name);
            }
        }

        [TestMethod]
        public void NoBytesAreAnEmptyMap()
        {
            Assert.IsTrue(Read(""));
            Assert.IsFalse(_map.Has("off"));
            Assert.AreEqual(-1L, Number("off"));
        }

        [TestMethod]
        public void UnknownKeysOfAnyTypeArePassedOver()
        {
            // integers, strings, nested maps and arrays of both kinds, tag, null, floats.
            string[] values =
            {
                "18ff",
                "3863",
                "43010203",
                "6161",
                "a16161a0",
                "9f0102ff",
                "bf6161f6ff",
                "c11a00000000",
                "f6",
                "f97e00",
                "fb8000000000000000",
                "1bffffffffffffff",
            };
            for (int i = 0; i < values.Length - 1; i++)
            {
                Assert.IsTrue(Read("a2" + "6178" + values[i] + "636f666607"), values[i]);
                Assert.AreEqual(7L, Number("off"), values[i]);
            }

            Assert.IsFalse(Read("a2" + "6178" + values[values.Length - 1] + "636f666607"), "64 bits");
        }

        [TestMethod]
        public void TheMalformedIsRefused()
        {
            string[] bad =
            {
                "ffff", // a break where a map should be
                "80",
                "00",
                "60",
                "f6", // other types
                "a1",
                "a16161", // cut off
                "a1616118",
                "a1616119ff",
                "a161611b00", // a number cut off
                "a161614502",
                "a161617affffffff",
                "a161615b7fffffffffffffff", // a string longer than the request
                "a161619bffffffffffffffff",
                "a161619b7fffffffffffffff",
                "a16161ba7fffffff", // more items than bytes
                "bf616100",
                "bf6161ff",
                "bfff00", // no end, an odd map, something after it
                "a0a0",
                "a1616100" + "00", // something after it
                "a2616100616101", // a key twice
                "a10000",
                "a1410000", // keys that are no text
                "a161617f6161ff",
                "a161615f4161ff", // strings in chunks
                "a16161ff", // a break where a value should be
                "a161611c",
                "a161611d",
                "a161611e",
                "a161611f", // reserved forms
                "a1616181818181818181818100", // nine arrays deep
            };
            for (int i = 0; i < bad.Length; i++)
            {
                Assert.IsFalse(Read(bad[i]), bad[i]);
            }
        }

        [TestMethod]
        public void EightLevelsAreTaken()
        {
            Assert.IsTrue(Read("a16161" + "8181818181818181" + "00"));
        }

        [TestMethod]
        public void SixteenPairsAreTakenAndNoMore()
        {
            string pairs = "";
            for (int i = 0; i < 16; i++)
            {
                pairs += "61" + (0x61 + i).ToString("X2").ToLower() + "00";
            }

            Assert.IsTrue(Read("b0" + pairs));
            Assert.IsFalse(Read("b1" + pairs + "617a00"));
        }

        [TestMethod]
        public void AnotherTypeThanAskedForIsAnError()
        {
            Assert.IsTrue(Read("a3" + "616120" + "61626161" + "616341" + "00"));
            long number = 5;
            Assert.IsFalse(_map.Unsigned("a", ref number), "negative");
            Assert.IsFalse(_map.Unsigned("b", ref number), "text");
            Assert.AreEqual(5L, number);
            Assert.IsFalse(_map.Text("a"));
            Assert.IsFalse(_map.Bytes("b"));
            Assert.IsTrue(_map.Bytes("c"));
            Assert.AreEqual(1, _map.Length);
            Assert.IsTrue(_map.Bytes("absent"));
            Assert.AreEqual(0, _map.Length);
        }

        [TestMethod]
        public void TruthIsTrueFalseOneOrZero()
        {
            Assert.IsTrue(Read("a5" + "6161f5" + "6162f4" + "616301" + "616400" + "616502"));
            bool value = false;
            Assert.IsTrue(_map.Truth("a", ref value) && value, "true");
            Assert.IsTrue(_map.Truth("b", ref value) && !value, "false");
            Assert.IsTrue(_map.Truth("c", ref value) && value, "1");
            Assert.IsTrue(_map.Truth("d", ref value) && !value, "0");
            Assert.IsFalse(_map.Truth("e", ref value), "2");
        }

        [TestMethod]
        public void AsciiIsPrintableAndBounded()
        {
            string text = "default";
            Assert.IsTrue(Read("a3" + "6161626161" + "61626107" + "616362c3a4"));
            Assert.IsTrue(_map.Ascii("absent", 1, ref text));
            Assert.AreEqual("default", text);
            Assert.IsFalse(_map.Ascii("a", 1, ref text), "too long");
            Assert.IsFalse(_map.Ascii("b", 9, ref text), "control character");
            Assert.IsFalse(_map.Ascii("c", 9, ref text), "not ASCII");
            Assert.IsTrue(_map.Ascii("a", 2, ref text));
            Assert.AreEqual("aa", text);
        }
    }
}
