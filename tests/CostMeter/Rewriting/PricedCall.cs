// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace Lapel.CostMeter.Rewriting;

/// <summary>How a native says on how many bytes it works.</summary>
public enum SizeFrom
{
    /// <summary>Nothing to measure: counted once.</summary>
    Once,

    /// <summary>An int argument is the number: of bytes, of milliseconds.</summary>
    Argument,

    /// <summary>An int argument is a number of elements of the array in the first argument.</summary>
    Elements,

    /// <summary>The argument is a byte array, taken whole.</summary>
    WholeArray,

    /// <summary>The argument is a span.</summary>
    Span,
}

/// <summary>A native whose cost grows with the bytes it is given.</summary>
/// <param name="Type">Declaring type.</param>
/// <param name="Method">Method name.</param>
/// <param name="Parameters">Number of parameters, this not counted.</param>
/// <param name="Size">Where the size comes from.</param>
/// <param name="Index">Which parameter, counted from 0.</param>
/// <param name="Counter">What the bytes are counted as.</param>
public sealed record PricedCall(string Type, string Method, int Parameters, SizeFrom Size, int Index, Counter Counter)
{
    // The one class that opens files of the internal flash.
    const string FlashClass = "FlashStore";

    static readonly IReadOnlyList<PricedCall> All =
    [
        new("System.Array", "Copy", 5, SizeFrom.Elements, 4, Counter.CopiedBytes),
        new("System.Array", "Copy", 3, SizeFrom.Elements, 2, Counter.CopiedBytes),
        new("System.Array", "Clear", 3, SizeFrom.Elements, 2, Counter.ZeroedBytes),
        new("System.Security.Cryptography.HMACSHA256", "HashData", 2, SizeFrom.WholeArray, 1, Counter.HashedBytes),
        new("System.Security.Cryptography.HMACSHA512", "HashData", 2, SizeFrom.WholeArray, 1, Counter.HashedBytes),
        new("System.Security.Cryptography.Aes", "Encrypt", 1, SizeFrom.WholeArray, 0, Counter.CipheredBytes),
        new("System.Security.Cryptography.Aes", "Decrypt", 1, SizeFrom.WholeArray, 0, Counter.CipheredBytes),
        new("System.IO.Hashing.Crc32", "HashToUInt32", 1, SizeFrom.Span, 0, Counter.CheckedBytes),
        new("System.Device.Spi.SpiDevice", "Read", 1, SizeFrom.Span, 0, Counter.SpiBytes),
        new("System.Device.Spi.SpiDevice", "Write", 1, SizeFrom.Span, 0, Counter.SpiBytes),
        new("System.Device.Spi.SpiDevice", "TransferFullDuplex", 2, SizeFrom.Span, 0, Counter.SpiBytes),
        new("System.Device.Spi.SpiDevice", "ReadByte", 0, SizeFrom.Once, 0, Counter.SpiBytes),
        new("System.Device.Spi.SpiDevice", "WriteByte", 1, SizeFrom.Once, 0, Counter.SpiBytes),
        .. Stream("System.IO.FileStream"),
        .. Stream("System.IO.Stream"),
        // To and from the driver's memory. A write beyond the 128 bytes of the UART makes its thread wait; the loop makes none such.
        new("System.IO.Ports.SerialPort", "Write", 3, SizeFrom.Argument, 2, Counter.CopiedBytes),
        new("System.IO.Ports.SerialPort", "Read", 3, SizeFrom.Argument, 2, Counter.CopiedBytes),
        new("System.IO.FileStream", ".ctor", 2, SizeFrom.Once, 0, Counter.FilesOpened),
        new("System.IO.FileStream", ".ctor", 3, SizeFrom.Once, 0, Counter.FilesOpened),
        new("System.IO.FileStream", ".ctor", 4, SizeFrom.Once, 0, Counter.FilesOpened),
        new("System.IO.File", "Create", 1, SizeFrom.Once, 0, Counter.FilesOpened),
        new("System.Threading.Thread", "Sleep", 1, SizeFrom.Argument, 0, Counter.SleptMilliseconds),
    ];

    public static PricedCall? Of(MethodReference method) =>
        All.FirstOrDefault(call =>
            call.Method == method.Name && call.Parameters == method.Parameters.Count && call.Type == DeviceName(method.DeclaringType)
        );

    // Where .NET has a type of the same name that behaves otherwise, the host build takes a simulated one from this namespace.
    static string DeviceName(TypeReference type) =>
        type.Namespace != "Lapel.Hal.Virtual.Nano"
            ? type.FullName
            : type.Name switch
            {
                "Thread" => "System.Threading.",
                "Aes" => "System.Security.Cryptography.",
                _ => "System.IO.",
            } + type.Name;

    static PricedCall[] Stream(string type) =>
        [
            new(type, "Write", 3, SizeFrom.Argument, 2, Counter.FileWrittenBytes),
            new(type, "Read", 3, SizeFrom.Argument, 2, Counter.FileReadBytes),
            new(type, "Close", 0, SizeFrom.Once, 0, Counter.FilesClosed),
            new(type, "Dispose", 0, SizeFrom.Once, 0, Counter.FilesClosed),
        ];

    /// <summary>The same as a class calls it: a file of the internal flash is no file of the card.</summary>
    public PricedCall In(string callingClass) =>
        callingClass != FlashClass ? this
        : Counter == Counter.FilesOpened ? this with { Counter = Counter.FlashFilesOpened }
        : Counter == Counter.FilesClosed ? this with { Counter = Counter.FlashFilesClosed }
        : this;
}
