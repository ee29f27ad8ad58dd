// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Authority;
using Lapel.Custody;
using Lapel.Hal;
using Lapel.Hal.Virtual;
using Lapel.VirtualCamera;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Engine = Lapel.VirtualCamera.VirtualCamera;

namespace Lapel.Service.Host.Tests;

/// <summary>A whole camera in virtual time with a recording on its card, and a dock at its port.</summary>
internal sealed class DockBench : IDisposable
{
    public const int SlotBytes = 1 << 19;

    const int Group = 64;

    static readonly SigningKey Agency = Key(KeyKind.Authority, 1);
    public static readonly SigningKey DockStation = Key(KeyKind.Station, 2);
    public static readonly SigningKey TechnicianStation = Key(KeyKind.Station, 3);

    readonly MemoryMedium card = new();

    public DockBench(bool owned = true, double recordSeconds = 6)
    {
        Camera = Engine.Open(
            new VirtualCameraOptions("", "", new DockScene())
            {
                CardMegabytes = 24,
                SlotBytes = SlotBytes,
                PreEventSeconds = 2,
            },
            card,
            new MemoryMedium()
        );
        Line = new DockLine(Camera);
        Until(OperatingState.Buffering, 60);
        if (owned)
        {
            Own();
        }

        if (recordSeconds > 0)
        {
            Record(recordSeconds);
        }
    }

    public Engine Camera { get; }

    public DockLine Line { get; }

    public OperatingState State => Camera.Status.State;

    /// <summary>The bytes that lie in a slot.</summary>
    public byte[] Slot(int slot)
    {
        var bytes = new byte[SlotBytes];
        card.Read($"LAPEL/S{slot / 100:D3}/{slot:D8}.MP4", 0, bytes);
        return bytes;
    }

    /// <summary>A signed configuration of the agency that owns the camera.</summary>
    public static byte[] Configuration(int serial)
    {
        var plan = new ConfigurationPlan
        {
            Serial = serial,
            Unit = "LP-7",
            SlotBytes = SlotBytes,
            PreEventSeconds = 2,
            IntervalMs = 100,
        };
        plan.Stations.Add((DockStation.Public.Bytes, 2));
        plan.Stations.Add((TechnicianStation.Public.Bytes, 1));
        return Configurations.Sign(Agency, plan);
    }

    /// <summary>Brings a configuration and has it installed; returns the result.</summary>
    public CustodyResult Configure(byte[] signed)
    {
        for (int at = 0; at < signed.Length; at += 300)
        {
            byte[] part = signed[at..Math.Min(signed.Length, at + 300)];
            Answer answer =
                at == 0
                    ? Line.Ask(true, 8, 0, ("name", "/config/new"), ("off", 0), ("data", part), ("len", signed.Length))
                    : Line.Ask(true, 8, 0, ("name", "/config/new"), ("off", at), ("data", part));
            if (!answer.IsGood)
            {
                return CustodyResult.NotAllowed;
            }

            Assert.AreEqual(at + part.Length, answer.Number("off"));
        }

        return Line.Ask(true, 3, 2).IsGood ? Outcome() : CustodyResult.NotAllowed;
    }

    /// <summary>Logs in; returns the result.</summary>
    public CustodyResult Login(SigningKey station, int role)
    {
        Answer hello = Line.Ask(false, Group, 0);
        byte[] proof = Authority.Login.Prove(station, hello.Bytes("id"), hello.Bytes("nonce"), (byte)role);
        Answer begun = Line.Ask(true, Group, 1, ("role", role), ("key", station.Fingerprint), ("sig", proof));
        return begun.Error == 8 ? CustodyResult.Locked : Outcome();
    }

    public CustodyResult Outcome()
    {
        for (int i = 0; i < 200; i++)
        {
            Answer outcome = Line.Ask(false, Group, 2);
            if (outcome.Number("result") != (int)CustodyResult.Running)
            {
                return (CustodyResult)outcome.Number("result");
            }

            Line.Run(0.05);
        }

        throw new AssertFailedException("the task does not end");
    }

    public void LogInAsDock() => Assert.AreEqual(CustodyResult.Done, Login(DockStation, 2));

    /// <summary>The list, to its end.</summary>
    public List<List<object>> List()
    {
        var items = new List<List<object>>();
        long from = 0;
        while (true)
        {
            Answer answer = Line.Ask(false, Group, 3, ("from", from), ("n", 3));
            Assert.IsTrue(answer.IsGood, $"error {answer.Error}");
            items.AddRange(((List<object>)answer.Map["items"]).Cast<List<object>>());
            if (!answer.Map.TryGetValue("next", out object? next))
            {
                return items;
            }

            from = (long)next;
        }
    }

    public int SendRange(long item, long offset, int length, int block) =>
        Line.Send(false, Group, 5, ("id", item), ("off", offset), ("len", length), ("k", block));

    /// <summary>Starts a recording with a double press.</summary>
    public void Press()
    {
        long now = Camera.Parts.Clock.NowUs;
        Camera.Parts.RecordButton.Hold(now, 90_000);
        Camera.Parts.RecordButton.Hold(now + 250_000, 90_000);
        Until(OperatingState.Recording, 2);
        Line.Run(0.2);
    }

    /// <summary>Stops the recording and waits until all of it is on the card.</summary>
    public void Stop()
    {
        Camera.Parts.RecordButton.Hold(Camera.Parts.Clock.NowUs, 3_200_000);
        Line.Run(3.3);
        Until(OperatingState.Buffering, 60);
    }

    public void Until(OperatingState state, double seconds)
    {
        long limit = Camera.NowUs + (long)(seconds * 1e6);
        while (State != state)
        {
            if (Camera.NowUs > limit)
            {
                Assert.Fail($"{State} ({Camera.Status.Fault}), wanted {state}");
            }

            Line.Turn();
        }
    }

    public void Dispose()
    {
        int refused = Camera.Parts.Card.RefusedOpens;
        Camera.Dispose();
        Assert.AreEqual(0, refused, "a sixth file was to be opened");
    }

    void Record(double seconds)
    {
        Press();
        Line.Run(seconds);
        Stop();
    }

    void Own() => Assert.AreEqual(CustodyResult.Done, Configure(Configuration(1)));

    static SigningKey Key(KeyKind kind, byte number)
    {
        var seed = new byte[32];
        seed[0] = number;
        return SigningKey.FromSeed(kind, seed);
    }

    // Pictures that differ, 18 kB as a VGA sensor's.
    sealed class DockScene : IScene
    {
        public byte[] Take(long timeUs, FrameSize size, FrameQuality quality)
        {
            var random = new Random(unchecked((int)(timeUs / 100)));
            var picture = new byte[18_000];
            random.NextBytes(picture);
            picture.AsSpan().Replace((byte)0xFF, (byte)0xFE);
            (picture[0], picture[1], picture[2], picture[^2], picture[^1]) = (0xFF, 0xD8, 0xFF, 0xFF, 0xD9);
            return picture;
        }
    }
}
