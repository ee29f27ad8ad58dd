// SPDX-License-Identifier: MIT

using System;
using Lapel.App;
using Lapel.Custody;
using Lapel.Evidence;
using Lapel.Hal;
using Lapel.Hal.Esp32;
using Lapel.Hal.Virtual;
using Lapel.Recorder;

namespace Lapel.CostMeter.Scenarios;

/// <summary>The firmware as it runs on the reference board, over virtual parts, with a card of so many slots.</summary>
public sealed class CameraRig
{
    /// <summary>Bytes of a VGA frame that the budget is made for.</summary>
    public const int FrameBytes = 18_000;

    const int AskingBytes = 3;

    // As CardStore makes it on a card of slots as large as these (FORMAT.md 2): two slots, at most 16 MiB.
    const int AuditBytes = 16 * 1024 * 1024;

    readonly MemoryMedium card = new();
    readonly MemoryMedium flash = new();
    readonly CameraConfiguration configuration = new() { ContinueSeconds = 0 };

    // X25519 public keys of RFC 7748, 6.1.
    static readonly byte[][] TwoAgencies =
    [
        Convert.FromHexString("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"),
        Convert.FromHexString("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"),
    ];
    VirtualBoardParts parts;
    ReferenceBoard? board;
    Camera? camera;

    /// <param name="slots">Slots of the card.</param>
    /// <param name="used">How many of them are closed.</param>
    /// <param name="isSealed">Whether recordings are sealed, to two agencies.</param>
    public CameraRig(int slots, int used, bool isSealed = false)
    {
        if (isSealed)
        {
            configuration.Recipients = TwoAgencies;
        }

        parts = Power();
        var blank = new ReferenceBoard();
        MakeCard(blank, slots, used);

        // The technician who set it up ordered the key, long ago.
        if (!new DeviceKeys(blank).Make())
        {
            throw new InvalidOperationException("no key was made");
        }

        parts = Power();
    }

    public Camera Camera => camera ?? throw new InvalidOperationException("not switched on");

    public long NowUs => parts.Clock.NowUs;

    /// <summary>When the second press of <see cref="PressTwice"/> went down.</summary>
    public long PressedUs { get; private set; }

    /// <summary>Power on.</summary>
    public void SwitchOn()
    {
        board = new ReferenceBoard();
        camera = new Camera(board, configuration);
    }

    /// <summary>The boot that makes the key, and power off. Without its card the next boot finds it as it was before.</summary>
    public void BootFirst(bool keepCard)
    {
        MemorySnapshot before = card.TakeSnapshot();
        SwitchOn();
        Until(() => Camera.State == RecorderState.Buffering, 30);
        if (!keepCard)
        {
            card.Restore(before);
        }

        CutPower();
    }

    /// <summary>Power off in the midst of what it does, and on again as far as the parts go.</summary>
    public void CutPower() => parts = Power();

    /// <summary>One turn of the loop and the sleep after it.</summary>
    public void Turn() => board!.Clock.Sleep(Camera.Step());

    /// <summary>What one turn of the loop does; the sleep after it is not counted.</summary>
    public Counts CountedTurn()
    {
        Counts before = Counts.Now();
        int sleep = Camera.Step();
        Counts turn = Counts.Now().Since(before);
        board!.Clock.Sleep(sleep);
        return turn;
    }

    /// <summary>
    /// Whether a turn commanded, read or wrote anything, and did not just ask the sensor's state: one register, three bytes.
    /// </summary>
    public static bool Works(Counts turn) => turn[Counter.SpiBytes] > AskingBytes || turn[Counter.FileWrittenBytes] > 0;

    /// <summary>Turns until something is so; an error after so many virtual seconds.</summary>
    public void Until(Func<bool> done, int seconds)
    {
        long limit = NowUs + seconds * 1_000_000L;
        while (!done())
        {
            if (NowUs > limit)
            {
                throw new InvalidOperationException(
                    $"not done after {seconds} s: {Camera.State}, faults {Camera.Faults}, card {Camera.CardStatus}"
                );
            }

            Turn();
        }
    }

    public void Run(int seconds)
    {
        long limit = NowUs + seconds * 1_000_000L;
        Until(() => NowUs >= limit, seconds + 1);
    }

