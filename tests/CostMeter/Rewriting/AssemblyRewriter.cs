// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;

namespace Lapel.CostMeter.Rewriting;

/// <summary>Rewrites device assemblies in a folder so that they count what they do.</summary>
public static class AssemblyRewriter
{
    /// <param name="folder">Holds the assemblies and all that they refer to.</param>
    /// <param name="names">Assemblies that are device code; those that are not in the folder are passed over.</param>
    /// <param name="profile">Also count by method; slower.</param>
    public static void Rewrite(string folder, IReadOnlyList<string> names, bool profile)
    {
        var ours = names.ToHashSet();
        foreach (string name in names)
        {
            string file = Path.Combine(folder, name + ".dll");
            if (!File.Exists(file))
            {
                continue;
            }

            byte[] rewritten = Rewrite(File.ReadAllBytes(file), ours, folder, profile);
            File.WriteAllBytes(file, rewritten);
            File.Delete(Path.ChangeExtension(file, ".pdb"));
        }
    }

    /// <summary>Rewrites one assembly.</summary>
    /// <param name="original">The assembly file.</param>
    /// <param name="ours">Names of all assemblies that are device code.</param>
    /// <param name="folder">Holds what it refers to.</param>
    /// <param name="profile">Also count by method.</param>
    public static byte[] Rewrite(byte[] original, IReadOnlySet<string> ours, string folder, bool profile = false)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(folder);
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        using var module = ModuleDefinition.ReadModule(new MemoryStream(original), new ReaderParameters { AssemblyResolver = resolver });
        var probes = new ProbeMethods(module);
        foreach (TypeDefinition type in module.GetTypes().ToArray())
        {
            foreach (MethodDefinition method in type.Methods)
            {
                if (method.HasBody)
                {
                    new MethodRewriter(method, probes, ours, profile).Rewrite();
                }
            }
        }

        using var output = new MemoryStream();
        module.Write(output);
        return output.ToArray();
    }
}
