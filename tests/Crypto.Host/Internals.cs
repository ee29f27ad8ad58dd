// SPDX-License-Identifier: MIT

using System;
using System.Reflection;

namespace Lapel.Crypto.Host.Tests
{
    /// <summary>The internal members of Lapel.Crypto that are worth a check of their own.</summary>
    internal static class Internals
    {
        public delegate void FieldProduct(long[] result, long[] a, long[] b);

        public delegate void FieldSquares(long[] result, long[] a, int times);

        public delegate void Change(long[] a);

        public delegate void ScalarReduction(long[] result, long[] value);

        public delegate void ScalarMultiplyAdd(long[] result, long[] r, long[] k, long[] a, long[] wide);

        public static readonly FieldProduct Multiply = Method<FieldProduct>("Field", "Multiply");

        public static readonly FieldSquares Square = Method<FieldSquares>("Field", "Square");

        public static readonly Change Freeze = Method<Change>("Field", "Freeze");

        public static readonly ScalarReduction Reduce = Method<ScalarReduction>("Scalar", "Reduce");

        public static readonly ScalarMultiplyAdd MultiplyAdd = Method<ScalarMultiplyAdd>("Scalar", "MultiplyAdd");

        public static int[] BasePointTable => (int[])Type("BasePointTable").GetField("Limbs")!.GetValue(null)!;

        private static Type Type(string name) => typeof(Sha512).Assembly.GetType("Lapel.Crypto." + name, true)!;

        private static T Method<T>(string type, string name)
            where T : Delegate => Type(type).GetMethod(name, BindingFlags.Public | BindingFlags.Static)!.CreateDelegate<T>();
    }
}
