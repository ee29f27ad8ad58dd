// SPDX-License-Identifier: MIT

using nanoFramework.TestFramework;

namespace Lapel.Service.Tests
{
    /// <summary>What the groups do beyond answering, and what they refuse while nobody is logged in.</summary>
    [TestClass]
    public class SmpGroupTests
    {
        private const string Denied = "bf6272630bff";

        [TestMethod]
        public void TheClockIsToldInMilliseconds()
        {
            var bench = new SmpBench();
            bench.Camera.IsClockSet = true;
            bench.Camera.UtcMs = 1790856000011L;

            // 2026-10-01T12:00:00.011
            Assert.AreEqual(
                "0900002300004204bf686461746574696d6577323032362d31302d30315431323a30303a30302e303131ff",
                bench.Exchange("0800000100004204a0")
            );
        }

        [TestMethod]
        public void WithoutARoleNothingIsChanged()
        {
            var bench = new SmpBench();
            string[] requests =
            {
                "0a00001e00004204a1686461746574696d6573323032362d31302d30315431323a30303a3030", // clock
                "0a00000100004205a0",
                "0a00000800004205a165666f72636501", // restart, restart by force
            };
            for (int i = 0; i < requests.Length; i++)
            {
                string answer = bench.Exchange(requests[i]);
                Assert.AreEqual(Denied, answer.Substring(16), requests[i]);
            }

            Assert.IsFalse(bench.Camera.IsClockSet);
            Assert.AreEqual(0, bench.Camera.Restarts);
        }

        [TestMethod]
        public void WithoutARoleNoEvidenceIsRead()
        {
            var bench = new SmpBench();
            const string Refused = "bf63657272bf6567726f7570184062726302ffff";
            Assert.AreEqual(Refused, bench.Ask(false, 64, 3, "a0"), "list");
            Assert.AreEqual(Refused, bench.Ask(false, 64, 4, "a162696400"), "item");
            Assert.AreEqual(Refused, bench.Ask(false, 64, 5, "a4" + "62696400" + "636f666600" + "636c656e190200" + "616b190200"), "range");
            Assert.AreEqual(Refused, bench.Ask(true, 64, 8, "a161724100"), "receipt");
            Assert.AreEqual(Refused, bench.Ask(true, 64, 10, "a161724100"), "retire");

            // The log.
            Assert.AreEqual(Denied, bench.Ask(false, 8, 1, "a1646e616d65642f6c6f67"));
        }

        [TestMethod]
        public void TimesAreReadInEveryForm()
        {
            string[] good =
            {
                "2026-10-01T12:00:00",
                "2026-10-01T12:00:00Z",
                "2026-10-01T12:00:00.000",
                "2026-10-01T12:00:00.0",
                "2026-10-01T12:00:00.000000Z",
                "2026-10-01T14:00:00+02:00",
                "2026-10-01T06:30:00.000-05:30",
            };
            for (int i = 0; i < good.Length; i++)
            {
                Assert.AreEqual(1790856000000L, SmpTime.Parse(good[i]), good[i]);
            }

            Assert.AreEqual(1790856000011L, SmpTime.Parse("2026-10-01T12:00:00.011407"));
            Assert.AreEqual(1709251199500L, SmpTime.Parse("2024-02-29T23:59:59.5"));
            string[] bad =
            {
                "",
                "2026-10-01",
                "2026-10-01T12:00",
                "2026-10-01T12:00:00.",
                "2026-10-01T12:00:00.1234567",
                "2026-10-01T12:00:00z",
                "2026-10-01T12:00:00+2:00",
                "2026-10-01T12:00:00+0200",
                "2026-10-01T12:00:00+15:00",
                "2026-10-01T12:00:00+02:60",
                "2026-10-01T12:00:00 ",
                "2026-13-01T12:00:00",
                "2026-02-29T12:00:00",
                "2026-10-01T24:00:00",
                "2026-10-01T12:60:00",
                "2026-10-01T12:00:60",
                "2023-12-31T23:59:59",
                "2100-01-01T00:00:00",
                "1970-01-01T00:00:00",
                "2026-10-0aT12:00:00",
                "-026-10-01T12:00:00",
            };
            for (int i = 0; i < bad.Length; i++)
            {
                Assert.AreEqual(-1L, SmpTime.Parse(bad[i]), bad[i]);
            }
        }

