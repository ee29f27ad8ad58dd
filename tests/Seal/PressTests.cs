// SPDX-License-Identifier: MIT

using System;
using System.Linq;
using Lapel.Custody;
using Lapel.Hal;
using Lapel.Recorder;
using Lapel.Verify;
using Lapel.VirtualCamera;
using Lapel.VirtualCamera.Scripts;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Seal.Tests;

/// <summary>Presses at moments when no envelope is ready, and keys with which there is none.</summary>
[TestClass]
public class PressTests
{
    [TestMethod]
    public void APressRightAfterBootIsSealedToo()
    {
        using var camera = new SealedCamera();
        while (camera.Engine.Status.State != OperatingState.Buffering)
        {
            camera.Run(0.01);
        }

        camera.Record(3);
        RecordingResult recording = camera.Recording(1);
        Assert.AreEqual(Verdict.Authentic, recording.Verdict);
        Assert.AreEqual(2, recording.Sealing!.Recipients.Count);
        Assert.IsTrue(camera.Export(camera.First).Exit == 0);
    }

    [TestMethod]
    public void AMarkerWhileTheStartWaitsForItsSealIsKeptAndDoesNotFinishTheStart()
    {
        using var camera = new SealedCamera();
        while (camera.Engine.Status.State != OperatingState.Buffering)
        {
            camera.Run(0.01);
        }

        // A double press while the recording before is being closed: no seal is ready for it yet.
        App.Camera firmware = camera.Engine.Firmware;
        camera.Run(12);
        camera.Play(Gestures.Double);
        camera.Run(1);
        camera.Play(Gestures.Hold(Gestures.StopHoldUs));
        camera.Play(Gestures.Double);
        for (long limit = camera.Engine.NowUs + 60_000_000; !firmware.StartWaits; camera.Engine.Step())
        {
            Assert.IsLessThan(limit, camera.Engine.NowUs, "no start waits: nothing is tried");
        }

        camera.Engine.Press(Button.Event);
        for (long limit = camera.Engine.NowUs + 10_000_000; firmware.Markers == 0;)
        {
            Assert.IsLessThan(limit, camera.Engine.NowUs, "the marker is never set");
            bool waits = firmware.StartWaits;
            camera.Engine.Step();
            Assert.IsFalse(waits && firmware.Markers > 0, "the press did what the start waits for, without a look at the buttons");
        }

        camera.Engine.Release(Button.Event);
        camera.Run(3);
        camera.Stop();
        RecordingResult recording = camera.Recording(2);
        Assert.AreEqual(Verdict.Authentic, recording.Verdict);
        Assert.AreEqual((uint)Button.Event, recording.Markers.Single().Button);
    }

    [TestMethod]
    public void TwoRecordingsInARowAreBothSealedUnderTheirOwnKeys()
    {
        using var camera = new SealedCamera();
        camera.Run(12);
        for (int i = 0; i < 3; i++)
        {
            camera.Record(0.3);
        }

        CardResult card = camera.Verify();
        Assert.IsTrue(card.AllAuthentic);
        Assert.AreEqual(3, card.Recordings.Select(r => Convert.ToHexString(r.Sealing!.KeyId)).Distinct().Count());
    }

    [TestMethod]
    public void WithAKeyThatKeepsNoSecretNothingIsRecordedInTheClear()
    {
        // A point of small order: the shared secret would be zero for everybody (RFC 7748, 6.1).
        using var camera = new SealedCamera(new byte[32]);
        camera.Run(15);
        camera.Record(2);
        Assert.AreEqual(0, camera.Engine.Status.Recordings);
        Assert.IsNotNull(camera.Engine.Status.Fault);
        Assert.AreEqual(0, camera.Verify().Recordings.Count);
    }

    [TestMethod]
    public void RecipientsThatAreMalformedAreNamed()
    {
        Assert.IsNotNull(new CameraConfiguration { Recipients = [new byte[31]] }.Malformed());
        Assert.IsNotNull(
            new CameraConfiguration { Recipients = [new byte[32], new byte[32], new byte[32], new byte[32], new byte[32]] }.Malformed()
        );
        Assert.IsNull(new CameraConfiguration { Recipients = [new byte[32]] }.Malformed());
        Assert.IsNotNull(new CameraConfiguration { Private = { Officer = new string('x', 49) } }.Malformed());
    }
}
