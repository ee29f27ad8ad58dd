// SPDX-License-Identifier: MIT

using System.Collections.Generic;

namespace Lapel.Verify
{
    /// <summary>The key to judge with and where it is from.</summary>
    /// <param name="Key">Null: take the one in each segment's header.</param>
    /// <param name="Supplier">Its origin.</param>
    public sealed record KeyChoice(TrustedKey? Key, KeySupplier Supplier)
    {
        /// <summary>The key in each segment's header.</summary>
        public static readonly KeyChoice FromSegment = new(null, KeySupplier.Segment);

        /// <summary>
        /// The rotation statements that are known, of whatever devices: keys that they lead to are as good as the one that they begin with.
        /// </summary>
        public IReadOnlyList<RotationStatement> Rotations { get; init; } = [];

        /// <summary>The device id that all must be of; null: any.</summary>
        public byte[]? DeviceId { get; init; }

        /// <summary>Where each device's key is looked for when <see cref="Key"/> is null; null: in its header.</summary>
        public KeyRegistry? Registry { get; init; }

        /// <summary>The given key, or that of the segment when none was given.</summary>
        public static KeyChoice Given(TrustedKey? key) => key == null ? FromSegment : new KeyChoice(key, KeySupplier.Given);
    }
}
