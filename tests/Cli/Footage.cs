// SPDX-License-Identifier: MIT

using System.IO;
using Lapel.WholeCamera.Tests;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Cli.Tests
{
    /// <summary>Recorded pictures that stand beside the repository and are no part of it.</summary>
    internal static class Footage
    {
        /// <summary>Path of a file of the shared footage; ends the test as inconclusive where that is not there.</summary>
        public static string Require(string name)
        {
            string? path = Shared.Find(Path.Combine("footage", name));
            if (path == null)
            {
                Assert.Inconclusive($"there is no footage {name} here");
            }

            return path;
        }
    }
}
