// SPDX-License-Identifier: MIT

using System;
using System.Linq;
using System.Text.Json;
using Lapel.Hal.Virtual;
using Lapel.Intake;
using Lapel.Verify;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Link.Tests
{
    /// <summary>The end of the log is cut off a card while the power is off: the camera knows better, and says so at its port.</summary>
    [TestClass]
    public sealed class CutBackTests
    {
        private const string Log = "LAPEL/AUDIT.LOG";

        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(2)]
        [DataRow(3)]
        public void Sectors_cut_off_the_end_of_the_log(int sectors)
        {
            using var first = new CameraBench(262_144, 12, configure: false);
            first.Record(4);
            first.Run(3);
            LogState before = State(first);
            Assert.AreEqual((0, false, null), (before.Found == 1 ? 0 : before.Found, before.IsCutBack, before.Problem));
            // At its end is the checkpoint of the recording's close, which internal storage names.
            using var second = new CameraBench(
                first.Card.TakeSnapshot(),
                first.Flash.TakeSnapshot(),
                bench =>
                {
                    byte[] log = bench.Card.ReadAll(Log);
                    int end = Enumerable.Range(0, log.Length / 512).Last(i => log.AsSpan(i * 512, 4).SequenceEqual("LPLA"u8));
                    bench.Card.Write(Log, (end + 1 - sectors) * 512L, new byte[sectors * 512]);
                }
            );
            second.Run(3);
            LogState state = State(second);
            bool isCut = sectors > 0;
            Assert.AreEqual((before.Sequence, isCut), (state.Known, state.IsCutBack));
            Assert.AreEqual(isCut, state.Last < state.Known);
            Assert.AreEqual(isCut, state.Problem != null);
            var lapel = new CommandBench();
            lapel.Add(second.Port);
            (int code, string text, string error) = lapel.Run("status", "--json");
            using JsonDocument status = JsonDocument.Parse(text);
            JsonElement said = status.RootElement.GetProperty("auditLog");
            Assert.AreEqual((isCut ? 1 : 0, isCut), (code, said.GetProperty("cutBack").GetBoolean()), error);
            Assert.AreEqual(isCut, error.Contains("the audit log on the card was cut back", StringComparison.Ordinal), error);
            AuditResult log = AuditVerifier.Verify(new MemorySource(second.Card.ReadAll(Log)), "AUDIT.LOG", null, []);
            Assert.AreEqual(
                isCut,
                log.Findings.Exists(f => f.Text.Contains("had written up to sector " + before.Sequence, StringComparison.Ordinal))
            );
        }

        private static LogState State(CameraBench bench)
        {
            using CameraConnection camera = CameraConnection.Open(bench.Port);
            return camera.Evidence.Log();
        }
    }
}
