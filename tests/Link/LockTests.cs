// SPDX-License-Identifier: MIT

using System;
using System.Diagnostics;
using System.IO;
using Lapel.Intake;
using Lapel.Locks;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Link.Tests
{
    /// <summary>One process at a time in a folder, and none that is dead.</summary>
    [TestClass]
    public sealed class LockTests
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("lapel-lock-").FullName;

        [TestCleanup]
        public void Clean() => Directory.Delete(_folder, true);

        [TestMethod]
        public void TheSecondIsRefusedByNameAndTheNextIsLetIn()
        {
            using (FolderLock.Take(_folder))
            {
                FolderLockedException error = Assert.ThrowsExactly<FolderLockedException>(() => FolderLock.Take(_folder));
                StringAssert.Contains(error.Message, _folder + " is in use by process " + Environment.ProcessId);
                StringAssert.Contains(error.Message, "nothing was changed");
            }

            FolderLock.Take(_folder).Dispose();
        }

        [TestMethod]
        public void TheLockOfADeadProcessIsTakenOver()
        {
            File.WriteAllText(Path.Combine(_folder, FolderLock.Name + "-holder"), "process 4194000 on elsewhere");
            File.WriteAllText(Path.Combine(_folder, FolderLock.Name), "");
            FolderLock.Take(_folder).Dispose();
        }

        [TestMethod]
        [OSCondition(OperatingSystems.Linux)]
        public void AProcessThatHoldsItAndIsKilledLeavesItToTheNext()
        {
            string file = Path.Combine(_folder, FolderLock.Name);
            File.WriteAllText(file, "process 1 on test\n");
            using Process holder = Process.Start(
                new ProcessStartInfo("flock", ["-n", "-o", file, "-c", "echo held; sleep 600"]) { RedirectStandardOutput = true }
            )!;
            Assert.AreEqual("held", holder.StandardOutput.ReadLine());
            Assert.ThrowsExactly<FolderLockedException>(() => FolderLock.Take(_folder));
            holder.Kill(entireProcessTree: true);
            holder.WaitForExit();
            FolderLock.Take(_folder).Dispose();
        }

        [TestMethod]
        public void AStoreSaysWhatToDo()
        {
            using IDisposable held = new FileDisk().Lock(_folder);
            StoreException error = Assert.ThrowsExactly<StoreException>(() => new FileDisk().Lock(_folder));
            StringAssert.Contains(error.Hint!, "wait until the other sync or dock");
        }
    }
}
