// SPDX-License-Identifier: MIT

using nanoFramework.TestFramework;

namespace Lapel.Service.Tests
{
    /// <summary>
    /// Exchanges as a Zephyr 4.4 server has them, byte for byte. Where an answer tells something of the device, it is this one's; where a
    /// request names a file, it is one of this camera's with the same content.
    /// </summary>
    [TestClass]
    public class SmpVectorTests
    {
        private const string NewName = "646e616d65" + "6b2f636f6e6669672f6e6577";

        private static void Check(SmpBench bench, string[] exchanges)
        {
            for (int i = 0; i < exchanges.Length; i += 3)
            {
                Assert.AreEqual(exchanges[i + 2], bench.Exchange(exchanges[i + 1]), exchanges[i]);
            }
        }

        [TestMethod]
        public void Os()
        {
            Check(
                new SmpBench(),
                new[]
                {
                    "echo, version 2",
                    "0a00000900004200a161646568656c6c6f",
                    "0b00000a00004200bf61726568656c6c6fff",
                    "echo, version 1",
                    "0200000900004200a161646568656c6c6f",
                    "0300000a00004200bf61726568656c6c6fff",
                    "echo by a read",
                    "0800000600004200a16164626869",
                    "0900000700004200bf6172626869ff",
                    "echo without its key",
                    "0a00000100004200a0",
                    "0b00000500004200bf617260ff",
                    "echo, indefinite map",
                    "0a00000a00004200bf61646568656c6c6fff",
                    "0b00000a00004200bf61726568656c6c6fff",
                    "parameters",
                    "0800000100004206a0",
                    "0900001900004206bf686275665f73697a65190800696275665f636f756e7402ff",
                    "parameters, no data",
                    "0800000000004206",
                    "0900001900004206bf686275665f73697a65190800696275665f636f756e7402ff",
                    "information",
                    "0800000100004207a0",
                    "0900000f00004207bf666f7574707574654c6170656cff",
                    "information, unknown letter",
                    "0800000a00004207a166666f726d6174617a",
                    "0900001300004207bf63657272bf6567726f75700062726302ffff",
                    "information, unknown letter, version 1",
                    "0000000a00004207a166666f726d6174617a",
                    "0100000600004207bf62726303ff",
                    "clock that is not set",
                    "0800000100004204a0",
                    "0900001300004204bf63657272bf6567726f75700062726304ffff",
                    "clock that is not set, version 1",
                    "0000000100004204a0",
                    "0100000600004204bf62726305ff",
                }
            );
        }

        [TestMethod]
        public void ErrorsOfSmpItself()
        {
            Check(
                new SmpBench(),
                new[]
                {
                    "unknown group",
                    "08000001003f4200a0",
                    "09000006003f4200bf62726308ff",
                    "unknown group, version 1",
                    "00000001003f4200a0",
                    "01000006003f4200bf62726308ff",
                    "unknown command",
                    "0800000100004263a0",
                    "0900000600004263bf62726308ff",
                    "version 3",
                    "1800000100004206a0",
                    "0900000600004206bf6272630dff",
                    "version 2 as a number",
                    "1000000100004206a0",
                    "0900000600004206bf6272630dff",
                    "write to what is read",
                    "0a00000100004206a0",
                    "0b00000600004206bf62726308ff",
                    "no CBOR",
                    "0a00000200004200ffff",
                    "0b00000600004200bf62726303ff",
                    "a key of another type",
                    "0a00000400004200a1616405",
                    "0b00000600004200bf62726303ff",
                }
            );
        }

        [TestMethod]
        public void WhatIsNoRequestIsNotAnswered()
        {
            var bench = new SmpBench();
            string[] messages =
            {
                "0900000100004206a0",
                "0b00000100004206a0",
                "0f00000100004206a0", // answers, and an operation that does not exist
                "2800000100004206a0", // reserved bits
                "0800000200004206a0",
                "0800000000004206a0", // a length that lies
            };
            for (int i = 0; i < messages.Length; i++)
            {
                Assert.AreEqual("nothing", bench.Exchange(messages[i]), messages[i]);
            }

            Assert.AreEqual("0b00000a00004200bf61726568656c6c6fff", bench.Exchange("0a00000900004200a161646568656c6c6f"));
        }

