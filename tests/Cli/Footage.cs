using System;
using System.IO;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Cli.Tests
{
    /// <summary>Recorded pictures that stand beside the repository and are no part of it.</summary>
    internal static class Footage
    {
        /// <summary>Path of a file of ../shared/footage; ends the test as inconclusive where that is not there.</summary>
        public static string Require(string name)
        {
            DirectoryInfo? root = new(AppContext.BaseDirectory);
            while (root != null && !File.Exists(Path.Combine(root.FullName, "Lapel.slnx"))) root = root.Parent;
            string path = root?.Parent == null ? name : Path.Combine(root.Parent.FullName, "shared", "footage", name);
            if (!File.Exists(path)) Assert.Inconclusive($"{path} is not there");
            return path;
        }
    }
}
