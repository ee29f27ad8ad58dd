// SPDX-License-Identifier: MIT

using System;
using System.IO;
using System.Linq;
using Lapel.CostMeter.Rewriting;
using Lapel.Faults.Rewriting;

if (args.Length != 1 || !Directory.Exists(args[0]))
{
    Console.Error.WriteLine("usage: Lapel.Faults.Rewriting FOLDER  (holds device assemblies and all that they refer to)");
    return 2;
}

foreach (string file in DeviceAssemblies.Names.Select(name => Path.Combine(args[0], name + ".dll")).Where(File.Exists))
{
    AllocationRewriter.Rewrite(file, DeviceAssemblies.Names.ToHashSet());
}

return 0;
