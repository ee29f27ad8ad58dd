// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Lapel.Service;

namespace Lapel.CostMeter.Scenarios;

/// <summary>A long message in the lines of SMP, as a client sends it.</summary>
internal static class SmpLines
{
    /// <summary>Bytes of the message: near the longest that is taken.</summary>
    public const int MessageBytes = 2000;

    public static IReadOnlyList<byte[]> Of(int messageBytes)
    {
        byte[] message =
        [
            10,
            0,
            (byte)((messageBytes - 8) >> 8),
            (byte)(messageBytes - 8),
            0,
            0,
            1,
            0,
            .. Enumerable.Range(0, messageBytes - 8).Select(i => (byte)(i * 31)),
        ];
        int crc = SmpCrc.Update(0, message, 0, message.Length);
        byte[] packet = [(byte)((messageBytes + 2) >> 8), (byte)(messageBytes + 2), .. message, (byte)(crc >> 8), (byte)crc];
        return
        [
            .. packet
                .Chunk(SmpLine.MaxRaw)
                .Select(
                    (part, i) =>
                        (byte[])
                            [
                                i == 0 ? SmpLine.First0 : SmpLine.Next0,
                                i == 0 ? SmpLine.First1 : SmpLine.Next1,
                                .. Encoding.ASCII.GetBytes(Convert.ToBase64String(part)),
                                (byte)'\n',
                            ]
                ),
        ];
    }
}
