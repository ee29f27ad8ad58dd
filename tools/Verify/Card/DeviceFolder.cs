// SPDX-License-Identifier: MIT

using System.Collections.Generic;

namespace Lapel.Verify
{
    /// <summary>
    /// One camera's place: a card, a folder of segments, or its folder in a store. What lies in it is judged by the key and the statements
    /// that lie in it, and by nobody else's.
    /// </summary>
    public sealed class DeviceFolder
    {
        /// <summary>What names in reports begin with; empty where there is one camera only.</summary>
        public string Prefix { get; init; } = "";

        /// <summary>The device id that the folder's name states, as in a store; null elsewhere.</summary>
        public byte[]? NamedId { get; init; }

        /// <summary>The key in DEVICE.PUB; null when it is not there or damaged.</summary>
        public TrustedKey? Key { get; internal set; }

        /// <summary>The device id that DEVICE.PUB states; null without one.</summary>
        public byte[]? KeyId { get; internal set; }

        /// <summary>What is wrong with DEVICE.PUB, null when nothing is or it is not there.</summary>
        public string? KeyProblem { get; internal set; }

        /// <summary>The rotation statements in ROTATED.PUB that hold.</summary>
        public List<RotationStatement> Rotations { get; } = [];

        /// <summary>The key to judge with: the given one, that of the registry, or the folder's own.</summary>
        /// <param name="given">The key that the person who verifies has given; null: none.</param>
        /// <param name="registry">The registry that was given; null: none.</param>
        internal KeyChoice Choose(TrustedKey? given, KeyRegistry? registry)
        {
            KeyChoice choice =
                given != null ? KeyChoice.Given(given)
                : registry != null ? new KeyChoice(Registered(registry), KeySupplier.Registry) { Registry = registry }
                : Key != null ? new KeyChoice(Key, KeySupplier.Card)
                : KeyChoice.FromSegment;
            return choice with { Rotations = [.. Rotations, .. registry?.Rotations ?? []], DeviceId = NamedId };
        }

        private TrustedKey? Registered(KeyRegistry registry) => (NamedId ?? KeyId) is byte[] id ? registry.Find(id) : null;
    }
}
