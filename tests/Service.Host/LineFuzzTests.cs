// SPDX-License-Identifier: MIT

using System;
using System.IO;
using Lapel.Custody;
using Lapel.Evidence;
using Lapel.Service.Tests;
using Lapel.Tests;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Service.Host.Tests;

/// <summary>
/// Whatever comes in at the port: the camera neither stops nor hangs, and nothing changes without a role. A hundred thousand lines, with
/// LAPEL_SWEEP=1 two million, with LAPEL_LONG=1 ten.
/// </summary>
[TestClass]
public class LineFuzzTests
{
    // Steps that one input may take: two packets of answers of 23 lines each, and a console command.
    const int MostSteps = 2_000;

    public TestContext? TestContext { get; set; }

    [TestMethod]
    [TestCategory(TestSize.Sweep)]
    public void LinesFromNobodyChangeNothing()
    {
        int wanted = TestSize.Of(sample: 100_000, sweep: 2_000_000, most: 10_000_000);
        var board = new BenchBoard();
        var camera = new BenchCamera(board) { MayRead = true, AuditBytes = 100_000 };
        var custodian = new AccessControl(board, new Digests(board.Natives), camera, camera.Store);
        var link = new FuzzLink();
        var output = new ServiceOutput(link);
        var console = new Console(
            camera,
            output,
            [
                new VersionCommand(),
                new StatusCommand(custodian),
                new StatisticsCommand("rec", "recorder", "figures"),
                new LogCommand(new AuditTail(camera, board)),
                new MemoryCommand(),
                new ListCommand(),
                new DateCommand(custodian),
                new ConfigCommand(custodian),
                new LoginCommand(custodian),
                new LogoutCommand(custodian),
                new RebootCommand(custodian),
            ]
        );
        var server = new SmpServer(camera, custodian, link, output, console);
        var port = new ServicePort(link, output, console, server);
        var hostile = new HostileLines(20261125);
        var input = new MemoryStream();
        for (long lines = 0; lines < wanted;)
        {
            input.SetLength(0);
            lines += hostile.Next(input);
            link.Give(input.ToArray());
            int steps = 0;
            bool worked = true;
            while (worked || link.Available > 0)
            {
                worked = port.Step(board.NowUs);
                board.NowUs += worked ? 1_000 : 10_000;
                if (++steps > MostSteps)
                {
                    Assert.Fail($"no rest after {steps} steps, line {lines}: {Convert.ToHexString(input.ToArray())}");
                }
            }

            bool changed =
                camera.Restarts > 0 || camera.IsClockSet || custodian.Role != Role.Nobody || custodian.IsOwned || board.Saves > 0;
            if (changed)
            {
                Assert.Fail($"changed by line {lines}: {Convert.ToHexString(input.ToArray())}");
            }
        }

        TestContext?.WriteLine($"{server.Requests} requests, {server.LinesDropped} SMP lines dropped, {link.Sent} bytes answered");
        Assert.IsTrue(server.Requests > wanted / 4, "most of it never reached a group");
    }
}
