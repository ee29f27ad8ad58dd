// SPDX-License-Identifier: MIT

namespace Lapel.Recorder
{
    /// <summary>What the officer did with a button.</summary>
    public enum GestureKind
    {
        /// <summary>Pressed and let go within a second; on the event button, pressed.</summary>
        Tap = 1,

        /// <summary>Pressed again within half a second of letting go.</summary>
        DoublePress = 2,

        /// <summary>Held for three seconds; still held.</summary>
        Hold = 3,
    }
}
