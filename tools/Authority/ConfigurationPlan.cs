// SPDX-License-Identifier: MIT

using System.Collections.Generic;

namespace Lapel.Authority
{
    /// <summary>What a signed configuration says (CUSTODY.md section 3).</summary>
    public sealed class ConfigurationPlan
    {
        /// <summary>Serial number, higher than that of the configuration before.</summary>
        public int Serial { get; set; } = 1;

        /// <summary>The camera, 16 bytes; null for any.</summary>
        public byte[]? DeviceId { get; set; }

        /// <summary>Ed25519 key of the authority from then on; null for the one that signs.</summary>
        public byte[]? Authority { get; set; }

        /// <summary>X25519 keys of those who may open recordings, at most 4. Empty: recordings are in the clear.</summary>
        public IList<byte[]> Recipients { get; } = [];

        /// <summary>Ed25519 keys of stations and the highest role of each (1 technician, 2 dock), at most 8.</summary>
        public IList<(byte[] Key, int Role)> Stations { get; } = [];

        /// <summary>Ed25519 keys of archives, at most 4.</summary>
        public IList<byte[]> Archives { get; } = [];

        /// <summary>Pre-event, 0 to 120 s.</summary>
        public int PreEventSeconds { get; set; } = 30;

        /// <summary>0 QVGA, 1 VGA, 2 SVGA, 3 HD.</summary>
        public int Size { get; set; } = 1;

        /// <summary>Best quality the camera may use: 0 high, 1 default, 2 low.</summary>
        public int Quality { get; set; } = 1;

        /// <summary>Milliseconds between frames, 66 to 1000.</summary>
        public int IntervalMs { get; set; } = 125;

        /// <summary>Unit name, 1 to 16 ASCII characters without spaces. Not a person's.</summary>
        public string Unit { get; set; } = "LAPEL";

        /// <summary>Whether the event button starts a recording.</summary>
        public bool EventStarts { get; set; }

        /// <summary>Whether lights and tones stay off.</summary>
        public bool Covert { get; set; }

        /// <summary>Bytes of a slot when a card is made.</summary>
        public int SlotBytes { get; set; } = 8 * 1024 * 1024;

        /// <summary>A broken-off recording goes on when the camera is up again within this, 0 to 600 s; 0: never.</summary>
        public int ContinueSeconds { get; set; } = 60;

        /// <summary>Who wears the camera; at most 48 characters. Sealed into recordings.</summary>
        public string Officer { get; set; } = "";

        /// <summary>Where; at most 64 characters. Sealed into recordings.</summary>
        public string Place { get; set; } = "";

        /// <summary>Free text; at most 120 characters. Sealed into recordings.</summary>
        public string Note { get; set; } = "";

        /// <summary>Whether it names people or places.</summary>
        public bool HasPrivateFacts => Officer.Length + Place.Length + Note.Length > 0;
    }
}
