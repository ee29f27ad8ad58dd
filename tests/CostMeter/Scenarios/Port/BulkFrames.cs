// SPDX-License-Identifier: MIT

using System;
using System.Linq;
using Lapel.Authority;
using Lapel.Custody;
using Lapel.Evidence;
using Lapel.Hal;
using Lapel.Hal.Esp32;
using Lapel.Recorder;
using Lapel.Service;
using Lapel.Service.Tests;

namespace Lapel.CostMeter.Scenarios;

/// <summary>A frame of the bulk lane at 921,600 baud: read from the card, completed, given to the line.</summary>
public sealed class BulkFrames : ISharedScenario
{
    const int Block = 4096;
    const int RangeBytes = 128 * Block;

    ReferenceBoard? board;
    AccessControl? access;
    BulkLane? lane;

    public string Name => "bulk frame";

    public Counts Counted { get; private set; } = Counts.None;

    public int Units { get; private set; }

    public void Prepare()
    {
        board = CameraRig.BoardWithCard();
        var digests = new Digests(board.Natives);
        var keys = new KeyBoot(board, digests, "LP-0001");
        while (keys.Step() || keys.OrderKey()) { }
        var store = new CardStore(board.Card, board.Natives, new CameraConfiguration().SlotBytes);
        while (!store.IsReady)
        {
            store.Step();
        }

        SlotRecord record = SlotRecord.Open(1, 0, 0, new byte[Digests.Size]);
        record.Close(100, 10, new byte[Digests.Size]);
        store.Catalogue.Mark(0, record);
        var camera = new BenchCamera(board) { Store = store, MayRead = true };
        access = new AccessControl(board, digests, camera, store);
        access.SetDevice(keys.Device, keys.Keys, keys.Signer);
        LogIn(keys.Device);
        board.Link.SetBaud(921_600);
        lane = new BulkLane(camera, access, board.Link, new ServiceOutput(board.Link), new EvidenceItems(camera));
        Send(16 * Block);
    }

    public void Run()
    {
        int before = lane!.Frames;
        Counted = Send(RangeBytes);
        Units = lane.Frames - before;
    }

    // The steps that read or sent; those that wait for the line are not the frame's.
    Counts Send(int bytes)
    {
        var packet = new SmpPacket { Length = SmpPacket.HeaderBytes };
        packet.Buffer[0] = 8;
        var request = new SmpRequest();
        if (!request.ReadHeader(packet))
        {
            throw new InvalidOperationException("no request");
        }

        lane!.Queue(request, 0, 0, bytes, Block);
        Counts counted = Counts.None;
        while (lane.Over == null)
        {
            int frames = lane.Frames;
            long nowUs = board!.Clock.Microseconds;
            Counts before = Counts.Now();
            lane.Step(nowUs);
            Counts step = Counts.Now().Since(before);
            if (step[Counter.FileReadBytes] > 0 || lane.Frames > frames)
            {
                counted = counted.Plus(step);
            }
            else
            {
                board.Clock.Sleep(1);
            }
        }

        if (lane.Over.Error != CameraError.None)
        {
            throw new InvalidOperationException($"the range ended with error {lane.Over.Error}");
        }

        lane.Answered();
        return counted;
    }

    void LogIn(DeviceIdentity device)
    {
        SigningKey authority = SigningKey.FromSeed(KeyKind.Authority, new byte[32]);
        SigningKey dock = SigningKey.FromSeed(KeyKind.Station, [.. Enumerable.Repeat((byte)1, 32)]);
        var plan = new ConfigurationPlan();
        plan.Stations.Add((dock.Public.Bytes, (int)Role.Dock));
        access!.BeginConfiguration(Configurations.Sign(authority, plan), NowMs);
        Finish();
        byte[] nonce = access.Challenge();
        access.BeginLogin(Role.Dock, dock.Fingerprint, Login.Prove(dock, device.Id, nonce, (byte)Role.Dock), NowMs);
        Finish();
    }

    long NowMs => board!.Clock.Microseconds / 1000;

    void Finish()
    {
        while (access!.IsBusy)
        {
            access.Step(NowMs);
        }

        if (access.Result != CustodyResult.Done)
        {
            throw new InvalidOperationException(access.ResultText);
        }
    }
}
