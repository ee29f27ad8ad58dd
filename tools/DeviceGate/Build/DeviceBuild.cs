// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.IO;

namespace Lapel.DeviceGate;

/// <summary>Compiles device projects one after another, each against those before it.</summary>
/// <param name="root">Repository root.</param>
/// <param name="references">Folder of reference assemblies.</param>
/// <param name="output">Folder for the compiled assemblies.</param>
public sealed class DeviceBuild(string root, string references, string output)
{
    readonly DeviceCompiler compiler = new(root);
    readonly Dictionary<string, string> compiled = [];

    /// <summary>Project file to compiled assembly.</summary>
    public IReadOnlyDictionary<string, string> Compiled => compiled;

    /// <summary>Compiles a project; what it references must have been compiled before.</summary>
    public IReadOnlyList<Violation> Compile(DeviceProject project)
    {
        string where = Path.GetRelativePath(root, project.File);
        var libraries = new List<string>();
        foreach (var (name, _) in project.Device.References)
        {
            string library = Path.Combine(references, name + ".dll");
            if (!File.Exists(library))
            {
                return [new Violation(where, name, "not among the device's assemblies")];
            }

            libraries.Add(library);
        }
        foreach (string needed in project.Device.ProjectReferences)
        {
            if (!compiled.TryGetValue(needed, out string? library))
            {
                return [new Violation(where, Path.GetFileName(needed), "did not compile, so this was not compiled either")];
            }

            libraries.Add(library);
        }

        // One folder a project: all test assemblies bear the same name.
        string file = Path.Combine(output, Path.GetFileNameWithoutExtension(project.File), project.Device.AssemblyName + ".dll");
        var errors = compiler.Compile(project.Device.Sources, libraries, file);
        if (errors.Count == 0)
        {
            compiled[project.File] = file;
        }

        return errors;
    }
}
