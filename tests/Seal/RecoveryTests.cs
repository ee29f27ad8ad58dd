// SPDX-License-Identifier: MIT

using System.Linq;
using Lapel.Verify;
using Lapel.VirtualCamera.Scripts;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Seal.Tests;

/// <summary>A sealed recording that the power cut ended is closed at the next boot without any key, and opens for the agency.</summary>
[TestClass]
public class RecoveryTests
{
    [TestMethod]
    public void ACutSealedRecordingIsRecoveredAndExported()
    {
        using var camera = new SealedCamera();
        camera.Run(20);
        camera.Play(Gestures.Double);
        camera.Run(25);
        camera.Engine.CutPower();
        camera.Engine.Boot();
        camera.Run(30);
        RecordingResult recording = camera.Recording(1);
        Assert.AreEqual(Verdict.Authentic, recording.Verdict, string.Join("; ", recording.Findings.Select(f => f.Text)));
        Assert.AreEqual(2, recording.Sealing!.Recipients.Count);
        (int exit, string said) = camera.Export(camera.First);
        Assert.AreEqual(0, exit, said);
    }
}
