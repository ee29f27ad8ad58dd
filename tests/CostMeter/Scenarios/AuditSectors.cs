// SPDX-License-Identifier: MIT

using System;
using Lapel.Evidence;
using Lapel.Hal;
using Lapel.Hal.Esp32;
using Lapel.Recorder;

namespace Lapel.CostMeter.Scenarios;

/// <summary>A full sector of the audit log: what it adds to a turn of the loop, at most once a second.</summary>
public sealed class AuditSectors : IScenario
{
    const int LogBytes = 64 * 1024;

    ReferenceBoard? board;
    AuditLog? log;

    public string Name => "audit sector, 8 entries";

    public void Prepare()
    {
        board = CameraRig.BoardWithCard();
        var digests = new Digests(board.Natives);
        var keys = new KeyBoot(board, digests, "LP-0001");
        while (keys.Step() || keys.OrderKey()) { }
        log = new AuditLog(board.Natives, digests, new StatedClock(board.Clock), board.Store, AuditLog.DefaultCapacity);
        log.SetDevice(keys.Device, keys.Signer);
        if (board.Card.Preallocate("LAPEL/COST.LOG", LogBytes) != CardStatus.Ok)
        {
            throw new InvalidOperationException("no room for a log");
        }

        log.Open(board.Card.Open("LAPEL/COST.LOG"));
        while (!log.IsSettled)
        {
            log.Find();
        }

        Write(); // The first sector says how the log was found, and buffers are there.
        for (int i = 0; i < 8; i++)
        {
            log.Add(AuditKind.Alive, 1, 0, 0, null);
        }
    }

    public void Run() => Write();

    void Write()
    {
        int before = log!.Waiting;
        log.Write(board!.Clock.Microseconds / 1000);
        if (log.Waiting >= before)
        {
            throw new InvalidOperationException("the card did not take the sector");
        }
    }
}
