// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Verify.Tests
{
    /// <summary>One row of the table of forgeries.</summary>
    /// <param name="What">What is done.</param>
    /// <param name="By">By whom: who has the card, the store, a former or the present key.</param>
    /// <param name="Where">On what it is tried.</param>
    /// <param name="Do">Does it.</param>
    /// <param name="Exit">What `lapel verify` must exit with.</param>
    /// <param name="Code">The kind of finding that must be there; null: none is needed.</param>
    /// <param name="Says">Words that the report must have.</param>
    /// <param name="Hurts">Numbers of the recordings that must not be authentic any more; all others must stay so.</param>
    internal sealed record Forgery(
        string What,
        string By,
        Place Where,
        Action<Victim> Do,
        int Exit,
        FindingCode? Code,
        string Says,
        params uint[] Hurts
    )
    {
        /// <summary>Another kind that does as well.</summary>
        public FindingCode? Or { get; init; }

        public override string ToString() => What;
    }
}
