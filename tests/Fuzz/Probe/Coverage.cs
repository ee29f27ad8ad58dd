// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Fuzz;

/// <summary>What one input reached, and what all of them have reached. For one thread.</summary>
public static class Coverage
{
    /// <summary>Edges are told apart by this many numbers; two may share one.</summary>
    const int Edges = 1 << 16;

    static readonly byte[] Now = new byte[Edges];
    static readonly byte[] Known = new byte[Edges];
    static bool[] blocks = new bool[1];
    static int last;

    /// <summary>Room for so many blocks; nothing is reached.</summary>
    public static void Size(int count) => blocks = new bool[count];

    /// <summary>Whether a block was ever reached.</summary>
    public static bool Reached(int block) => blocks[block];

    /// <summary>Called at the beginning of each block of an instrumented parser.</summary>
    public static void Hit(int block)
    {
        if (block < blocks.Length)
        {
            blocks[block] = true;
        }

        ref byte count = ref Now[(block ^ last) & (Edges - 1)];
        if (count < byte.MaxValue)
        {
            count++;
        }

        last = block << 1 & int.MaxValue;
    }

    /// <summary>A new campaign begins: no edge is known. So it goes the same way whatever ran before it.</summary>
    public static void Forget() => Array.Clear(Known);

    /// <summary>A new input begins.</summary>
    public static void Begin()
    {
        Array.Clear(Now);
        last = 0;
    }

    /// <summary>Whether the input took an edge that none before it took, or took one in another order of times.</summary>
    public static bool IsNew()
    {
        bool found = false;
        for (int i = Now.AsSpan().IndexOfAnyExcept((byte)0); i >= 0; i = Next(i))
        {
            byte times = (byte)(1 << Math.Min(7, (int)Math.Log2(Now[i])));
            found |= (Known[i] & times) == 0;
            Known[i] |= times;
        }
        return found;
    }

    static int Next(int i)
    {
        int next = Now.AsSpan(i + 1).IndexOfAnyExcept((byte)0);
        return next < 0 ? -1 : i + 1 + next;
    }
}
