// SPDX-License-Identifier: MIT

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text;

namespace Lapel.Seal.Tests;

/// <summary>Reads an exported MP4 by its boxes alone.</summary>
public static class ExportedMovie
{
    /// <summary>The video's samples; the time at which the last ends.</summary>
    public static List<byte[]> Frames(byte[] movie, out long endMs)
    {
        var frames = new List<byte[]>();
        endMs = -1;
        for (int at = 0; at < movie.Length; at += U32(movie, at))
        {
            if (Type(movie, at) != "moof")
            {
                continue;
            }

            int traf = at + 24,
                tfdt = traf + 24,
                trun = traf + 40,
                count = U32(movie, trun + 12),
                data = at + U32(movie, trun + 16);
            long time = U32(movie, tfdt + 12);
            if (Type(movie, traf) != "traf" || Type(movie, tfdt) != "tfdt" || Type(movie, trun) != "trun")
            {
                throw new InvalidOperationException("not as FORMAT.md 8.7 says");
            }

            if (endMs >= 0 && time != endMs)
            {
                throw new InvalidOperationException($"a gap from {endMs} to {time} ms");
            }

            for (int i = 0; i < count; i++)
            {
                int size = U32(movie, trun + 24 + 8 * i);
                frames.Add(movie[data..(data + size)]);
                data += size;
                time += U32(movie, trun + 20 + 8 * i);
            }
            endMs = time;
        }
        return frames;
    }

    static string Type(byte[] bytes, int at) => Encoding.ASCII.GetString(bytes, at + 4, 4);

    static int U32(byte[] bytes, int at) => (int)BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
}
