// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;

namespace Lapel.Link
{
    /// <summary>What a camera says of itself to anybody.</summary>
    public sealed record Hello
    {
        /// <summary>The version of group 64 that this program speaks.</summary>
        public const int KnownVersion = 1;

        /// <summary>The camera's id: the first 16 bytes of its key's fingerprint. All zero until its key is up.</summary>
        public required byte[] DeviceId { get; init; }

        /// <summary>Its Ed25519 public key, 32 bytes. All zero until it is up.</summary>
        public required byte[] Key { get; init; }

        /// <summary>Unit name.</summary>
        public required string Unit { get; init; }

        /// <summary>Version of its firmware.</summary>
        public required string Firmware { get; init; }

        /// <summary>What it is doing: booting, recovering, buffering, recording, closing, card-full or fault.</summary>
        public required string State { get; init; }

        /// <summary>The challenge for a log-in, 32 bytes; each hello makes a new one.</summary>
        public required byte[] Nonce { get; init; }

        /// <summary>Role in force at the port.</summary>
        public required CameraRole Role { get; init; }

        /// <summary>Slots on its card, 0 without one.</summary>
        public required long Slots { get; init; }

        /// <summary>Free slots.</summary>
        public required long FreeSlots { get; init; }

        /// <summary>Whether its card is new and gets further slots yet.</summary>
        public bool IsMakingSlots { get; init; }

        /// <summary>Whether an authority is installed; until then anybody's signed configuration is taken.</summary>
        public required bool IsOwned { get; init; }

        /// <summary>Rates that its port can go at.</summary>
        public required IReadOnlyList<int> Bauds { get; init; }

        /// <summary>Its clock, or null while that is unset.</summary>
        public required DateTime? Utc { get; init; }

        /// <summary>How far off its clock may be, milliseconds, as it states it in recordings; null when it does not know.</summary>
        public long? UncertaintyMs { get; init; }

        /// <summary>Whether its key is up; it is not in the first seconds after power-on.</summary>
        public bool HasKey => Key.AsSpan().ContainsAnyExcept((byte)0);

        /// <summary>The camera's id in hex digits.</summary>
        public string IdText => Convert.ToHexStringLower(DeviceId);

        internal static Hello Read(CborMap map)
        {
            if (map.Number("v") != KnownVersion)
            {
                throw new LinkException(
                    LinkFailure.NotLapel,
                    $"the camera speaks version {map.Number("v")} of the protocol, this program version {KnownVersion}",
                    "use a program of the same age as the firmware"
                );
            }

            return new Hello
            {
                DeviceId = map.Has("id") ? map.Bytes("id", 16) : new byte[16],
                Key = map.Has("key") ? map.Bytes("key", 32) : new byte[32],
                Unit = map.Text("unit"),
                Firmware = map.Text("fw"),
                State = map.Text("state"),
                Nonce = map.Bytes("nonce", 32),
                Role = (CameraRole)map.Number("role"),
                Slots = map.Number("slots"),
                FreeSlots = map.Number("free"),
                IsMakingSlots = map.Has("making") && map.Flag("making"),
                IsOwned = map.Flag("owned"),
                Bauds =
                [
                    .. map.List("bauds")
                        .Select(b => b is long baud and > 0 and <= int.MaxValue ? (int)baud : throw CborMap.Bad("a rate is no number")),
                ],
                Utc =
                    map.Has("utc") && map.Number("utc") is >= 0 and < 253402300800000 and var ms
                        ? DateTime.UnixEpoch.AddMilliseconds(ms)
                        : null,
                UncertaintyMs = map.Has("unc") ? map.Number("unc") : null,
            };
        }
    }
}
