// SPDX-License-Identifier: MIT

using System;
using System.Text;
using Lapel.Authority;
using Lapel.Custody;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Service.Host.Tests;

/// <summary>Roles at the console of a whole camera: the same proof as over SMP, pasted as text.</summary>
[TestClass]
public class ConsoleRoleTests
{
    [TestMethod]
    [DataRow("date 2026-10-01T12:00:00Z")]
    [DataRow("reboot")]
    [DataRow("reboot -f")]
    public void NobodyMay(string command)
    {
        using var bench = new DockBench(recordSeconds: 0);
        long boots = bench.Camera.NowUs - bench.Camera.Parts.Clock.NowUs;
        StringAssert.Contains(Type(bench, command + "\r", 1), "ERR role that needs the role technician: see login");
        Assert.AreEqual("unset", Field(Type(bench, "date\r"), "clock"));
        Assert.AreEqual(boots, bench.Camera.NowUs - bench.Camera.Parts.Clock.NowUs, "it did not restart");
    }

    [TestMethod]
    public void NobodyMayOnACameraWithoutAnAuthorityEither()
    {
        using var bench = new DockBench(owned: false, recordSeconds: 0);
        StringAssert.Contains(Type(bench, "date 2026-10-01T12:00:00Z\r"), "ERR role");
        StringAssert.Contains(Type(bench, "reboot\r"), "ERR role");
    }

    [TestMethod]
    public void ATechnicianLogsInSetsTheClockAndRestarts()
    {
        using var bench = new DockBench(recordSeconds: 0);
        Assert.AreEqual("technician", Field(Login(bench, DockBench.TechnicianStation, "technician", 1), "role"));
        StringAssert.Contains(Type(bench, "date 2026-10-01T12:00:00Z\r"), "clock               2026-10-01T12:00:0");
        StringAssert.Contains(Type(bench, "date 2026-13-01T12:00:00Z\r"), "ERR malformed a time is written like");
        StringAssert.Contains(Type(bench, "config get\r"), "role                technician\r\nOK");
        long before = bench.Camera.Parts.Clock.NowUs;
        StringAssert.Contains(Type(bench, "reboot\r"), "OK");
        Assert.IsLessThan(before, bench.Camera.Parts.Clock.NowUs);
        StringAssert.Contains(Type(bench, "\n\nconfig get\r", 3), "role                nobody\r\nOK");
        StringAssert.Contains(Type(bench, "date\r"), "2026-10-01T12:00:");
    }

    [TestMethod]
    public void LogoutGivesTheRoleBack()
    {
        using var bench = new DockBench(recordSeconds: 0);
        Assert.AreEqual("dock", Field(Login(bench, DockBench.DockStation, "dock", 2), "role"));
        StringAssert.Contains(Type(bench, "logout\r"), "OK");
        StringAssert.Contains(Type(bench, "reboot\r"), "ERR role");
    }

    [TestMethod]
    public void AProofHoldsOnceAndForItsRoleOnly()
    {
        using var bench = new DockBench(recordSeconds: 0);
        StringAssert.Contains(Login(bench, DockBench.TechnicianStation, "dock", 2), "ERR failed ");
        StringAssert.Contains(Login(bench, DockBench.TechnicianStation, "technician", 2), "ERR failed ");
        string proof = Proof(bench, DockBench.TechnicianStation, "technician", 1);
        StringAssert.Contains(Type(bench, $"login technician {proof}\r", 3), "role                technician");
        StringAssert.Contains(Type(bench, "logout\r"), "OK");
        StringAssert.Contains(Type(bench, $"login technician {proof}\r", 3), "ERR failed ");
        StringAssert.Contains(Type(bench, "login technician AAAA\r"), "ERR malformed a proof is 128 characters of base64");
        StringAssert.Contains(Type(bench, "login nobody\r"), "ERR usage ");
        StringAssert.Contains(Type(bench, "reboot\r"), "ERR role");
    }

    [TestMethod]
    public void ConfigSetSaysHow()
    {
        using var bench = new DockBench(recordSeconds: 0);
        StringAssert.Contains(Type(bench, "config set unit X\r"), "ERR role settings come in one signed document");
    }

    [TestMethod]
    public void WhatARestartBringsIntoForceIsShown()
    {
        using var bench = new DockBench(owned: false, recordSeconds: 0);
        string before = Type(bench, "config get\r");
        StringAssert.Contains(before, "restart_needed      no");
        Assert.DoesNotContain("after a restart", before);
        Assert.AreEqual(CustodyResult.Done, bench.Configure(DockBench.Configuration(1)));
        string after = Type(bench, "config get\r");
        StringAssert.Contains(after, "unit                LAPEL");
        StringAssert.Contains(after, "restart_needed      yes\r\nafter a restart: unit LAPEL -> LP-7\r\n");
        StringAssert.Contains(Type(bench, "status\r"), "waiting             an installed configuration; a restart brings it into force");
        StringAssert.Contains(Type(bench, "config set\r"), "one waits for a restart, which config get shows");
    }

    static string Login(DockBench bench, SigningKey station, string role, byte number) =>
        Type(bench, $"login {role} {Proof(bench, station, role, number)}\r", 3);

    static string Proof(DockBench bench, SigningKey station, string role, byte number)
    {
        string text = Type(bench, $"login {role}\r");
        byte[] signature = Authority.Login.Prove(
            station,
            Convert.FromBase64String(Field(text, "device")),
            Convert.FromBase64String(Field(text, "challenge")),
            number
        );
        return Convert.ToBase64String([.. station.Fingerprint, .. signature]);
    }

    static string Field(string text, string name)
    {
        foreach (string line in text.Split("\r\n"))
        {
            if (line.StartsWith(name + " "))
            {
                return line[20..];
            }
        }

        throw new AssertFailedException($"no {name} in: {text}");
    }

    static string Type(DockBench bench, string text, double silentSeconds = 0.3)
    {
        bench.Line.Cable.Send(Encoding.Latin1.GetBytes(text));
        var answer = new StringBuilder();
        long silentUs = bench.Camera.NowUs;
        while (bench.Camera.NowUs - silentUs < (long)(silentSeconds * 1e6))
        {
            bench.Camera.Step();
            byte[] bytes = bench.Line.Cable.Receive();
            if (bytes.Length == 0)
            {
                continue;
            }

            answer.Append(Encoding.Latin1.GetString(bytes));
            silentUs = bench.Camera.NowUs;
        }

        return answer.ToString();
    }
}
