// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Formats.Cbor;
using System.IO;
using System.Linq;
using System.Text;
using Lapel.Hal.Virtual;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Engine = Lapel.VirtualCamera.VirtualCamera;

namespace Lapel.Service.Host.Tests;

/// <summary>A frame whose two CRCs are right.</summary>
internal sealed record Frame(int Sequence, long Offset, byte[] Payload);

/// <summary>An answer.</summary>
internal sealed record Answer(int Group, int Command, Dictionary<string, object> Map)
{
    /// <summary>Error of the group, or 0.</summary>
    public int Error => Map.TryGetValue("err", out object? error) ? (int)(long)((Dictionary<string, object>)error)["rc"] : 0;

    /// <summary>Error of SMP itself, or 0.</summary>
    public int Rc => Map.TryGetValue("rc", out object? rc) ? (int)(long)rc : 0;

    public bool IsGood => Error == 0 && Rc == 0;

    public long Number(string key) => (long)Map[key];

    public byte[] Bytes(string key) => (byte[])Map[key];
}

/// <summary>The dock's end of the cable, written from PROTOCOL.md: requests out, answers and frames in, text in between.</summary>
internal sealed class DockLine(Engine camera)
{
    readonly List<byte> pending = [];
    readonly List<byte> packet = [];
    int sequence;
    int expected;

    public VirtualCable Cable => camera.Line;

    /// <summary>Frames received and not looked at, in order.</summary>
    public List<Frame> Frames { get; } = [];

    /// <summary>Answers received and not taken, by sequence number.</summary>
    public Dictionary<int, Answer> Answers { get; } = [];

    /// <summary>Bytes that were neither frame nor SMP.</summary>
    public StringBuilder Text { get; } = new();

    /// <summary>Frames whose payload was damaged.</summary>
    public int Damaged { get; private set; }

    /// <summary>Sends a request; returns its sequence number.</summary>
    public int Send(bool write, int group, int command, params (string Key, object Value)[] map)
    {
        byte[] data = Encode(map);
        sequence = (sequence + 1) & 0xFF;
        byte[] message =
        [
            (byte)(write ? 10 : 8),
            0,
            (byte)(data.Length >> 8),
            (byte)data.Length,
            (byte)(group >> 8),
            (byte)group,
            (byte)sequence,
            (byte)command,
            .. data,
        ];
        int crc = SmpCrc.Update(0, message, 0, message.Length);
        byte[] whole = [(byte)((message.Length + 2) >> 8), (byte)(message.Length + 2), .. message, (byte)(crc >> 8), (byte)crc];
        for (int at = 0; at < whole.Length; at += SmpLine.MaxRaw)
        {
            byte[] mark = at == 0 ? [6, 9] : [4, 0x14];
            byte[] text = Encoding.ASCII.GetBytes(Convert.ToBase64String(whole, at, Math.Min(SmpLine.MaxRaw, whole.Length - at)));
            Cable.Send([.. mark, .. text, 10]);
        }

        Answers.Remove(sequence);
        return sequence;
    }

    /// <summary>Lets the camera run until the answer is there; null after the timeout.</summary>
    public Answer? Await(int number, double seconds = 2)
    {
        long limit = camera.NowUs + (long)(seconds * 1e6);
        while (!Answers.ContainsKey(number))
        {
            if (camera.NowUs > limit)
            {
                return null;
            }

            Turn();
        }

        Answers.Remove(number, out Answer? answer);
        return answer;
    }

    /// <summary>A request and its answer, which must come within a second.</summary>
    public Answer Ask(bool write, int group, int command, params (string Key, object Value)[] map)
    {
        long asked = camera.NowUs;
        Answer? answer = Await(Send(write, group, command, map));
        Assert.IsNotNull(answer, $"no answer to {group}.{command}");
        Assert.IsTrue(camera.NowUs - asked < 1_000_000, $"{group}.{command} was answered after {(camera.NowUs - asked) / 1000} ms");
        return answer;
    }

    /// <summary>A turn of the camera's loop, and what it sent.</summary>
    public void Turn()
    {
        camera.Step();
        byte[] bytes = Cable.Receive();
        if (bytes.Length == 0)
        {
            return;
        }

        pending.AddRange(bytes);
        while (TakeOne()) { }
    }

    /// <summary>Drops what was received in part.</summary>
    public void Forget()
    {
        pending.Clear();
        packet.Clear();
    }

    public void Run(double seconds)
    {
        long limit = camera.NowUs + (long)(seconds * 1e6);
        while (camera.NowUs < limit)
        {
            Turn();
        }
    }

