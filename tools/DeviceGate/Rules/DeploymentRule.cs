// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Mono.Cecil;

namespace Lapel.DeviceGate;

/// <summary>
/// nanoff.config.json names the device program and every assembly that goes onto the board with it: one too few and the board does
/// not start, one too many and it carries what nothing uses. Without a program in the repository there is nothing to deploy.
/// </summary>
public static class DeploymentRule
{
    public const string FileName = "nanoff.config.json";

    /// <param name="compiled">Project file to compiled assembly.</param>
    /// <param name="references">Folder of reference assemblies.</param>
    public static IEnumerable<Violation> Check(
        string root,
        IReadOnlyList<DeviceProject> projects,
        IReadOnlyDictionary<string, string> compiled,
        string references
    )
    {
        DeviceProject? program = projects.FirstOrDefault(project => project.Device.IsProgram);
        string file = Path.Combine(root, FileName);
        if (program == null || !compiled.TryGetValue(program.File, out string? assembly))
        {
            yield break;
        }

        if (!File.Exists(file))
        {
            yield return new Violation(FileName, program.Device.AssemblyName, "missing: nothing says what goes onto the board");
            yield break;
        }

        using var json = JsonDocument.Parse(File.ReadAllText(file));
        JsonElement deployment = json.RootElement.GetProperty("deployment");
        string? application = deployment.GetProperty("application").GetString();
        string[] listed = deployment.GetProperty("assemblies").EnumerateArray().Select(name => name.GetString()!).ToArray();
        if (application != program.Device.AssemblyName)
        {
            yield return new Violation(
                FileName,
                "deployment.application",
                $"{application}, but the device program is {program.Device.AssemblyName}"
            );
        }

        if (listed.LastOrDefault() != application)
        {
            yield return new Violation(
                FileName,
                "deployment.assemblies",
                $"{application} is not the last: the image holds the program after what it refers to"
            );
        }

        foreach (var twice in listed.GroupBy(name => name).Where(group => group.Count() > 1))
        {
            yield return new Violation(FileName, twice.Key, "listed twice");
        }

        var needed = new SortedDictionary<string, string[]>(StringComparer.Ordinal);
        Collect(assembly, compiled.Values.Distinct().ToArray(), references, needed);
        foreach (var (name, refersTo) in needed.Where(one => Array.IndexOf(listed, one.Key) >= 0))
        {
            foreach (string later in refersTo.Where(other => Array.IndexOf(listed, other) > Array.IndexOf(listed, name)))
            {
                yield return new Violation(
                    FileName,
                    name,
                    $"stands before {later}, to which it refers: v1 runs static initialisers in this order"
                );
            }
        }

        foreach (string name in needed.Keys.Except(listed))
        {
            yield return new Violation(
                FileName,
                name,
                "not among deployment.assemblies, but the program refers to it: the board would not start"
            );
        }

        foreach (string name in listed.Except(needed.Keys))
        {
            yield return new Violation(FileName, name, "among deployment.assemblies, but nothing that is deployed refers to it");
        }
    }

    static void Collect(string assembly, string[] ours, string references, SortedDictionary<string, string[]> needed)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(assembly);
        string[] refersTo = module.AssemblyReferences.Select(reference => reference.Name).ToArray();
        needed[module.Assembly.Name.Name] = refersTo;
        foreach (string name in refersTo.Where(name => !needed.ContainsKey(name)))
        {
            string? found = ours.FirstOrDefault(file => Path.GetFileNameWithoutExtension(file) == name);
            Collect(found ?? Path.Combine(references, name + ".dll"), ours, references, needed);
        }
    }
}
