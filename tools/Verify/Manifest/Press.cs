// SPDX-License-Identifier: MIT

namespace Lapel.Verify
{
    /// <summary>A press of a button, as it was and as it was understood.</summary>
    /// <param name="Button">Which button.</param>
    /// <param name="Time">Milliseconds since recording zero.</param>
    /// <param name="Duration">Milliseconds; -1 when the button was still down at signing.</param>
    /// <param name="Meaning">0 nothing, 1 tap, 2 one of the two of a double press, 3 hold.</param>
    public sealed record Press(uint Button, long Time, long Duration, uint Meaning);
}
