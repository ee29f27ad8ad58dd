// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;

namespace Lapel.DeviceGate.Tests;

/// <summary>Source text compiled in a folder of its own, as the gate compiles, against the host's core library.</summary>
sealed class Compiled : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("lapel-gate-").FullName;

    public Compiled(string source, params string[] more)
    {
        string file = Path.Combine(folder, "Source.cs");
        File.WriteAllText(file, source);
        string output = Path.Combine(folder, "Sample.dll");
        var errors = new DeviceCompiler(folder).Compile([file], [typeof(object).Assembly.Location], output, more);
        if (errors.Count > 0)
        {
            throw new InvalidOperationException("the sample does not compile: " + string.Join("; ", errors));
        }

        Module = ModuleDefinition.ReadModule(output, new ReaderParameters { ReadSymbols = true });
    }

    public ModuleDefinition Module { get; }

    public static string Sample(string name)
    {
        using Stream stream = typeof(Compiled).Assembly.GetManifestResourceStream(name) ?? throw new FileNotFoundException(name);
        return new StreamReader(stream).ReadToEnd();
    }

    public IReadOnlyList<Violation> Read(IReadOnlyDictionary<string, string>? floatingPoint = null) =>
        new IlReader(folder, floatingPoint ?? new Dictionary<string, string>()).Read(Module);

    public IEnumerable<Violation> CheckSize() => AssemblySize.Of(Module).Check("Sample.dll");

    public IEnumerable<Violation> CheckStaticOrder() => new StaticOrder(folder, Module).Check();

    public IEnumerable<Violation> CheckUnsignedFlow() => new UnsignedFlow(folder, [Module]).Check();

    public void Dispose()
    {
        Module.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
