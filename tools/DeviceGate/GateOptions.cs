// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Lapel.DeviceGate;

/// <summary>The command line.</summary>
/// <param name="Root">Repository root: every .nfproj below it is checked.</param>
/// <param name="References">Folder of reference assemblies; null to have them made.</param>
/// <param name="Json">One JSON object a line instead of text.</param>
public sealed record GateOptions(string Root, string? References, bool Json)
{
    public const string Usage =
        "usage: DeviceGate [--refs DIR] [--json] [ROOT]\n"
        + "  ROOT        repository root; default: the nearest folder upwards that holds a .slnx\n"
        + "  --refs DIR  reference assemblies to compile against; default: made from LAPEL_SHARED or ROOT/../shared\n"
        + "  --json      one JSON object a line\n"
        + "exit 0 the device takes it (or skipped, as printed), 1 it does not, 2 the gate could not run";

    public static GateOptions Parse(IReadOnlyList<string> args)
    {
        string? root = null,
            references = null;
        bool json = false;
        for (int i = 0; i < args.Count; i++)
        {
            if (args[i] == "--json")
            {
                json = true;
            }
            else if (args[i] == "--refs" && i + 1 < args.Count)
            {
                references = Path.GetFullPath(args[++i]);
            }
            else if (args[i].StartsWith('-') || root != null)
            {
                throw new GateException($"cannot use argument '{args[i]}'\n{Usage}");
            }
            else
            {
                root = Path.GetFullPath(args[i]);
            }
        }
        root ??= NearestSolution(Directory.GetCurrentDirectory());
        if (!Directory.Exists(root))
        {
            throw new GateException($"{root}: no such folder");
        }

        if (references != null && !File.Exists(Path.Combine(references, "mscorlib.dll")))
        {
            throw new GateException($"{references}: holds no mscorlib.dll to compile against");
        }

        return new GateOptions(root, references, json);
    }

    static string NearestSolution(string from)
    {
        for (var folder = new DirectoryInfo(from); folder != null; folder = folder.Parent)
        {
            if (folder.EnumerateFiles("*.slnx").Any())
            {
                return folder.FullName;
            }
        }

        throw new GateException($"no .slnx in {from} or above it: name the repository root\n{Usage}");
    }
}