    // Takes one frame, line or byte of text from what is pending. False when more must come first.
    bool TakeOne()
    {
        if (pending.Count == 0)
        {
            return false;
        }

        if (pending[0] == 0xF5)
        {
            return TakeFrame();
        }

        int end = pending.IndexOf(10);
        int frame = pending.IndexOf(0xF5);
        if (frame >= 0 && (end < 0 || frame < end))
        {
            Drop(frame);
            return true;
        }

        if (end < 0)
        {
            return false;
        }

        byte[] line = [.. pending.Take(end)];
        pending.RemoveRange(0, end + 1);
        TakeLine(line);
        return true;
    }

    bool TakeFrame()
    {
        if (pending.Count < 20)
        {
            return false;
        }

        byte[] header = [.. pending.Take(20)];
        if (header[1] != 0x42 || header[2] != 0x57 || header[3] != 1 || Crc(header[..16]) != BitConverter.ToUInt32(header, 16))
        {
            Drop(1);
            return true;
        }

        int count = header[6] << 8 | header[7];
        if (pending.Count < 24 + count)
        {
            return false;
        }

        byte[] payload = [.. pending.Skip(20).Take(count)];
        byte[] crc = [.. pending.Skip(20 + count).Take(4)];
        if (Crc(payload) != BitConverter.ToUInt32(crc))
        {
            // A byte too few or too many moves what follows: look for the next mark inside.
            Damaged++;
            Drop(1);
            return true;
        }

        pending.RemoveRange(0, 24 + count);
        Frames.Add(new Frame(header[5], System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(header.AsSpan(8)), payload));
        return true;
    }

    void Drop(int count)
    {
        Text.Append(Encoding.Latin1.GetString([.. pending.Take(count)]));
        pending.RemoveRange(0, count);
    }

    void TakeLine(byte[] line)
    {
        bool first = line is [6, 9, ..];
        if (!first && line is not [4, 0x14, ..])
        {
            Text.Append(Encoding.Latin1.GetString(line)).Append('\n');
            return;
        }

        Assert.IsTrue(line.Length <= 126 || Damaged > 0, $"line of {line.Length + 1}");
        if (first)
        {
            packet.Clear();
        }

        try
        {
            packet.AddRange(Convert.FromBase64String(Encoding.ASCII.GetString(line, 2, line.Length - 2)));
        }
        catch (FormatException)
        {
            packet.Clear();
        }

        if (packet.Count < 12)
        {
            return;
        }

        expected = packet[0] << 8 | packet[1];
        if (packet.Count < expected + 2)
        {
            return;
        }

        byte[] message = [.. packet.Skip(2).Take(expected)];
        packet.Clear();
        if (SmpCrc.Update(0, message, 0, message.Length) != 0)
        {
            return;
        }

        var reader = new CborReader(message.AsMemory(8, message.Length - 10), CborConformanceMode.Strict);
        Answers[message[6]] = new Answer(message[4] << 8 | message[5], message[7], (Dictionary<string, object>)Read(reader));
        Assert.AreEqual(0, reader.BytesRemaining);
    }

    /// <summary>CRC-32 as in zlib, bit by bit: nothing of the device's.</summary>
    public static uint Crc(byte[] bytes)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }

    static object Read(CborReader reader)
    {
        switch (reader.PeekState())
        {
            case CborReaderState.UnsignedInteger:
            case CborReaderState.NegativeInteger:
                return reader.ReadInt64();
            case CborReaderState.ByteString:
                return reader.ReadByteString();
            case CborReaderState.TextString:
                return reader.ReadTextString();
            case CborReaderState.Boolean:
                return reader.ReadBoolean();
            case CborReaderState.StartArray:
                var list = new List<object>();
                reader.ReadStartArray();
                while (reader.PeekState() != CborReaderState.EndArray)
                {
                    list.Add(Read(reader));
                }

                reader.ReadEndArray();
                return list;
            default:
                var map = new Dictionary<string, object>();
                reader.ReadStartMap();
                while (reader.PeekState() != CborReaderState.EndMap)
                {
                    map.Add(reader.ReadTextString(), Read(reader));
                }

                reader.ReadEndMap();
                return map;
        }
    }

    static byte[] Encode((string Key, object Value)[] map)
    {
        var writer = new CborWriter();
        writer.WriteStartMap(map.Length);
        foreach ((string key, object value) in map)
        {
            writer.WriteTextString(key);
            switch (value)
            {
                case string text:
                    writer.WriteTextString(text);
                    break;
                case byte[] bytes:
                    writer.WriteByteString(bytes);
                    break;
                case bool truth:
                    writer.WriteBoolean(truth);
                    break;
                default:
                    writer.WriteInt64(Convert.ToInt64(value));
                    break;
            }
        }

        writer.WriteEndMap();
        return writer.Encode();
    }
}