        [TestMethod]
        public void SettingsAreReadByName()
        {
            var bench = new SmpBench();

            // unit, 5 characters; then 2 of them; then a name that does not exist, one that is too long; then a write and a delete.
            Assert.AreEqual("0900000c00034200bf6376616c454c4150454cff", bench.Exchange("0800000b00034200a1646e616d6564756e6974"));
            Assert.AreEqual(
                "0900000900034200bf6376616c424c41ff",
                bench.Exchange("0800001500034200a2646e616d6564756e6974686d61785f73697a6502")
            );
            Assert.AreEqual("bf63657272bf6567726f75700362726303ffff", bench.Ask(false, 3, 0, "a1646e616d6564786e6974"));
            string longName = "";
            for (int i = 0; i < 33; i++)
            {
                longName += "61";
            }

            Assert.AreEqual("bf63657272bf6567726f75700362726302ffff", bench.Ask(false, 3, 0, "a1646e616d657821" + longName));
            Assert.AreEqual("bf63657272bf6567726f75700362726306ffff", bench.Ask(true, 3, 0, "a2646e616d6564756e69746376616c4141"));
            Assert.AreEqual("bf63657272bf6567726f75700362726307ffff", bench.Ask(true, 3, 1, "a1646e616d6564756e6974"));
        }

        [TestMethod]
        public void TheImageIsToldAsFarAsItIsKnown()
        {
            var bench = new SmpBench();
            const string Before = "bf66696d616765739fbf64736c6f74006776657273696f6e65392e382e37";
            const string Behind =
                "68626f6f7461626c65f56770656e64696e67f469636f6e6669726d6564f566616374697665f5697065726d616e656e74f4ffffff";
            Assert.AreEqual(Before + Behind, bench.Ask(false, 1, 0, "a0"));
            bench.Camera.BuildDigest = new byte[] { 1, 2, 3 };
            Assert.AreEqual(Before + "646861736843010203" + Behind, bench.Ask(false, 1, 0, "a0"));
            Assert.AreEqual("bf62726308ff", bench.Ask(true, 1, 0, "a0"), "no image is confirmed here");
            Assert.AreEqual("bf62726308ff", bench.Ask(true, 1, 1, "a0"), "none is brought");
            Assert.AreEqual("bf62726308ff", bench.Ask(true, 1, 5, "a0"), "none is erased");
        }

        [TestMethod]
        public void TheOneTaskIsToldAndTheBootLoader()
        {
            var bench = new SmpBench();
            Assert.AreEqual(
                "bf657461736b73bf646c6f6f70bf647072696f006374696400657374617465" + "00ffffff",
                bench.Ask(false, 0, 2, "a0")
            );
            Assert.AreEqual("bf62726308ff", bench.Ask(true, 0, 2, "a0"));

            // ESP-IDF; its mode is no question that has an answer here.
            Assert.AreEqual("bf6a626f6f746c6f61646572674553502d494446ff", bench.Ask(false, 0, 8, "a0"));
            Assert.AreEqual("bf63657272bf6567726f75700062726303ffff", bench.Ask(false, 0, 8, "a165717565727964" + "6d6f6465"));
            Assert.AreEqual("bf62726303ff", bench.Ask(false, 0, 8, "a165717565727901"));
        }

        [TestMethod]
        public void TheBuildHasNoTime()
        {
            // format b: unknown.
            Assert.AreEqual("bf666f757470757467756e6b6e6f776eff", new SmpBench().Ask(false, 0, 7, "a166666f726d61746162"));
        }

        [TestMethod]
        public void SettingsAreSavedAndLoadedAsLongAsNoneWaits()
        {
            var bench = new SmpBench();
            Assert.AreEqual("bfff", bench.Ask(false, 3, 3, "a0"));
            Assert.AreEqual("bfff", bench.Ask(true, 3, 3, "a0"));
        }