    /// <summary>Only the board, with an empty card mounted.</summary>
    public static ReferenceBoard BoardWithCard()
    {
        _ = new CameraRig(slots: 8, used: 0);
        var board = new ReferenceBoard();
        Expect(board.Card.Mount());
        return board;
    }

    /// <summary>A rig that records: pre-event footage is on the card, the nonces are made again.</summary>
    public static CameraRig Recording()
    {
        var rig = new CameraRig(slots: 16, used: 0);
        rig.Buffer(seconds: 2);
        rig.PressTwice();
        rig.Run(seconds: 4);
        if (rig.Camera.State != RecorderState.Recording)
        {
            throw new InvalidOperationException($"does not record: {rig.Camera.State}");
        }

        return rig;
    }

    /// <summary>Boots and buffers for so long.</summary>
    public void Buffer(int seconds)
    {
        SwitchOn();
        Until(() => Camera.State == RecorderState.Buffering, 30);
        Run(seconds);
    }

    /// <summary>The double press that starts: 0.1 s down, 0.1 s up, and down again, which is when this returns.</summary>
    public void PressTwice()
    {
        parts.RecordButton.Hold(NowUs, 100_000);
        parts.RecordButton.Press(NowUs + 200_000);
        parts.RecordButton.Release(NowUs + 300_000);
        PressedUs = NowUs + 200_000;
        Until(() => NowUs >= PressedUs, 1);
    }

    // A machine starts with its power: new parts, the same card and flash.
    VirtualBoardParts Power()
    {
        var started = new VirtualBoardParts(Wiring(), new NoiseScene(FrameBytes), card, flash);
        started.Machine.Enter();
        started.Clock.UtcTicks = new DateTime(2026, 7, 1, 8, 0, 0, DateTimeKind.Utc).Ticks;
        return started;
    }

    // The catalogue, the key's room and the one slot that comes next: all that boot and recording look at.
    void MakeCard(ReferenceBoard maker, int slots, int used)
    {
        ICard card = maker.Card;
        Expect(card.Mount());
        Expect(card.CreateFolder(SlotPath.Root));
        int bytes = Catalogue.SectorsFor(slots) * Sector.Size;
        Expect(card.Preallocate(SlotPath.CatalogueA, bytes));
        Expect(card.Preallocate(SlotPath.CatalogueB, bytes));
        Expect(card.Preallocate(SlotPath.PublicKey, Sector.Size));
        Expect(card.Preallocate(SlotPath.AuditLog, AuditBytes));
        ICardFile a = card.Open(SlotPath.CatalogueA),
            b = card.Open(SlotPath.CatalogueB);
        Expect(Catalogue.Create(maker.Natives, a, b, slots, configuration.SlotBytes / Sector.Size, true));
        var catalogue = new Catalogue(maker.Natives);
        Expect(catalogue.Load(a, b));
        for (int slot = 0; slot < used; slot++)
        {
            SlotRecord record = SlotRecord.Open(1, slot, 0, new byte[Digests.Size]);
            record.Close(100, 10, new byte[Digests.Size]);
            Expect(catalogue.Mark(slot, record));
        }

        catalogue.Close();
        for (int slot = used; slot < Math.Min(slots, used + 8); slot++)
        {
            Expect(card.CreateFolder(SlotPath.Folder(slot)));
            Expect(card.Preallocate(SlotPath.File(slot), configuration.SlotBytes));
        }
    }

    static void Expect(CardStatus status)
    {
        if (status != CardStatus.Ok)
        {
            throw new InvalidOperationException($"the card says {status}");
        }
    }

    static VirtualBoardWiring Wiring() =>
        new()
        {
            CameraBus = BoardPins.CameraBus,
            CameraSelect = BoardPins.CameraSelect,
            RecordButton = BoardPins.RecordButton,
            EventButton = BoardPins.EventButton,
            Red = BoardPins.Red,
            Green = BoardPins.Green,
            Vibration = BoardPins.Vibration,
            Tone = BoardPins.Tone,
            CardDetect = BoardPins.CardDetect,
            Watchdog = BoardPins.Watchdog,
            BatteryChannel = BoardPins.BatteryChannel,
            BatteryFullScaleMillivolts =
                BoardPins.AdcFullScaleMillivolts
                * (BoardPins.BatteryUpperKilohms + BoardPins.BatteryLowerKilohms)
                / BoardPins.BatteryLowerKilohms,
        };
}
