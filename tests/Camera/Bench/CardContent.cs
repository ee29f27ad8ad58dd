// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using Lapel.Hal.Virtual;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>Every file of a card at one moment, to see what changed since.</summary>
    internal sealed class CardContent
    {
        private readonly Dictionary<string, string> _digests;

        public CardContent(MemoryMedium medium, Func<string, bool>? which = null)
        {
            _digests = medium
                .Files.Where(f => which == null || which(f))
                .ToDictionary(f => f, f => Convert.ToHexString(SHA256.HashData(medium.ReadAll(f))));
        }

        /// <summary>Files.</summary>
        public int Count => _digests.Count;

        /// <summary>Fails when a file is gone or another than it was.</summary>
        public void RequireSameIn(MemoryMedium medium)
        {
            foreach ((string file, string digest) in _digests)
            {
                Assert.IsTrue(medium.FileExists(file), file + " is gone");
                Assert.AreEqual(digest, Convert.ToHexString(SHA256.HashData(medium.ReadAll(file))), file + " was changed");
            }
        }

        /// <summary>Files that are not the same in both, or not in both.</summary>
        public IEnumerable<string> DifferencesTo(CardContent other) =>
            _digests
                .Keys.Union(other._digests.Keys)
                .Where(f => _digests.GetValueOrDefault(f) != other._digests.GetValueOrDefault(f))
                .Order();
    }
}
