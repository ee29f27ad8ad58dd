// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Verify
{
    /// <summary>A manifest that version 1 does not allow.</summary>
    internal sealed class ManifestException : Exception
    {
        public ManifestException(FindingCode code, string message)
            : base(message) => Code = code;

        public FindingCode Code { get; }
    }
}
