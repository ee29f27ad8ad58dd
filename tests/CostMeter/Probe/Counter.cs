// SPDX-License-Identifier: MIT

namespace Lapel.CostMeter;

/// <summary>
/// What is counted while rewritten device code runs. "Ours" is code of the device assemblies; everything outside them is native.
/// </summary>
public enum Counter
{
    /// <summary>IL instructions executed by our code.</summary>
    Instructions,

    /// <summary>Those of them that call or touch a field.</summary>
    CallsAndFields,

    /// <summary>Calls that left our code.</summary>
    NativeCalls,

    /// <summary>Calls through delegates.</summary>
    DelegateCalls,

    /// <summary>Native calls that gave our code a string.</summary>
    Strings,

    /// <summary>Exceptions thrown by our code.</summary>
    Throws,

    /// <summary>Objects, arrays, boxes and strings made by our code.</summary>
    Allocations,

    /// <summary>Bytes of device heap they take.</summary>
    AllocatedBytes,

    /// <summary>Bytes of device heap taken by arrays that natives returned.</summary>
    ReturnedBytes,

    /// <summary>Bytes of arrays made by our code, which the runtime fills with zeros; also arrays cleared.</summary>
    ZeroedBytes,

    /// <summary>Bytes moved by Array.Copy.</summary>
    CopiedBytes,

    /// <summary>Bytes hashed by the native HMACs.</summary>
    HashedBytes,

    /// <summary>Bytes enciphered or deciphered by the native AES.</summary>
    CipheredBytes,

    /// <summary>Bytes through the native CRC-32.</summary>
    CheckedBytes,

    /// <summary>Bytes over SPI.</summary>
    SpiBytes,

    /// <summary>Bytes written to files.</summary>
    FileWrittenBytes,

    /// <summary>Bytes read from files.</summary>
    FileReadBytes,

    /// <summary>Files opened.</summary>
    FilesOpened,

    /// <summary>Files closed.</summary>
    FilesClosed,

    /// <summary>Files of the internal flash opened.</summary>
    FlashFilesOpened,

    /// <summary>Files of the internal flash closed.</summary>
    FlashFilesClosed,

    /// <summary>Milliseconds that our code slept.</summary>
    SleptMilliseconds,
}
