// SPDX-License-Identifier: MIT

using System.Globalization;

namespace Lapel.PowerCut
{
    /// <summary>A cut of an act, with the id that makes it again: `act.change.variant`.</summary>
    internal sealed record Cut(string Act, int Number, Change Change, CutVariant Variant)
    {
        public string Id => string.Create(CultureInfo.InvariantCulture, $"{Act}.{Number}.{Variant}");
    }
}
