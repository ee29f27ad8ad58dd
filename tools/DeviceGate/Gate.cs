// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lapel.DeviceGate.Rules;
using Mono.Cecil;

namespace Lapel.DeviceGate;

/// <summary>The whole check of one repository.</summary>
public sealed class Gate(GateOptions options, Report report)
{
    readonly IlReader reader = new(options.Root, FloatingPointAllowance.Reasons);

    /// <summary>0 the device takes it (or skipped), 1 it does not, 2 the gate could not run.</summary>
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter errors)
    {
        try
        {
            GateOptions options = GateOptions.Parse(args);
            return new Gate(options, new Report(output, options.Json)).Check();
        }
        catch (GateException failure)
        {
            errors.WriteLine($"device gate: {failure.Message}");
            return 2;
        }
    }

    int Check()
    {
        IReadOnlyList<DeviceProject> projects = ProjectOrder.Of(DeviceProject.FindAll(options.Root));
        if (projects.Count == 0)
        {
            throw new GateException($"no .nfproj below {options.Root}");
        }

        CheckProjectFiles(projects);
        string why = "";
        string? references = options.References ?? ReferenceAssemblies.Find(options.Root, out why);
        if (references == null)
        {
            report.Skipped("the device compile", why);
        }
        else
        {
            CheckCode(projects, WithCoreLibrary(projects, references));
        }

        report.Summary(projects.Count, references != null);
        return report.Violations > 0 ? 1 : 0;
    }

    void CheckProjectFiles(IReadOnlyList<DeviceProject> projects)
    {
        var packages = new PackageRules(options.Root);
        foreach (DeviceProject project in projects)
        {
            Add(packages.Check(project));
            Add(SourceRules.Check(options.Root, project));
        }
        Add(SourceRules.CheckHostOnly(options.Root));
    }

    // Named references are taken as they are: a test brings a core library of its own.
    string WithCoreLibrary(IReadOnlyList<DeviceProject> projects, string references)
    {
        if (options.References != null)
        {
            return references;
        }

        CoreLibrary? core = CoreLibrary.Restore(options.Root, projects, out string why);
        if (core == null)
        {
            report.Skipped("the comparison with the real core library", why);
            return references;
        }

        Add(ApiSurface.Compare(Path.Combine(references, CoreLibrary.Assembly + ".dll"), core.File));
        return core.PutAmong(references);
    }

    void CheckCode(IReadOnlyList<DeviceProject> projects, string references)
    {
        var build = new DeviceBuild(options.Root, references, Path.Combine(options.Root, "artifacts", "device-gate"));
        foreach (DeviceProject project in projects)
        {
            Add(build.Compile(project));
            if (build.Compiled.TryGetValue(project.File, out string? assembly))
            {
                Read(assembly, Path.GetRelativePath(options.Root, project.File));
            }
        }
        FollowUnsigned(build.Compiled.Values);
        Add(DeploymentRule.Check(options.Root, projects, build.Compiled, references));
        foreach (string name in FloatingPointAllowance.Reasons.Keys.Except(reader.AllowancesUsed))
        {
            report.Add(
                new Violation(nameof(FloatingPointAllowance), name, "no device assembly has this type any more: take it off the list")
            );
        }
    }

    void Read(string assembly, string project)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(assembly, new ReaderParameters { ReadSymbols = true });
        AssemblySize size = AssemblySize.Of(module);
        Add(reader.Read(module));
        Add(new StaticOrder(options.Root, module).Check());
        Add(size.Check(Path.GetFileName(assembly)));
        report.Add(size, project);
    }

    // All of them together: a value crosses from one assembly to another as it is.
    void FollowUnsigned(IEnumerable<string> assemblies)
    {
        ModuleDefinition[] modules = assemblies
            .Select(assembly => ModuleDefinition.ReadModule(assembly, new ReaderParameters { ReadSymbols = true }))
            .ToArray();
        Add(new UnsignedFlow(options.Root, modules).Check());
        foreach (ModuleDefinition module in modules)
        {
            module.Dispose();
        }
    }

    void Add(IEnumerable<Violation> violations)
    {
        foreach (Violation violation in violations)
        {
            report.Add(violation);
        }
    }
}
