// SPDX-License-Identifier: MIT

using System;
using System.IO;
using System.Linq;

namespace Lapel.DeviceGate.Tests;

/// <summary>A repository of one or two device projects in a folder of its own, against a core library of next to nothing.</summary>
sealed class TinyRepository : IDisposable
{
    // Compiled once for all of them: a compile is a process of its own.
    static readonly Lazy<byte[]> TinyCore = new(CompileCore);

    public TinyRepository()
    {
        Directory.CreateDirectory(Full("refs"));
        File.WriteAllBytes(Full("refs/mscorlib.dll"), TinyCore.Value);
        Write("One/One.cs", "namespace One { public class Thing { public string Text() { return \"a\".Trim(); } } }");
        Write("One/One.nfproj", Project("One", References: Core));
        Write("One/One.csproj", Host);
        Write("One/packages.config", Packages("nanoFramework.CoreLibrary", "1.17.11"));
    }

    public const string Core =
        @"<Reference Include=""mscorlib""><HintPath>..\packages\nanoFramework.CoreLibrary.1.17.11\lib\mscorlib.dll</HintPath></Reference>";

    public const string Host = @"<Project><ItemGroup><Compile Include=""*.cs"" /></ItemGroup></Project>";

    public string Root { get; } = Directory.CreateTempSubdirectory("lapel-gate-").FullName;

    public static string Project(string name, string References, string sources = "*.cs", string type = "Library") =>
        $@"<Project xmlns=""http://schemas.microsoft.com/developer/msbuild/2003"">"
        + $@"<PropertyGroup><AssemblyName>{name}</AssemblyName><OutputType>{type}</OutputType></PropertyGroup>"
        + $@"<ItemGroup><Compile Include=""{sources}"" />{References}</ItemGroup></Project>";

    public static string Packages(params string[] idsAndVersions) =>
        "<packages>"
        + string.Concat(idsAndVersions.Chunk(2).Select(pair => $@"<package id=""{pair[0]}"" version=""{pair[1]}"" />"))
        + "</packages>";

    public string Full(string path) => Path.Combine(Root, path);

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
        File.WriteAllText(Full(path), text);
    }

    /// <summary>Runs the gate on it: exit code and everything printed.</summary>
    public (int Exit, string Said) Check(params string[] more)
    {
        var said = new StringWriter();
        int exit = Gate.Run(["--refs", Full("refs"), Root, .. more], said, said);
        return (exit, said.ToString());
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    static byte[] CompileCore()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("lapel-gate-core-");
        try
        {
            string source = Path.Combine(folder.FullName, "TinyCore.cs"),
                library = Path.Combine(folder.FullName, "mscorlib.dll");
            File.WriteAllText(source, Compiled.Sample("TinyCore.cs"));
            var errors = new DeviceCompiler(folder.FullName).Compile([source], [], library, "-runtimemetadataversion:v4.0.30319");
            return errors.Count == 0
                ? File.ReadAllBytes(library)
                : throw new InvalidOperationException("the tiny core library does not compile: " + string.Join("; ", errors));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