        [TestMethod]
        public void CommitWithoutAnUploadIsRefused()
        {
            Assert.AreEqual("bf62726306ff", new SmpBench().Ask(true, 3, 2, "a0"));
        }

        [TestMethod]
        public void AnUploadIsBounded()
        {
            const string Name = "646e616d656b2f636f6e6669672f6e6577";
            var bench = new SmpBench();

            // 4,097 bytes announced; 2 announced and 3 sent; to a file that only reads.
            Assert.AreEqual("bf62726302ff", bench.Ask(true, 8, 0, "a4636f6666006464617461" + "4178636c656e191001" + Name));
            Assert.AreEqual(
                "bf63657272bf6567726f7570086272630cffff",
                bench.Ask(true, 8, 0, "a4636f6666006464617461" + "43787878636c656e02" + Name)
            );
            Assert.AreEqual(
                "bf63657272bf6567726f7570086272630fffff",
                bench.Ask(true, 8, 0, "a4636f6666006464617461" + "4178636c656e01646e616d65" + "642f6c6f67")
            );
        }

        [TestMethod]
        public void TheRateFallsBackUnlessItIsConfirmed()
        {
            var bench = new SmpBench();

            // 921,600.
            const string Ask = "0a00000b00404207a164626175641a000e1000";
            Assert.AreEqual("0b00000200404207bfff", bench.Exchange(Ask));
            Assert.AreEqual(921600, bench.Board.Line.Baud);
            bench.Board.NowUs += LineRate.ConfirmUs - 100000;
            bench.Run();
            Assert.AreEqual(921600, bench.Board.Line.Baud, "too early");
            bench.Board.NowUs += 200000;
            bench.Run();
            Assert.AreEqual(115200, bench.Board.Line.Baud, "not confirmed");

            bench.Exchange(Ask);
            bench.Exchange("0800000100004206a0");
            bench.Board.NowUs += LineRate.SilenceUs - 100000;
            bench.Run();
            Assert.AreEqual(921600, bench.Board.Line.Baud, "confirmed");
            bench.Board.NowUs += 200000;
            bench.Run();
            Assert.AreEqual(115200, bench.Board.Line.Baud, "silence");
        }

        [TestMethod]
        public void ARateThatThePortCannotDoIsRefused()
        {
            var bench = new SmpBench();
            Assert.AreEqual("bf63657272bf6567726f7570184062726309ffff", bench.Ask(true, 64, 7, "a16462617564192580"));
            Assert.AreEqual(115200, bench.Board.Line.Baud);
        }

        [TestMethod]
        public void ALogInIsCheckedForItsForm()
        {
            var bench = new SmpBench();
            string key = "6b65795820" + Zeros(32);
            string signature = "637369675840" + Zeros(64);
            string role = "64726f6c65";
            string malformed = "bf63657272bf6567726f7570184062726307ffff";
            Assert.AreEqual(malformed, bench.Ask(true, 64, 1, "a3" + role + "0063" + key + signature), "role 0");
            Assert.AreEqual(malformed, bench.Ask(true, 64, 1, "a3" + role + "0363" + key + signature), "role 3");
            Assert.AreEqual(malformed, bench.Ask(true, 64, 1, "a2" + role + "01" + signature), "no key");
            Assert.AreEqual(malformed, bench.Ask(true, 64, 1, "a3" + role + "0163" + key + "6373696741" + "00"), "short signature");

            // The camera's own key is not up yet: the task ends at once, and nobody is logged in.
            Assert.AreEqual("bf647461736b01ff", bench.Ask(true, 64, 1, "a3" + role + "0163" + key + signature));
            Assert.AreEqual(0, (int)bench.AccessControl.Role);
            Assert.IsTrue(bench.Ask(false, 64, 2, "a0").StartsWith("bf647461736b0166726573756c740a"));
        }

        private static string Zeros(int bytes)
        {
            string text = "";
            for (int i = 0; i < bytes; i++)
            {
                text += "00";
            }

            return text;
        }
    }
}
