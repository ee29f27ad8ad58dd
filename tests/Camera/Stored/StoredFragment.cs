// SPDX-License-Identifier: MIT

using System.Collections.Generic;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>A fragment as it lies on the card, its trailer seen.</summary>
    internal sealed record StoredFragment(int Number, string Text, long TextTimeMs, long TextDurationMs, IReadOnlyList<StoredFrame> Frames);
}
