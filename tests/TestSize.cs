// SPDX-License-Identifier: MIT

using System;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Tests
{
    /// <summary>
    /// How much of a property a test tries. Plain `dotnet test` tries a sample drawn from a seed. LAPEL_SWEEP=1 tries what CI tries, which
    /// takes minutes; LAPEL_LONG=1 tries what CI leaves out too. A test that asks here bears <c>[TestCategory(TestSize.Sweep)]</c>: by it
    /// .ci/run finds what to run once more at full size.
    /// </summary>
    internal static class TestSize
    {
        /// <summary>The category of tests that have a larger size than the one `dotnet test` runs.</summary>
        public const string Sweep = "Sweep";

        /// <summary>Whether what CI leaves out is wanted: LAPEL_LONG=1.</summary>
        public static bool IsLong => Asks() && IsSet("LAPEL_LONG");

        /// <summary>Whether CI's full size is wanted: LAPEL_SWEEP=1, or LAPEL_LONG=1.</summary>
        public static bool IsSweep => Asks() && (IsSet("LAPEL_SWEEP") || IsSet("LAPEL_LONG"));

        /// <summary>Chooses a number of tries, or of seeds, inputs, cuts, seconds.</summary>
        /// <param name="sample">With plain `dotnet test`.</param>
        /// <param name="sweep">In CI's sweep.</param>
        /// <param name="most">With LAPEL_LONG=1; as in the sweep when it is not given.</param>
        public static int Of(int sample, int sweep, int? most = null) =>
            IsLong ? most ?? sweep
            : IsSweep ? sweep
            : sample;

        private static bool IsSet(string name) => Environment.GetEnvironmentVariable(name) == "1";

        // A test without the category would never be run at its full size, and nobody would notice.
        private static bool Asks()
        {
#pragma warning disable MSTESTEXP // The version is pinned: should the property go, this does not compile.
            TestContext test = TestContext.Current ?? throw new InvalidOperationException("TestSize is asked outside of a test");
#pragma warning restore MSTESTEXP
            Type type = typeof(TestSize).Assembly.GetType(test.FullyQualifiedTestClassName!)!;
            bool isMarked = type.GetMethods()
                .Where(method => method.Name == test.TestName)
                .SelectMany(method => method.GetCustomAttributes(typeof(TestCategoryAttribute), false))
                .Any(category => ((TestCategoryAttribute)category).TestCategories.Contains(Sweep));
            return isMarked
                ? true
                : throw new InvalidOperationException($"{test.TestName} has two sizes: it needs [TestCategory(TestSize.Sweep)]");
        }
    }
}
