// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Fuzz.Targets;

/// <summary>A file of the card in memory; what the contract of <see cref="ICardFile"/> forbids is thrown.</summary>
public sealed class ArrayFile(byte[] content) : ICardFile
{
    public long Length => content.Length;

    public CardStatus Write(long position, byte[] buffer, int offset, int count)
    {
        if (position % 512 != 0 || count % 512 != 0 || count <= 0 || position < 0 || position + count > content.Length)
        {
            throw new ArgumentException($"write of {count} bytes at {position} of {content.Length}");
        }

        Array.Copy(buffer, offset, content, position, count);
        return CardStatus.Ok;
    }

    public CardStatus Read(long position, byte[] buffer, int offset, int count)
    {
        if (position < 0 || count < 0)
        {
            throw new ArgumentException($"read of {count} bytes at {position}");
        }

        if (position + count > content.Length)
        {
            return CardStatus.ReadError;
        }

        Array.Copy(content, position, buffer, offset, count);
        return CardStatus.Ok;
    }

    public void Close() { }
}
