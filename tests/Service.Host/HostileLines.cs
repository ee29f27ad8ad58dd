// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace Lapel.Service.Host.Tests;

/// <summary>
/// Lines as a hostile or broken host sends them, from a seed: requests of all kinds, well-formed and not, damaged lines, text, noise.
/// </summary>
internal sealed class HostileLines(int seed)
{
    static readonly string[] Keys =
    [
        "off",
        "len",
        "name",
        "data",
        "d",
        "role",
        "key",
        "sig",
        "id",
        "k",
        "from",
        "n",
        "baud",
        "datetime",
        "force",
        "boot_mode",
        "format",
        "index",
        "groups",
        "argv",
        "type",
        "max_size",
        "val",
        "r",
        "x",
    ];

    static readonly string[] Texts =
    [
        "",
        "/config/new",
        "/config/current",
        "/log",
        "/device.pub",
        "/",
        "2026-10-01T12:00:00",
        "2026-10-01T12:00:00.5+02:00",
        "a",
        "snrvmpio",
        "crc32",
        "sha256",
        "unit",
        "recorder",
        "link",
        "reboot",
        "version",
        "help",
        "date 2026-11-23T20:00:00Z",
        "login",
        "logout",
        "rec -j",
        "reboot -f",
        "config get",
        "config set",
        "login dock",
        "login technician AAAA",
        "ls",
        "log -n 64",
        "mem -j",
        "log -n 0",
        "\u00e4",
        "\u0006\t",
    ];

    static readonly int[] Groups = [0, 2, 3, 8, 9, 10, 64, 64, 64];
    static readonly ulong[] Numbers =
    [
        0,
        1,
        2,
        10,
        16,
        23,
        24,
        255,
        256,
        512,
        4096,
        4097,
        65535,
        65536,
        115200,
        262144,
        921600,
        0xFFFFFFFF,
        0x7FFFFFFFFFFFFFFF,
        0xFFFFFFFFFFFFFFFF,
    ];

    readonly Random random = new(seed);

    /// <summary>The next input, ended or not; returns how many lines are in it.</summary>
    public int Next(MemoryStream to)
    {
        switch (random.Next(10))
        {
            case 0:
                return Noise(to);
            case 1:
                return Text(to);
            case 2:
                return Damaged(to);
            case 3:
                return Framed(to, Bytes(random.Next(0, 300)));
            default:
                return Framed(to, Message());
        }
    }

    int Noise(MemoryStream to)
    {
        int count = random.Next(1, random.Next(8) == 0 ? 2000 : 60);
        byte[] bytes = Bytes(count);
        if (random.Next(3) == 0)
        {
            bytes[random.Next(count)] = 0x06;
        }

        to.Write(bytes);
        return End(to);
    }

    int Text(MemoryStream to)
    {
        to.Write(Encoding.UTF8.GetBytes(Texts[random.Next(Texts.Length)] + " " + Texts[random.Next(Texts.Length)]));
        return End(to);
    }

    int End(MemoryStream to)
    {
        switch (random.Next(6))
        {
            case 0:
                to.Write("\r\n"u8);
                break;
            case 1:
                to.Write("\r"u8);
                break;
            default:
                to.Write("\n"u8);
                break;
        }

        return 1;
    }

    // A packet whose lines are damaged, repeated, left out or out of order.
    int Damaged(MemoryStream to)
    {
        List<byte[]> lines = Lines(Message());
        for (int i = 0; i < 1 + random.Next(3); i++)
        {
            int at = random.Next(lines.Count);
            byte[] line = lines[at];
            switch (random.Next(7))
            {
                case 0:
                    line[random.Next(line.Length)] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    lines[at] = [.. line.Take(random.Next(line.Length)), .. line.Skip(random.Next(line.Length))];
                    break;
                case 2:
                    lines[at] = [.. line.Take(line.Length / 2), (byte)random.Next(256), .. line.Skip(line.Length / 2)];
                    break;
                case 3:
                    lines.Insert(random.Next(lines.Count + 1), line);
                    break;
                case 4:
                    if (lines.Count > 1)
                    {
                        lines.RemoveAt(at);
                    }
                    break;
                case 5:
                    lines[at] = [.. "text before "u8, .. line];
                    break;
                default:
                    (lines[0], lines[^1]) = (lines[^1], lines[0]);
                    break;
            }

            if (lines[at < lines.Count ? at : 0].Length == 0)
            {
                lines[at < lines.Count ? at : 0] = [0x06, 0x09];
            }
        }

        foreach (byte[] line in lines)
        {
            to.Write(line);
            End(to);
        }

        return lines.Count;
    }

