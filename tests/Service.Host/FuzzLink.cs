// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Service.Host.Tests;

/// <summary>A link that gives what it was given, and counts what it is sent.</summary>
internal sealed class FuzzLink : ILink
{
    byte[] input = [];
    int at;

    /// <summary>Bytes sent since the link was made.</summary>
    public long Sent { get; private set; }

    public int Available => input.Length - at;

    public int Room => 128;

    public bool CanSend => true;

    public bool IsSending => false;

    public int Baud { get; private set; } = 115200;

    public void Give(byte[] bytes)
    {
        input = bytes;
        at = 0;
    }

    public int Read(byte[] buffer, int offset, int count)
    {
        int taken = Math.Min(count, Available);
        Array.Copy(input, at, buffer, offset, taken);
        at += taken;
        return taken;
    }

    public void Write(byte[] buffer, int offset, int count) => Sent += count;

    public void Send(byte[] buffer, int offset, int count) => Sent += count;

    public bool SetBaud(int baud)
    {
        Baud = baud;
        return true;
    }
}
