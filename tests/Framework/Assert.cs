// SPDX-License-Identifier: MIT

using System;
using MSTest = Microsoft.VisualStudio.TestTools.UnitTesting;

namespace nanoFramework.TestFramework
{
    /// <summary>The members of nanoFramework's Assert that the device tests use.</summary>
    public static class Assert
    {
        public static void AreEqual(bool expected, bool actual, string message = "") => MSTest.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(int expected, int actual, string message = "") => MSTest.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(uint expected, uint actual, string message = "") => MSTest.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(long expected, long actual, string message = "") => MSTest.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(ulong expected, ulong actual, string message = "") => MSTest.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(byte expected, byte actual, string message = "") => MSTest.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(string expected, string actual, string message = "") =>
            MSTest.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(object expected, object actual, string message = "") =>
            MSTest.Assert.AreEqual(expected, actual, message);

        public static void IsTrue(bool condition, string message = "") => MSTest.Assert.IsTrue(condition, message);

        public static void IsFalse(bool condition, string message = "") => MSTest.Assert.IsFalse(condition, message);

        public static void IsNull(object value, string message = "") => MSTest.Assert.IsNull(value, message);

        public static void IsNotNull(object value, string message = "") => MSTest.Assert.IsNotNull(value, message);

        public static void ThrowsException(Type exceptionType, Action action, string message = "")
        {
            try
            {
                action();
            }
            catch (Exception e)
            {
                MSTest.Assert.AreEqual(exceptionType, e.GetType(), message);
                return;
            }

            MSTest.Assert.Fail("no exception: " + message);
        }
    }
}
