// SPDX-License-Identifier: MIT

using System;
using Lapel.Authority;
using Lapel.Custody;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Service.Host.Tests;

/// <summary>Who may do what at the port of a whole camera, with real signatures.</summary>
[TestClass]
public class RoleTests
{
    static readonly DateTime Utc = new(2026, 10, 1, 12, 0, 0, DateTimeKind.Utc);

    [TestMethod]
    public void AnUnownedCameraTakesItsFirstConfigurationFromAnybody()
    {
        using var bench = new DockBench(owned: false, recordSeconds: 0);
        Assert.AreEqual(false, bench.Line.Ask(false, 64, 0).Map["owned"]);
        Assert.AreEqual(CustodyResult.Done, bench.Configure(DockBench.Configuration(1)));
        Assert.AreEqual(true, bench.Line.Ask(false, 64, 0).Map["owned"]);
        Assert.AreEqual(CustodyResult.NotAllowed, bench.Configure(DockBench.Configuration(2)), "the second one needs a role");
        Assert.AreEqual(11, bench.Line.Ask(false, 8, 1, ("name", "/config/current")).Rc);
    }

    /// <summary>Settings are loaded at boot: what was installed since then is on the camera and not in force.</summary>
    [TestMethod]
    public void SettingsCannotBeLoadedWhileAConfigurationWaits()
    {
        const int BadState = 6;
        using var bench = new DockBench(owned: false, recordSeconds: 0);
        Assert.IsTrue(bench.Line.Ask(false, 3, 3).IsGood, "load");
        Assert.AreEqual(CustodyResult.Done, bench.Configure(DockBench.Configuration(1)));
        Assert.AreEqual(BadState, bench.Line.Ask(false, 3, 3).Rc, "load");
        Assert.IsTrue(bench.Line.Ask(true, 3, 3).IsGood, "save");
    }

    [TestMethod]
    public void ATechnicianSetsTheClockAndReadsNoEvidence()
    {
        using var bench = new DockBench();
        Assert.AreEqual(11, bench.Line.Ask(true, 0, 4, ("datetime", "2026-10-01T12:00:00")).Rc, "nobody");
        Assert.AreEqual(CustodyResult.Done, bench.Login(DockBench.TechnicianStation, 1));
        Assert.AreEqual(1, bench.Line.Ask(false, 64, 0).Number("role"));
        Assert.IsTrue(bench.Line.Ask(true, 0, 4, ("datetime", "2026-10-01T12:00:00")).IsGood);
        Assert.AreEqual(Utc.Ticks, bench.Camera.Parts.Clock.UtcTicks, 5 * TimeSpan.TicksPerSecond);
        StringAssert.StartsWith((string)bench.Line.Ask(false, 0, 4).Map["datetime"], "2026-10-01T12:00:0");
        Assert.AreEqual(2, bench.Line.Ask(false, 64, 3).Error, "list");
        Assert.AreEqual(2, bench.Line.Await(bench.SendRange(0, 0, 512, 512))!.Error, "range");
        Assert.AreEqual(2, bench.Line.Ask(true, 64, 8, ("r", new byte[] { 1 })).Error, "receipt");
        byte[] current = DockBench.Configuration(1);
        Assert.AreEqual(current.Length, bench.Line.Ask(false, 8, 1, ("name", "/config/current")).Number("len"));
        Assert.AreEqual(CustodyResult.Done, bench.Configure(DockBench.Configuration(2)));
        Assert.AreEqual(0, bench.Line.Ask(false, 64, 0).Number("role"), "a new configuration ends the session");
    }

    [TestMethod]
    public void ATechniciansKeyMakesNoDock()
    {
        using var bench = new DockBench(recordSeconds: 0);
        Assert.AreEqual(CustodyResult.NotAllowed, bench.Login(DockBench.TechnicianStation, 2));
        Assert.AreEqual(CustodyResult.UnknownKey, bench.Login(SigningKey.Generate(KeyKind.Station), 1));
        Assert.AreEqual(0, bench.Line.Ask(false, 64, 0).Number("role"));
    }

    [TestMethod]
    public void FailedLogInsLockThePort()
    {
        using var bench = new DockBench(recordSeconds: 0);
        SigningKey stranger = SigningKey.Generate(KeyKind.Station);
        int tries = 0;
        while (bench.Login(stranger, 1) != CustodyResult.Locked)
        {
            tries++;
            Assert.IsTrue(tries < 20, "never locked");
        }

        Assert.IsTrue(tries >= 3, $"locked after {tries}");
        Assert.AreEqual(CustodyResult.Locked, bench.Login(DockBench.DockStation, 2), "the right key too");
        bench.Line.Run(3600);
        Assert.AreEqual(CustodyResult.Done, bench.Login(DockBench.DockStation, 2), "later");
    }

    [TestMethod]
    public void ARoleEndsByLogoutAndBySilence()
    {
        using var bench = new DockBench();
        bench.LogInAsDock();
        Assert.IsTrue(bench.Line.Ask(false, 64, 3).IsGood);
        Assert.IsTrue(bench.Line.Ask(true, 64, 9).IsGood);
        Assert.AreEqual(2, bench.Line.Ask(false, 64, 3).Error);
        bench.LogInAsDock();
        bench.Line.Run(115);
        Assert.IsTrue(bench.Line.Ask(false, 64, 3).IsGood, "115 s");
        bench.Line.Run(121);
        Assert.AreEqual(2, bench.Line.Ask(false, 64, 3).Error, "121 s");
    }

    [TestMethod]
    public void AChallengeServesOnce()
    {
        using var bench = new DockBench(recordSeconds: 0);
        Answer hello = bench.Line.Ask(false, 64, 0);
        byte[] proof = Login.Prove(DockBench.DockStation, hello.Bytes("id"), hello.Bytes("nonce"), 2);
        (string, object)[] request = [("role", 2), ("key", DockBench.DockStation.Fingerprint), ("sig", proof)];
        bench.Line.Ask(true, 64, 1, request);
        Assert.AreEqual(CustodyResult.Done, bench.Outcome());
        bench.Line.Ask(true, 64, 9);
        bench.Line.Ask(true, 64, 1, request);
        Assert.AreNotEqual(CustodyResult.Done, bench.Outcome());
        Assert.AreEqual(0, bench.Line.Ask(false, 64, 0).Number("role"));
    }

    [TestMethod]
    public void ARestartWaitsForItsAnswer()
    {
        using var bench = new DockBench(recordSeconds: 0);
        Assert.AreEqual(11, bench.Line.Ask(true, 0, 5).Rc, "nobody");
        Assert.AreEqual(CustodyResult.Done, bench.Login(DockBench.TechnicianStation, 1));
        bench.Press();
        Assert.AreEqual(10, bench.Line.Ask(true, 0, 5).Rc, "recording");
        Assert.IsTrue(bench.Line.Ask(true, 0, 5, ("force", 1)).IsGood);
        bench.Until(VirtualCamera.OperatingState.Booting, 30);
        bench.Until(VirtualCamera.OperatingState.Buffering, 30);
        Answer hello = bench.Line.Ask(false, 64, 0);
        Assert.AreEqual(0, hello.Number("role"));
        Assert.AreEqual("LP-7", hello.Map["unit"], "the configuration that was installed");
    }
}