        [TestMethod]
        public void Files()
        {
            const string Ten = "30313233343536373839";
            const string Ninety = Ten + Ten + Ten + Ten + Ten + Ten + Ten + Ten + Ten;
            const string AllData = Ninety + Ninety + Ten + Ten;
            var bench = new SmpBench();
            Check(
                bench,
                new[]
                {
                    "status before",
                    "08000012000842" + "01a1" + NewName,
                    "0900001300084201bf63657272bf6567726f75700862726303ffff",
                    "status before, version 1",
                    "00000012000842" + "01a1" + NewName,
                    "0100000600084201bf62726305ff",
                    "upload",
                    "0a00007e00084200a4636f6666006464617461585a" + Ninety + "636c656e18c8" + NewName,
                    "0b00000800084200bf636f6666185aff",
                    "upload, next",
                    "0a00008d00084200a3636f6666185a6464617461586e" + Ninety + Ten + Ten + NewName,
                    "0b00000800084200bf636f666618c8ff",
                    "upload at a wrong offset",
                    "0a00001e00084200a3636f6666076464617461" + "4178" + NewName,
                    "0b00001900084200bf63657272bf6567726f7570086272630bff636c656e18c8ff",
                    "the same, version 1",
                    "0200001e00084200a3636f6666076464617461" + "4178" + NewName,
                    "0300000600084200bf62726301ff",
                    "status",
                    "0800001200084201a1" + NewName,
                    "0900000800084201bf636c656e18c8ff",
                    "download",
                    "0800001700084200a2636f666600" + NewName,
                    "090000dc00084200bf636f666600646461746158c8" + AllData + "636c656e18c8ff",
                    "download from 190",
                    "0800001800084200a2636f666618be" + NewName,
                    "0900001800084200bf636f666618be64646174614a" + Ten + "ff",
                    "download past the end",
                    "0800001900084200a2636f66661901f4" + NewName,
                    "0900000f00084200bf636f66661901f4646461746140ff",
                    "hash",
                    "0800001200084202a1" + NewName,
                    "0900001f00084202bf6474797065656372633332636c656e18c8666f75747075741a4129a340ff",
                    "hash of a part",
                    "0800002700084202a4" + NewName + "6474797065656372633332636f66660a636c656e14",
                    "0900002300084202bf6474797065656372633332636f66660a636c656e14666f75747075741afc89bad5ff",
                    "hash of another type",
                    "0800001b00084202a2" + NewName + "6474797065636d6435",
                    "0900001300084202bf63657272bf6567726f7570086272630dffff",
                    "hash types",
                    "0800000100084203a0",
                    "0900002000084203bf657479706573bf656372633332bf66666f726d6174006473697a6504ffffff",
                    "close",
                    "0a00000100084204a0",
                    "0b00000200084204bfff",
                    "another file",
                    "0800001100084201a1646e616d656a2f6c6673312f6e6f6e65",
                    "0900001300084201bf63657272bf6567726f75700862726303ffff",
                    "another file, version 1",
                    "0000001100084201a1646e616d656a2f6c6673312f6e6f6e65",
                    "0100000600084201bf62726305ff",
                    "no name",
                    "0800000100084201a0",
                    "0900000600084201bf62726303ff",
                }
            );
        }

        [TestMethod]
        public void Statistics()
        {
            Check(
                new SmpBench(),
                new[]
                {
                    "list",
                    "0800000100024201a0",
                    "0900002100024201bf69737461745f6c6973749f687265636f7264657264636172646" + "46c696e6bffff",
                    "figures",
                    "0800000b00024200a1646e616d65646c696e6b",
                    "0900001e00024200bf646e616d65646c696e6b666669656c6473bf657469636b73190195ffff",
                    "unknown",
                    "0800000b00024200a1646e616d65646e6f7065",
                    "0900001300024200bf63657272bf6567726f75700262726303ffff",
                    "unknown, version 1",
                    "0000000b00024200a1646e616d65646e6f7065",
                    "0100000600024200bf62726305ff",
                    "half a name",
                    "0800000a00024200a1646e616d65636c696e",
                    "0900001300024200bf63657272bf6567726f75700262726303ffff",
                }
            );
        }

