// SPDX-License-Identifier: MIT

using System.Text;
using nanoFramework.TestFramework;

namespace Lapel.Evidence.Tests
{
    [TestClass]
    public class ClockTextTests
    {
        [TestMethod]
        public void DatesOfTheCalendar()
        {
            Check(1000, "1970-01-01 00:00:01 UTC LP-1");
            Check(951782400000, "2000-02-29 00:00:00 UTC LP-1");
            Check(1709251199000, "2024-02-29 23:59:59 UTC LP-1");
            Check(1709251200000, "2024-03-01 00:00:00 UTC LP-1");
            Check(1795467602999, "2026-11-23 21:00:02 UTC LP-1");
            Check(4102444800000, "2100-01-01 00:00:00 UTC LP-1");
        }

        [TestMethod]
        public void UnsetClockShowsTimeSinceBoot()
        {
            var buffer = new byte[64];
            int size = ClockText.Put(buffer, 0, 0, (12 * 3600 + 34 * 60 + 56) * 1000L + 789, "LP-1");
            Assert.AreEqual("clock unset +0012:34:56 LP-1", Text(buffer, size));
        }

        [TestMethod]
        public void LongestUnitFits()
        {
            var buffer = new byte[64];
            Assert.AreEqual(2 + ClockText.MaxBytes, ClockText.Put(buffer, 0, 0, 0, "ABCDEFGHIJKLMNOP"));
        }

        private static void Check(long utcMs, string text)
        {
            var buffer = new byte[64];
            int size = ClockText.Put(buffer, 0, utcMs, 0, "LP-1");
            Assert.AreEqual(text, Text(buffer, size));
        }

        private static string Text(byte[] buffer, int size)
        {
            Assert.AreEqual(size - 2, BigEndian.Get16(buffer, 0));
            return Encoding.UTF8.GetString(buffer, 2, size - 2);
        }
    }
}
