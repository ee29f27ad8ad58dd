using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lapel.DeviceGate.Rules;
using Mono.Cecil;

namespace Lapel.DeviceGate;

/// <summary>The whole check of one repository.</summary>
public sealed class Gate(GateOptions options, Report report)
{
    readonly DeviceCompiler compiler = new(options.Root);
    readonly IlReader reader = new(options.Root, FloatingPointAllowance.Reasons);
    readonly Dictionary<string, string> compiled = [];

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
        if (projects.Count == 0) throw new GateException($"no .nfproj below {options.Root}");
        CheckProjectFiles(projects);
        string why = "";
        string? references = options.References ?? ReferenceAssemblies.Find(options.Root, out why);
        if (references == null) report.Skipped(why);
        else CheckCode(projects, references);
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

    void CheckCode(IReadOnlyList<DeviceProject> projects, string references)
    {
        foreach (DeviceProject project in projects) Compile(project, references);
        Add(DeploymentRule.Check(options.Root, projects, compiled, references));
        foreach (string name in FloatingPointAllowance.Reasons.Keys.Except(reader.AllowancesUsed))
            report.Add(new Violation(nameof(FloatingPointAllowance), name, "no device assembly has this type any more: take it off the list"));
    }

    void Compile(DeviceProject project, string references)
    {
        string relative = Path.GetRelativePath(options.Root, project.File);
        var libraries = new List<string>();
        foreach (string library in project.Device.References.Select(reference => Path.Combine(references, reference.Name + ".dll")))
        {
            if (File.Exists(library)) libraries.Add(library);
            else report.Add(new Violation(relative, Path.GetFileNameWithoutExtension(library), "not among the device's assemblies"));
        }
        foreach (string needed in project.Device.ProjectReferences)
        {
            if (compiled.TryGetValue(needed, out string? library)) libraries.Add(library);
            else
            {
                report.Add(new Violation(relative, Path.GetFileName(needed), "did not compile, so this was not compiled either"));
                return;
            }
        }

        // One folder a project: all test assemblies bear the same name.
        string output = Path.Combine(options.Root, "artifacts", "device-gate", Path.GetFileNameWithoutExtension(project.File), project.Device.AssemblyName + ".dll");
        var errors = compiler.Compile(project.Device.Sources, libraries, output);
        Add(errors);
        if (errors.Count > 0) return;
        compiled[project.File] = output;

        using ModuleDefinition module = ModuleDefinition.ReadModule(output, new ReaderParameters { ReadSymbols = true });
        AssemblySize size = AssemblySize.Of(module);
        Add(reader.Read(module));
        Add(size.Check(Path.GetFileName(output)));
        report.Add(size, relative);
    }

    void Add(IEnumerable<Violation> violations)
    {
        foreach (Violation violation in violations) report.Add(violation);
    }
}
