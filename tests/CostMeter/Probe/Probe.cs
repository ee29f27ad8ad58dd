// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;

namespace Lapel.CostMeter;

/// <summary>Called by rewritten device code. One thread only, as the firmware is.</summary>
public static class Probe
{
    /// <summary>Instructions executed; a field, because every basic block adds to it.</summary>
    public static long Instructions;

    /// <summary>Calls and field accesses among them.</summary>
    public static long CallsAndFields;

    /// <summary>Instructions by method, where the code was rewritten for a profile.</summary>
    public static readonly Dictionary<string, long> Profile = [];

    static readonly long[] Counters = new long[Enum.GetValues<Counter>().Length];

    /// <summary>1 between a virtual call and its arrival in our code: a call that does not arrive there went to a native.</summary>
    static long pending;

    /// <summary>All counters as they stand, by <see cref="Counter"/>.</summary>
    public static long[] Read()
    {
        long[] now = (long[])Counters.Clone();
        now[(int)Counter.Instructions] = Instructions;
        now[(int)Counter.CallsAndFields] = CallsAndFields;
        return now;
    }

    /// <summary>A block of a method is about to run; only in code rewritten for a profile.</summary>
    public static void Block(string method, int instructions) => Profile[method] = Profile.GetValueOrDefault(method) + instructions;

    /// <summary>A method of ours begins.</summary>
    public static void Arrive()
    {
        Counters[(int)Counter.NativeCalls] -= pending;
        pending = 0;
    }

    /// <summary>A virtual call is about to be made.</summary>
    public static void Leave()
    {
        Counters[(int)Counter.NativeCalls]++;
        pending = 1;
    }

    /// <summary>A virtual call came back, or an exception came out of it.</summary>
    public static void Back() => pending = 0;

    /// <summary>Something happened n times, or to n bytes.</summary>
    public static void Count(int n, Counter counter) => Counters[(int)counter] += n;

    /// <summary>An object or a box of a size known beforehand was made.</summary>
    public static void Allocated(int bytes)
    {
        Counters[(int)Counter.Allocations]++;
        Counters[(int)Counter.AllocatedBytes] += bytes;
    }

    /// <summary>An array is about to be made.</summary>
    public static void NewArray(int length, int elementBytes)
    {
        long payload = (long)length * elementBytes;
        Counters[(int)Counter.Allocations]++;
        Counters[(int)Counter.AllocatedBytes] += DeviceHeap.Header + payload;
        Counters[(int)Counter.ZeroedBytes] += payload;
    }

    /// <summary>A native returned an array or a string.</summary>
    public static void Returned(object? value)
    {
        if (value is string text)
        {
            Counters[(int)Counter.Strings]++;
            Allocated(DeviceHeap.String(text));
        }
        else if (value is Array array)
        {
            Counters[(int)Counter.ReturnedBytes] += DeviceHeap.Header + PayloadBytes(array, array.Length);
        }
    }

    /// <summary>Elements of an array are about to be copied or cleared.</summary>
    public static void Elements(Array? array, int count, Counter counter)
    {
        if (array != null)
        {
            Counters[(int)counter] += PayloadBytes(array, count);
        }
    }

    /// <summary>A native is about to work on a whole array.</summary>
    public static void Whole(Array? array, Counter counter) => Elements(array, array?.Length ?? 0, counter);

    static long PayloadBytes(Array array, int count) =>
        array.Length == 0 ? 0
        : array.GetType().GetElementType()!.IsPrimitive ? (long)(Buffer.ByteLength(array) / array.Length) * count
        : (long)count * DeviceHeap.Block;
}