    int Framed(MemoryStream to, byte[] message)
    {
        List<byte[]> lines = Lines(message);
        foreach (byte[] line in lines)
        {
            to.Write(line);
            End(to);
        }

        return lines.Count;
    }

    static List<byte[]> Lines(byte[] message)
    {
        int crc = SmpCrc.Update(0, message, 0, message.Length);
        byte[] packet = [(byte)((message.Length + 2) >> 8), (byte)(message.Length + 2), .. message, (byte)(crc >> 8), (byte)crc];
        var lines = new List<byte[]>();
        for (int at = 0; at < packet.Length; at += SmpLine.MaxRaw)
        {
            byte[] mark = at == 0 ? [0x06, 0x09] : [0x04, 0x14];
            lines.Add([
                .. mark,
                .. Encoding.ASCII.GetBytes(Convert.ToBase64String(packet, at, Math.Min(SmpLine.MaxRaw, packet.Length - at))),
            ]);
        }

        return lines;
    }

    byte[] Message()
    {
        byte[] data = Map();
        int operation = random.Next(12) == 0 ? random.Next(256) : (random.Next(2) * 2) | (random.Next(2) * 8);
        int length = random.Next(40) == 0 ? random.Next(65536) : data.Length;
        int group = random.Next(20) == 0 ? random.Next(65536) : Groups[random.Next(Groups.Length)];
        int command = random.Next(20) == 0 ? random.Next(256) : random.Next(12);
        return
        [
            (byte)operation,
            0,
            (byte)(length >> 8),
            (byte)length,
            (byte)(group >> 8),
            (byte)group,
            (byte)random.Next(256),
            (byte)command,
            .. data,
        ];
    }

    byte[] Map()
    {
        if (random.Next(20) == 0)
        {
            return Bytes(random.Next(40));
        }

        var to = new MemoryStream();
        int pairs = random.Next(random.Next(20) == 0 ? 20 : 6);
        bool indefinite = random.Next(2) == 0;
        if (indefinite)
        {
            to.WriteByte(0xBF);
        }
        else
        {
            Head(to, 5, (ulong)pairs);
        }

        for (int i = 0; i < pairs; i++)
        {
            byte[] key = Encoding.ASCII.GetBytes(Keys[random.Next(Keys.Length)]);
            Head(to, 3, (ulong)key.Length);
            to.Write(key);
            Value(to, 0);
        }

        if (indefinite)
        {
            to.WriteByte(0xFF);
        }

        byte[] map = to.ToArray();
        if (random.Next(15) == 0)
        {
            map[random.Next(map.Length)] = (byte)random.Next(256);
        }

        return random.Next(30) == 0 ? map[..random.Next(map.Length)] : map;
    }

    void Value(MemoryStream to, int depth)
    {
        switch (random.Next(depth > 10 ? 4 : 7))
        {
            case 0:
                Head(to, random.Next(8) == 0 ? 1 : 0, Numbers[random.Next(Numbers.Length)]);
                break;
            case 1:
                String(to, 3, Encoding.UTF8.GetBytes(Texts[random.Next(Texts.Length)]));
                break;
            case 2:
                String(
                    to,
                    2,
                    Bytes(
                        random.Next(4) switch
                        {
                            0 => 32,
                            1 => 64,
                            _ => random.Next(random.Next(10) == 0 ? 1500 : 80),
                        }
                    )
                );
                break;
            case 3:
                to.WriteByte((byte)(0xF4 + random.Next(4)));
                break;
            case 4:
                Items(to, 4, 1, depth);
                break;
            case 5:
                Items(to, 5, 2, depth);
                break;
            default:
                Value(to, depth + 1);
                break;
        }
    }

    void Items(MemoryStream to, int major, int each, int depth)
    {
        int count = random.Next(4);
        Head(to, major, (ulong)count);
        for (int i = 0; i < count * each; i++)
        {
            Value(to, depth + 1);
        }
    }

    static void String(MemoryStream to, int major, byte[] bytes)
    {
        Head(to, major, (ulong)bytes.Length);
        to.Write(bytes);
    }

    static void Head(MemoryStream to, int major, ulong value)
    {
        int bytes =
            value < 24 ? 0
            : value <= 0xFF ? 1
            : value <= 0xFFFF ? 2
            : value <= 0xFFFFFFFF ? 4
            : 8;
        to.WriteByte(
            (byte)(
                (major << 5)
                | (
                    bytes switch
                    {
                        0 => (int)value,
                        1 => 24,
                        2 => 25,
                        4 => 26,
                        _ => 27,
                    }
                )
            )
        );
        for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
        {
            to.WriteByte((byte)(value >> shift));
        }
    }

    byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
