// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lapel.Evidence;
using Lapel.Export;
using Lapel.Hal;
using Lapel.Verify;
using Lapel.VirtualCamera;
using Lapel.VirtualCamera.Scripts;
using Camera = Lapel.VirtualCamera.VirtualCamera;

namespace Lapel.Seal.Tests;

/// <summary>The real firmware on folders of its own, its recordings sealed to two agencies.</summary>
public sealed class SealedCamera : IDisposable
{
    public const string Officer = "Officer Amelia Quartermaine";

    readonly string root = Directory.CreateTempSubdirectory("lapel-seal-").FullName;

    public SealedCamera(params byte[][] recipients)
    {
        Engine = Camera.Open(
            new VirtualCameraOptions(Card, Device, Scene)
            {
                CardMegabytes = 24,
                SlotBytes = 1024 * 1024,
                PreEventSeconds = 8,
                FramesPerSecond = 8,
                ContinueSeconds = 0,
                Utc = new DateTime(2026, 11, 23, 20, 0, 0, DateTimeKind.Utc),
                Recipients = recipients.Length > 0 ? recipients : [First.PublicKey, Second.PublicKey],
                Officer = Officer,
            }
        );
    }

    public AgencyKey First { get; } = new(Enumerable.Repeat((byte)0x31, 32).ToArray());

    public AgencyKey Second { get; } = new(Enumerable.Repeat((byte)0x47, 32).ToArray());

    public WatchedScene Scene { get; } = new();

    public Camera Engine { get; }

    public string Card => Path.Combine(root, "card");

    public string Device => Path.Combine(root, "device");

    public string Out => Path.Combine(root, "out");

    public void Run(double seconds) => Engine.RunUntil(Engine.NowUs + (long)(seconds * 1e6));

    public void Play(IReadOnlyList<GesturePart> gesture)
    {
        foreach (GesturePart part in gesture)
        {
            if (part.Down)
            {
                Engine.Press(Button.Record);
            }
            else
            {
                Engine.Release(Button.Record);
            }

            Engine.RunUntil(Engine.NowUs + part.DurationUs);
        }
    }

    /// <summary>A recording of so many seconds.</summary>
    public void Record(double seconds)
    {
        Play(Gestures.Double);
        Run(seconds);
        Stop();
    }

    public void Stop()
    {
        Play(Gestures.Hold(Gestures.StopHoldUs));
        Run(8);
    }

    public CardResult Verify() => CardVerifier.Verify(Card, null);

    public RecordingResult Recording(int number) => Verify().Recordings.Single(r => r.RecordingNumber == number);

    public ContentKey Key(int recording) => ContentKey.Open(Recording(recording).Segments[0].Seal!, First);

    public string SlotPath(SegmentResult segment) => Directory.GetFiles(Card, segment.Name, SearchOption.AllDirectories).Single();

    /// <summary>Exit code and what was said.</summary>
    public (int Exit, string Said) Export(AgencyKey? key, bool force = false)
    {
        var said = new StringWriter();
        int exit = ExportCommand.Run(Card, Out, new ExportRequest { Agency = key, Force = force }, said, said);
        return (exit, said.ToString());
    }

    public void Dispose()
    {
        Engine.Dispose();
        Directory.Delete(root, recursive: true);
    }
}
