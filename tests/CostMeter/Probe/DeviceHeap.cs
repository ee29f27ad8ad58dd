// SPDX-License-Identifier: MIT

using System.Text;

namespace Lapel.CostMeter;

/// <summary>What things weigh on the device's heap (nanoFramework v1: blocks of 12 bytes; facts on memory).</summary>
public static class DeviceHeap
{
    /// <summary>A heap block: every header, every field and every element of an array of references takes one.</summary>
    public const int Block = 12;

    /// <summary>Header of an object or array.</summary>
    public const int Header = Block;

    /// <summary>A value in a box: the object and the value.</summary>
    public const int Box = Header + Block;

    /// <summary>A delegate, or an object of the class library whose fields are not known here: header and one block at least.</summary>
    public const int Opaque = Header + Block;

    /// <summary>An object with so many fields, inherited ones included.</summary>
    public static int Object(int fields) => Header + fields * Block;

    /// <summary>A string: UTF-8 with a terminating zero.</summary>
    public static int String(string text) => Header + Encoding.UTF8.GetByteCount(text) + 1;
}
