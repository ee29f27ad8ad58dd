// SPDX-License-Identifier: MIT

using System;

namespace Lapel.VirtualCamera
{
    /// <summary>The camera at one moment.</summary>
    public sealed record CameraStatus
    {
        /// <summary>Virtual time since the first power-on, microseconds.</summary>
        public long NowUs { get; init; }

        /// <summary>What the camera is doing.</summary>
        public OperatingState State { get; init; }

        /// <summary>Why it cannot record; null when it can.</summary>
        public string? Fault { get; init; }

        /// <summary>The camera's own UTC; null while its clock is not set.</summary>
        public DateTime? Utc { get; init; }

        /// <summary>Seconds that the pre-event ring reaches back.</summary>
        public double PreEventSeconds { get; init; }

        /// <summary>Frames captured since power-on.</summary>
        public int Frames { get; init; }

        /// <summary>Frames lost since power-on.</summary>
        public int Drops { get; init; }

        /// <summary>Recordings begun since power-on.</summary>
        public int Recordings { get; init; }

        /// <summary>Number of the recording under way, over the camera's life; null when there is none.</summary>
        public int? RecordingNumber { get; init; }

        /// <summary>Seconds of pictures that belong to a recording and are not on the card yet.</summary>
        public double UnwrittenSeconds { get; init; }

        /// <summary>Markers set since power-on.</summary>
        public int Markers { get; init; }

        /// <summary>Free slots on the card.</summary>
        public int SlotsFree { get; init; }

        /// <summary>Slots on the card, of those that are made; 0 without a card.</summary>
        public int SlotsTotal { get; init; }

        /// <summary>Whether the card is new and gets further slots yet.</summary>
        public bool IsMakingSlots { get; init; }

        /// <summary>Battery voltage, millivolts.</summary>
        public int BatteryMillivolts { get; init; }

        /// <summary>Whether the red light is on.</summary>
        public bool Red { get; init; }

        /// <summary>Whether the green light is on.</summary>
        public bool Green { get; init; }

        /// <summary>Whether the camera vibrates.</summary>
        public bool Vibration { get; init; }

        /// <summary>Whether the sounder sounds.</summary>
        public bool Tone { get; init; }
    }
}
