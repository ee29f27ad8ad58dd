// SPDX-License-Identifier: MIT

namespace Lapel.CostMeter;

/// <summary>
/// Device milliseconds for what was counted, ESP32-S3 at 240 MHz. Every figure comes from the measurements and published board figures in
/// facts/budget.md (named beside it) and is right within a factor of 1.5; where none exists the assumption is stated.
/// </summary>
public static class Pricing
{
    /// <summary>"2.7 million IL/s in arithmetic loops".</summary>
    const double Instruction = 1 / 2700.0;

    /// <summary>
    /// Extra for a call or field access: "1.3 to 2.3 M/s in call- and field-heavy code"; where three instructions of ten are of
    /// that kind the middle, 1.8 M/s, comes out: (1/1.8 - 1/2.7) / 0.3 microseconds.
    /// </summary>
    const double CallOrField = 0.000617;

    /// <summary>Extra for leaving our code: "native call, 3 arguments, ~13 IL, 0.01 ms", less its 13 instructions and one call.</summary>
    const double NativeCall = 0.01 - 13 * Instruction - CallOrField;

    /// <summary>Extra for a delegate: "delegate call 0.007", less a load or two, the call, and the return.</summary>
    const double DelegateCall = 0.007 - 4 * Instruction - CallOrField;

    /// <summary>Extra for a native that makes a string: "int.ToString + concat 0.08" is two of them, less their calls.</summary>
    const double String = 0.04 - 0.01;

    /// <summary>"throw + catch 0.03".</summary>
    const double Throw = 0.03;

    /// <summary>"new byte[20480] (zeroed) 1.1".</summary>
    const double ZeroedKilobyte = 1.1 / 20;

    /// <summary>"Array.Copy of 20 KB in PSRAM 1.7".</summary>
    const double CopiedKilobyte = 1.7 / 20;

    /// <summary>"HMAC-SHA256 of a 32 KB page (native) 0.6..1.6": the middle.</summary>
    const double HashedKilobyte = 1.1 / 32;

    /// <summary>No figure for native AES: taken as the hash, the other native that passes over every byte once.</summary>
    const double CipheredKilobyte = HashedKilobyte;

    /// <summary>No figure for native CRC-32: taken as the hash.</summary>
    const double CheckedKilobyte = HashedKilobyte;

    /// <summary>"SPI camera read 1 ms per KB at 8 MHz".</summary>
    const double SpiKilobyte = 1;

    /// <summary>"card write 2.5 to 7 ms per KB (150 to 400 kB/s)": at 250 kB/s, the card of the simulated minute.</summary>
    const double WrittenKilobyte = 4;

    /// <summary>No figure for reads: taken as the fastest write, 400 kB/s.</summary>
    const double ReadKilobyte = 2.5;

    /// <summary>"open 90 to 140 ms" (facts/nanoframework.md): the middle.</summary>
    const double Open = 115;

    /// <summary>"close 30 to 75 ms" (facts/nanoframework.md): the middle.</summary>
    const double Close = 52.5;

    /// <summary>
    /// Nothing published for littlefs on this flash: the middle of the 2 to 4 ms that the virtual flash takes to open a file, [U].
    /// </summary>
    const double FlashOpen = 3;

    /// <summary>The middle of the 5 to 20 ms that the virtual flash takes to close one, [U].</summary>
    const double FlashClose = 12.5;

    /// <summary>Time the processor spends: interpreter and computing natives.</summary>
    public static double Processor(Counts counts) =>
        counts[Counter.Instructions] * Instruction
        + counts[Counter.CallsAndFields] * CallOrField
        + counts[Counter.NativeCalls] * NativeCall
        + counts[Counter.DelegateCalls] * DelegateCall
        + counts[Counter.Strings] * String
        + counts[Counter.Throws] * Throw
        + Kilobytes(counts, Counter.ZeroedBytes) * ZeroedKilobyte
        + Kilobytes(counts, Counter.CopiedBytes) * CopiedKilobyte
        + Kilobytes(counts, Counter.HashedBytes) * HashedKilobyte
        + Kilobytes(counts, Counter.CipheredBytes) * CipheredKilobyte
        + Kilobytes(counts, Counter.CheckedBytes) * CheckedKilobyte;

    /// <summary>Time spent waiting for the camera bus and the card; nothing else runs meanwhile.</summary>
    public static double InputOutput(Counts counts) =>
        Kilobytes(counts, Counter.SpiBytes) * SpiKilobyte
        + Kilobytes(counts, Counter.FileWrittenBytes) * WrittenKilobyte
        + Kilobytes(counts, Counter.FileReadBytes) * ReadKilobyte
        + counts[Counter.FilesOpened] * Open
        + counts[Counter.FilesClosed] * Close
        + counts[Counter.FlashFilesOpened] * FlashOpen
        + counts[Counter.FlashFilesClosed] * FlashClose;

    static double Kilobytes(Counts counts, Counter counter) => counts[counter] / 1024.0;
}
