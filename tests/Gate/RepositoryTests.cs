// SPDX-License-Identifier: MIT

using System.IO;
using System.Reflection;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.DeviceGate.Tests;

/// <summary>This repository passes its own gate (where the listings are absent, as much of it as can be checked without them).</summary>
[TestClass]
public sealed class RepositoryTests
{
    [TestMethod]
    public void EveryDeviceProjectPasses()
    {
        var said = new StringWriter();
        int exit = Gate.Run([Root()], said, said);
        Assert.AreEqual(0, exit, said.ToString());
        bool skipped = !File.Exists(Path.Combine(ReferenceAssemblies.SharedFolder(Root()), "nanoframework", "make-refs"));
        Assert.AreEqual(skipped, said.ToString().Contains("SKIPPED the device compile"), said.ToString());
        string core = Path.Combine(Root(), "artifacts", "device-core");
        if (!skipped && !said.ToString().Contains("SKIPPED the comparison"))
        {
            Assert.IsNotEmpty(Directory.GetFiles(core, "mscorlib.dll", SearchOption.AllDirectories), "compared with nothing");
        }
    }

    static string Root()
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!);
        while (!File.Exists(Path.Combine(folder.FullName, "Lapel.slnx")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