        [TestMethod]
        public void Enumeration()
        {
            Check(
                new SmpBench(),
                new[]
                {
                    "count",
                    "08000001000a4200a0",
                    "09000009000a4200bf65636f756e7408ff",
                    "list",
                    "08000001000a4201a0",
                    "09000014000a4201bf6667726f7570739f000102030809" + "0a1840ffff",
                    "single",
                    "08000008000a4202a165696e64657804",
                    "09000009000a4202bf6567726f757008ff",
                    "the last",
                    "08000008000a4202a165696e64657807",
                    "0900000f000a4202bf6567726f7570184063656e64f5ff",
                    "beyond",
                    "08000008000a4202a165696e64657809",
                    "09000013000a4202bf63657272bf6567726f75700a62726304ffff",
                    "details of one",
                    "0800000a000a4203a16667726f757073810a",
                    "0900002d000a4203bf6667726f7570739fbf6567726f75700a646e616d6569656e756d206d676d74" + "6868616e646c65727304ffffff",
                }
            );
        }

        [TestMethod]
        public void Shell()
        {
            Check(
                new SmpBench(),
                new[]
                {
                    "unknown command",
                    "0a00000900094200a16461726776816178",
                    "0b00002000094200bf616f76783a20636f6d6d616e64206e6f7420666f756e640d0a6372657427ff",
                    "no words",
                    "0a00000700094200a1646172677680",
                    "0b00001300094200bf63657272bf6567726f75700962726303ffff",
                    "no argv",
                    "0a00000100094200a0",
                    "0b00000600094200bf62726303ff",
                }
            );
        }

        // Lines as they are on the wire, their ends included.
        [TestMethod]
        public void Lines()
        {
            var bench = new SmpBench();
            bench.Line("\u0006\tABMKAAAJAABCAKFhZGVoZWxsb0YZ");
            Assert.AreEqual("\u0006\tABQLAAAKAABCAL9hcmVoZWxsb/8s+w==\n", bench.Sent());
            bench.Line("\u0006\tAAsKAAABAAhCBKAlGA==");
            Assert.AreEqual("\u0006\tAAwLAAACAAhCBL//1r0=\n", bench.Sent());
        }

        [TestMethod]
        public void AnAnswerBeginsItsOwnLine()
        {
            var bench = new SmpBench();
            bench.Output.Text("lapel> ");
            bench.Line("\u0006\tABMKAAAJAABCAKFhZGVoZWxsb0YZ");
            Assert.AreEqual("lapel> \r\n\u0006\tABQLAAAKAABCAL9hcmVoZWxsb/8s+w==\n", bench.Sent());
        }

        [TestMethod]
        public void TwoRequestsAreAnsweredInOrder()
        {
            var bench = new SmpBench();
            bench.Give("0a00000900000100a161646568656c6c6f");
            bench.Give("0a00000900000200a161646568656c6c6f");
            bench.Run();
            Assert.AreEqual("0b00000a00000100bf61726568656c6c6fff", bench.Answer());
            Assert.AreEqual("0b00000a00000200bf61726568656c6c6fff", bench.Answer());
            Assert.AreEqual("nothing", bench.Answer());
        }

        [TestMethod]
        public void WhatDoesNotFitIsErrorSeven()
        {
            var bench = new SmpBench();
            string text = "";
            for (int i = 0; i < 2034; i++)
            {
                text += "61";
            }

            string request = "0a0007f800004200a16164" + "7907f2" + text;
            Assert.AreEqual("0b00000600004200bf62726307ff", bench.Exchange(request));
        }
    }
}
