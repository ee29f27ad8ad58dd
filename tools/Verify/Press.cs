namespace Lapel.Verify
{
    /// <summary>A press of a button, as it was and as it was understood.</summary>
    /// <param name="Button">Which button.</param>
    /// <param name="Time">Milliseconds since recording zero.</param>
    /// <param name="Duration">Milliseconds.</param>
    /// <param name="Meaning">0 none, 1 start, 2 stop, 3 marker, 4 refused.</param>
    public sealed record Press(uint Button, long Time, ulong Duration, uint Meaning);
}
