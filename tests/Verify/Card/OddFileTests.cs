// SPDX-License-Identifier: MIT

using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Verify.Tests
{
    /// <summary>What is no regular file, or not readable, under the names of a card and a store; names in capitals.</summary>
    [TestClass]
    public sealed class OddFileTests
    {
        [TestMethod]
        [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
        public void APipeUnderASlotsNameIsToldAndNotWaitedFor()
        {
            using CardForge card = new ShiftForge().Card();
            File.Delete(card.File_(7));
            Pipe(card.File_(7));
            CardResult result = CardVerifier.Verify(card.Path, null);
            Finding told = result.Findings.Single(f => f.Code == FindingCode.Unreadable);
            Assert.AreEqual((Severity.Error, "00000007.MP4"), (told.Severity, told.File));
            StringAssert.Contains(told.Text, "it is no regular file but a pipe");
            Assert.IsFalse(result.AllAuthentic);
            Assert.IsTrue(result.Recordings.All(r => r.Verdict == Verdict.Authentic));
        }

        [TestMethod]
        [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
        public void APipeOrADeviceInsteadOfASegmentIsRefused()
        {
            string pipe = Path.Combine(Path.GetTempPath(), "lapel-pipe-" + Guid.NewGuid().ToString("N"));
            Pipe(pipe);
            try
            {
                foreach (string path in new[] { pipe, "/dev/zero" })
                {
                    var error = new StringWriter();
                    Assert.AreEqual(2, VerifyCommand.Run(path, null, false, TextWriter.Null, error));
                    StringAssert.Contains(error.ToString(), "it is no regular file");
                }
            }
            finally
            {
                File.Delete(pipe);
            }
        }

        [TestMethod]
        public void AnEmptySlotFileIsAnEmptyFile()
        {
            using CardForge card = new ShiftForge().Card();
            File.WriteAllBytes(card.File_(7), []);
            Assert.AreEqual(0, card.Verify().Code, card.Verify().Out);
        }

        [TestMethod]
        [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
        [DataRow("pipe")]
        [DataRow("folder")]
        [DataRow("link")]
        public void AnAuditLogThatCannotBeReadIsNotCalledAbsent(string kind)
        {
            using CardForge card = new ShiftForge().Card();
            string log = Path.Combine(card.Root, "AUDIT.LOG");
            File.Move(log, Path.Combine(card.Path, "elsewhere"));
            switch (kind)
            {
                case "pipe":
                    Pipe(log);
                    break;
                case "folder":
                    Directory.CreateDirectory(log);
                    break;
                default:
                    File.CreateSymbolicLink(log, Path.Combine(card.Path, "elsewhere"));
                    break;
            }

            (int code, string text, _) = card.Verify();
            Assert.AreEqual(1, code, text);
            StringAssert.Contains(text, "the audit log cannot be read: it is");
            Assert.IsFalse(text.Contains("is not here", StringComparison.Ordinal), text);
            (int audit, _, string error) = Audit(card.Path);
            Assert.AreEqual(2, audit);
            StringAssert.Contains(error, "the audit log cannot be read: it is");
        }

        [TestMethod]
        public void AStoreWhoseNamesBecameCapitalsIsTheSameStore()
        {
            string folder = Directory.CreateTempSubdirectory("lapel-capitals-").FullName;
            try
            {
                string own = new ShiftForge().Store(folder);
                File.WriteAllText(Path.Combine(own, "000001", "0000.json"), "{}");
                File.WriteAllText(Path.Combine(own, "000001", "0000.receipt"), "");
                foreach (string file in Directory.GetFiles(own, "*", SearchOption.AllDirectories))
                {
                    File.Move(file, Path.Combine(Path.GetDirectoryName(file)!, Path.GetFileName(file).ToUpperInvariant()));
                }

                Directory.Move(own, Path.Combine(folder, Path.GetFileName(own).ToUpperInvariant()));
                CardResult result = CardVerifier.Verify(folder, null);
                Assert.IsTrue(result.AllAuthentic, string.Join("; ", result.Findings));
                Assert.HasCount(3, result.Recordings);
                Assert.HasCount(1, result.Audits);
                Assert.IsFalse(result.Findings.Any(f => f.Code == FindingCode.Foreign), string.Join("; ", result.Findings));
            }
            finally
            {
                Directory.Delete(folder, true);
            }
        }

        [TestMethod]
        public void AnAuditIsJudgedWithTheKeysOfARegistry()
        {
            using CardForge card = new ShiftForge().Card();
            string keys = Directory.CreateTempSubdirectory("lapel-keys-").FullName;
            try
            {
                File.WriteAllBytes(Path.Combine(keys, "a.pub"), new ForgeDevice(1).KeyFile());
                Assert.AreEqual(0, Audit(card.Path, KeyRegistry.Read(keys)).Code);
                File.WriteAllBytes(Path.Combine(keys, "a.pub"), new ForgeDevice(2).KeyFile());
                Assert.AreEqual(1, Audit(card.Path, KeyRegistry.Read(keys)).Code);
            }
            finally
            {
                Directory.Delete(keys, true);
            }
        }

        private static (int Code, string Out, string Error) Audit(string path, KeyRegistry? registry = null)
        {
            var output = new StringWriter();
            var error = new StringWriter();
            int code = AuditCommand.Run(new AuditRequest(path) { Registry = registry }, output, error);
            return (code, output.ToString(), error.ToString());
        }

        private static void Pipe(string path)
        {
            using Process made = Process.Start("mkfifo", path);
            made.WaitForExit();
            Assert.AreEqual(0, made.ExitCode);
        }
    }
}
