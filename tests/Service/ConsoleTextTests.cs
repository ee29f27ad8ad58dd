// SPDX-License-Identifier: MIT

using System.Text;
using nanoFramework.TestFramework;

namespace Lapel.Service.Tests
{
    /// <summary>What the console writes and how strictly it reads.</summary>
    [TestClass]
    public class ConsoleTextTests
    {
        private static TextBuffer _text;

        private static string Written()
        {
            return Encoding.UTF8.GetString(_text.Bytes, 0, _text.Count);
        }

        private static Report Begin(bool json)
        {
            _text = new TextBuffer(1024);
            return new Report(_text, json);
        }

        [TestMethod]
        public void AReportForPeople()
        {
            Report report = Begin(false);
            report.Field("state", "buffering");
            report.Field("slots", 12);
            report.Flag("covert", true);
            report.BeginList("rows");
            report.BeginRow();
            report.Field("a", 1);
            report.Field("b", "x");
            report.EndRow();
            report.EndList();
            report.Ok();
            Assert.AreEqual(
                "state               buffering\r\nslots               12\r\ncovert              yes\r\n1 x\r\nOK\r\n",
                Written()
            );
        }

        [TestMethod]
        public void AReportForProgramsIsOneLine()
        {
            Report report = Begin(true);
            report.Field("state", "a\"b\\c\u00e4");
            report.Field("slots", -12);
            report.BeginList("rows");
            report.BeginRow();
            report.Field("a", 1);
            report.EndRow();
            report.BeginRow();
            report.Flag("b", false);
            report.EndRow();
            report.EndList();
            report.Ok();
            Assert.AreEqual("{\"state\":\"a\\\"b\\\\c?\",\"slots\":-12,\"rows\":[{\"a\":1},{\"b\":false}],\"ok\":true}\r\n", Written());
        }

        [TestMethod]
        public void AnEmptyListAndAFailureInJson()
        {
            Report report = Begin(true);
            report.BeginList("rows");
            report.EndList();
            report.Fail("busy", "later");
            Assert.AreEqual("{\"rows\":[],\"ok\":false,\"code\":\"busy\",\"text\":\"later\"}\r\n", Written());
            Begin(false).Fail("busy", "later");
            Assert.AreEqual("ERR busy later\r\n", Written());
        }

        [TestMethod]
        public void TextThatDoesNotFitIsLeftAwayWhole()
        {
            _text = new TextBuffer(4);
            _text.Text("abc");
            _text.Text("de");
            _text.Text("f");
            Assert.AreEqual("abc", Written());
            Assert.IsTrue(_text.IsCut);
        }

        [TestMethod]
        public void TimesHaveOneSpelling()
        {
            Assert.AreEqual(1764104400000L, UtcText.Parse("2025-11-25T21:00:00Z"));
            Assert.AreEqual("2025-11-25T21:00:00Z", UtcText.Of(1764104400999L));
            Assert.AreEqual(1835395199000L, UtcText.Parse("2028-02-28T23:59:59Z"));
            Assert.AreEqual("2028-02-29T00:00:00Z", UtcText.Of(UtcText.Parse("2028-02-29T00:00:00Z")));
        }

        [TestMethod]
        public void AMalformedTimeIsNone()
        {
            string[] malformed =
            {
                "",
                "2025-11-25 21:00:00Z",
                "2025-11-25T21:00:00",
                "2025-11-25T21:00:0Z0",
                "2025-13-01T00:00:00Z",
                "2025-02-29T00:00:00Z",
                "2025-04-31T00:00:00Z",
                "2025-00-10T00:00:00Z",
                "2025-10-00T00:00:00Z",
                "2025-10-10T24:00:00Z",
                "2025-10-10T00:60:00Z",
                "2025-10-10T00:00:60Z",
                "2023-10-10T00:00:00Z",
                "2100-10-10T00:00:00Z",
                "-025-10-10T00:00:00Z",
            };
            for (int i = 0; i < malformed.Length; i++)
            {
                Assert.AreEqual(-1L, UtcText.Parse(malformed[i]), malformed[i]);
            }
        }

        [TestMethod]
        public void NumbersHaveOneSpelling()
        {
            Assert.AreEqual(0, WholeNumber.Parse("0", 0, 9));
            Assert.AreEqual(9, WholeNumber.Parse("9", 0, 9));
            Assert.AreEqual(2147483647, WholeNumber.Parse("2147483647", 0, int.MaxValue));
            Assert.AreEqual(-1, WholeNumber.Parse("10", 0, 9));
            Assert.AreEqual(-1, WholeNumber.Parse("2147483648", 0, int.MaxValue));
            Assert.AreEqual(-1, WholeNumber.Parse("99999999999", 0, int.MaxValue));
            Assert.AreEqual(-1, WholeNumber.Parse("", 0, 9));
            Assert.AreEqual(-1, WholeNumber.Parse("01", 0, 9));
            Assert.AreEqual(-1, WholeNumber.Parse("+1", 0, 9));
            Assert.AreEqual(-1, WholeNumber.Parse("1 ", 0, 9));
        }

        [TestMethod]
        public void WhatWasTypedIsRepeatedSafely()
        {
            Assert.AreEqual("'abc'", Printable.Quote("abc"));
            Assert.AreEqual("'a?b'", Printable.Quote("a\tb"));
            Assert.AreEqual("'xxxxxxxxxxxxxxxxxxxxxxxx...'", Printable.Quote(new string('x', 25)));
        }

        [TestMethod]
        public void LatenciesFallIntoTheirClasses()
        {
            LatencyHistogram histogram = new LatencyHistogram();
            histogram.Add(9999);
            histogram.Add(10000);
            histogram.Add(499999);
            histogram.Add(700000);
            Assert.AreEqual("under 10 ms: 1, under 20 ms: 1, under 500 ms: 1, 500 and more ms: 1", histogram.ToString());
            Assert.AreEqual(700000L, histogram.SlowestUs);
            Assert.AreEqual(1219998L, histogram.TotalUs);
        }
    }
}
