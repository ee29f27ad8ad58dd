// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Link
{
    /// <summary>What is fetched after an item: its first ranges are asked for before the last frames of the one before have come.</summary>
    /// <param name="Id">The id.</param>
    /// <param name="Begin">
    /// Makes its job from what the camera tells; null to fetch it later. The job's digest is not known then, since the camera has another
    /// item open.
    /// </param>
    public sealed record FollowingItem(int Id, Func<ItemFacts, BulkJob?> Begin);
}
