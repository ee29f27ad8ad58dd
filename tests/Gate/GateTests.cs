// SPDX-License-Identifier: MIT

using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.DeviceGate.Tests;

/// <summary>The gate as a program: project files, compile, exit codes, output.</summary>
[TestClass]
public sealed class GateTests
{
    [TestMethod]
    public void PassesAndSummarisesEachAssembly()
    {
        using var repository = new TinyRepository();
        var (exit, said) = repository.Check();
        Assert.AreEqual(0, exit, said);
        StringAssert.StartsWith(said, "One: ");
        StringAssert.Contains(said, "bytes of IL, 0 bytes of data, 2 types (One/One.nfproj)");
    }

    [TestMethod]
    public void AnApiThatTheDeviceLacksFailsWithItsLine()
    {
        using var repository = new TinyRepository();
        repository.Write("One/Two.cs", "namespace One\n{\n    public class Two { string F() { return \"a\".Replace('a', 'b'); } }\n}\n");
        Refused(repository, "One/Two.cs(3,", "CS1061", "Replace");
    }

    [TestMethod]
    public void NewerLanguageThanTheDevicesFails()
    {
        using var repository = new TinyRepository();
        repository.Write("One/Two.cs", "namespace One;\npublic class Two { }\n");
        Refused(repository, "One/Two.cs(1,", "CS8773");
    }

    [TestMethod]
    public void AnIlRuleFailsTheRun()
    {
        using var repository = new TinyRepository();
        repository.Write("One/Two.cs", "namespace One { public class Two<T> { } }");
        Refused(repository, "One.dll: One.Two`1: generic type");
    }

    [TestMethod]
    public void ProjectsCompileInTheOrderOfTheirReferences()
    {
        using var repository = WithSecond();
        var (exit, said) = repository.Check();
        Assert.AreEqual(0, exit, said);
        Assert.IsTrue(said.IndexOf("One: ", StringComparison.Ordinal) < said.IndexOf("A: ", StringComparison.Ordinal), said);
    }

    [TestMethod]
    public void WhatDependsOnABrokenProjectSaysSo()
    {
        using var repository = WithSecond();
        repository.Write("One/Bad.cs", "class Bad { int x = missing; }");
        Refused(repository, "One/Bad.cs(1,21): CS0103", "A/A.nfproj: One.nfproj: did not compile");
    }

    [TestMethod]
    public void ACircleIsNamed()
    {
        using var repository = WithSecond();
        repository.Write(
            "One/One.nfproj",
            TinyRepository.Project("One", TinyRepository.Core + @"<ProjectReference Include=""..\A\A.nfproj"" />")
        );
        var (exit, said) = repository.Check();
        Assert.AreEqual(2, exit, said);
        StringAssert.Contains(said, "circle");
    }

    [TestMethod]
    public void APackageNotListedIsNamed()
    {
        using var repository = new TinyRepository();
        repository.Write("One/packages.config", TinyRepository.Packages());
        Refused(repository, "One/packages.config: nanoFramework.CoreLibrary: not listed");
    }

    [TestMethod]
    public void AnotherVersionIsNamed()
    {
        using var repository = new TinyRepository();
        repository.Write("One/packages.config", TinyRepository.Packages("nanoFramework.CoreLibrary", "1.17.10"));
        Refused(repository, "One/packages.config: nanoFramework.CoreLibrary: version 1.17.10, but One.nfproj refers to 1.17.11");
    }

    [TestMethod]
    public void APackageNobodyRefersToIsNamed()
    {
        using var repository = new TinyRepository();
        repository.Write(
            "One/packages.config",
            TinyRepository.Packages("nanoFramework.CoreLibrary", "1.17.11", "nanoFramework.System.Math", "1.5.116")
        );
        Refused(repository, "One/packages.config: nanoFramework.System.Math: listed, but One.nfproj refers to nothing in it");
    }

    [TestMethod]
    public void TwoProjectsWithTwoVersionsAreNamed()
    {
        using var repository = WithSecond();
        repository.Write("A/A.nfproj", File.ReadAllText(repository.Full("A/A.nfproj")).Replace("1.17.11", "1.17.10"));
        repository.Write("A/packages.config", TinyRepository.Packages("nanoFramework.CoreLibrary", "1.17.10"));
        Refused(repository, "nanoFramework.CoreLibrary: version 1.17.10, but One/One.nfproj uses 1.17.11");
    }

    [TestMethod]
    [DataRow(@"<Reference Include=""mscorlib"" />", "mscorlib: a Reference without a HintPath")]
    [DataRow(
        @"<Reference Include=""mscorlib"">"
            + @"<HintPath>..\..\packages\nanoFramework.CoreLibrary.1.17.11\lib\mscorlib.dll</HintPath></Reference>",
        "does not lead to packages/"
    )]
    [DataRow(
        @"<Reference Include=""Other""><HintPath>..\packages\nanoFramework.CoreLibrary.1.17.11\lib\mscorlib.dll</HintPath></Reference>",
        "Other: HintPath names another assembly, mscorlib.dll"
    )]
    [DataRow(
        TinyRepository.Core
            + @"<Reference Include=""System.Linq""><HintPath>..\packages\System.Linq.4.3.0\lib\System.Linq.dll</HintPath></Reference>",
        "System.Linq: not among the device's assemblies"
    )]
    public void ABadReferenceIsNamed(string references, string said)
    {
        using var repository = new TinyRepository();
        repository.Write("One/One.nfproj", TinyRepository.Project("One", references));
        Refused(repository, said);
    }

    [TestMethod]
    public void AFileThatOnlyTheHostCompilesIsNamed()
    {
        using var repository = new TinyRepository();
        repository.Write("One/Two.cs", "");
        repository.Write("One/One.nfproj", TinyRepository.Project("One", TinyRepository.Core, sources: "One.cs"));
        Refused(repository, "One/One.nfproj: One/Two.cs: compiled by One.csproj, but not for the device");
    }

    [TestMethod]
    public void AFileThatOnlyTheDeviceCompilesIsNamed()
    {
        using var repository = new TinyRepository();
        repository.Write("One/Two.cs", "");
        repository.Write("One/One.csproj", TinyRepository.Host.Replace("*.cs", "One.cs"));
        Refused(repository, "One/One.nfproj: One/Two.cs: compiled for the device, but not by One.csproj");
    }

    [TestMethod]
    public void ADeviceProjectWithoutHostProjectIsNamed()
    {
        using var repository = new TinyRepository();
        File.Delete(repository.Full("One/One.csproj"));
        Refused(repository, "One/One.nfproj: One.csproj: missing");
    }

    [TestMethod]
    public void AHostProjectOfDeviceCodeWithoutDeviceProjectIsNamed()
    {
        using var repository = new TinyRepository();
        repository.Write("device.props", "<Project />");
        repository.Write("Two/Two.csproj", @"<Project><Import Project=""../device.props"" /></Project>");
        Refused(repository, "Two/Two.csproj: Two.nfproj: missing");
    }

    [TestMethod]
    public void ATestAssemblyMustBeNamedAsTheLauncherWants()
    {
        using var repository = new TinyRepository();
        repository.Write(
            "One/One.nfproj",
            TinyRepository.Project(
                "One.Tests",
                TinyRepository.Core
                    + @"<Reference Include=""nanoFramework.TestFramework"">"
                    + @"<HintPath>..\packages\nanoFramework.TestFramework.3.0.80\lib\nanoFramework.TestFramework.dll</HintPath></Reference>"
            )
        );
        Refused(
            repository,
            "AssemblyName: One.Tests: the launcher on the device loads tests from NFUnitTest only",
            "tests need nanoFramework.UnitTestLauncher"
        );
    }

    [TestMethod]
    public void AReferenceMayBeAProgram() // The package's test launcher is one.
    {
        using var repository = new TinyRepository();
        File.Copy(repository.Full("refs/mscorlib.dll"), repository.Full("refs/Launcher.dll"));
        repository.Write(
            "One/One.nfproj",
            TinyRepository.Project(
                "One",
                TinyRepository.Core
                    + @"<Reference Include=""Launcher""><HintPath>..\packages\Launcher.3.0.80\lib\Launcher.exe</HintPath></Reference>"
            )
        );
        repository.Write("One/packages.config", TinyRepository.Packages("nanoFramework.CoreLibrary", "1.17.11", "Launcher", "3.0.80"));
        var (_, said) = repository.Check();
        Assert.DoesNotContain("Launcher", said);
    }

    [TestMethod]
    public void TheDeploymentListIsExactlyWhatTheProgramNeeds()
    {
        using var repository = WithSecond(type: "Exe");
        Refused(repository, "nanoff.config.json: A: missing");
        repository.Write("nanoff.config.json", Deployment("A", "mscorlib", "One", "A"));
        var (exit, said) = repository.Check();
        Assert.AreEqual(0, exit, said);
        repository.Write("nanoff.config.json", Deployment("A", "mscorlib", "A"));
        Refused(repository, "nanoff.config.json: One: not among deployment.assemblies");
        repository.Write("nanoff.config.json", Deployment("A", "mscorlib", "Extra", "One", "A"));
        Refused(repository, "nanoff.config.json: Extra: among deployment.assemblies, but nothing");
        repository.Write("nanoff.config.json", Deployment("One", "A", "mscorlib", "One"));
        Refused(repository, "deployment.application: One, but the device program is A");
        repository.Write("nanoff.config.json", Deployment("A", "mscorlib", "A", "One"));
        Refused(repository, "deployment.assemblies: A is not the last");
        repository.Write("nanoff.config.json", Deployment("A", "One", "mscorlib", "A"));
        Refused(repository, "nanoff.config.json: One: stands before mscorlib, to which it refers");
    }

    [TestMethod]
    public void JsonIsOneObjectALine()
    {
        using var repository = new TinyRepository();
        repository.Write("One/Two.cs", "namespace One { public class Two<T> { } }");
        var (exit, said) = repository.Check("--json");
        Assert.AreEqual(1, exit, said);
        string[] kinds = said.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("kind").GetString()!)
            .ToArray();
        CollectionAssert.AreEqual(new[] { "violation", "assembly", "summary" }, kinds);
    }

    [TestMethod]
    [DoNotParallelize] // It changes the environment of the process.
    public void WithoutListingsItSaysThatItSkippedAndStillReadsProjects()
    {
        using var repository = new TinyRepository();
        string? before = Environment.GetEnvironmentVariable("LAPEL_SHARED");
        Environment.SetEnvironmentVariable("LAPEL_SHARED", repository.Full("nothing-here"));
        try
        {
            var said = new StringWriter();
            Assert.AreEqual(0, Gate.Run([repository.Root], said, said));
            StringAssert.StartsWith(said.ToString(), "SKIPPED the device compile: ");
            File.Delete(repository.Full("One/packages.config"));
            Assert.AreEqual(1, Gate.Run([repository.Root], said, said));
        }
        finally
        {
            Environment.SetEnvironmentVariable("LAPEL_SHARED", before);
        }
    }

    [TestMethod]
    [DataRow("--nonsense")]
    [DataRow("--refs")]
    [DataRow("/no/such/folder/anywhere")]
    public void BadArgumentsExitTwo(string argument)
    {
        var said = new StringWriter();
        Assert.AreEqual(2, Gate.Run([argument], TextWriter.Null, said));
        Assert.AreNotEqual("", said.ToString());
    }

    static TinyRepository WithSecond(string type = "Library")
    {
        var repository = new TinyRepository();
        repository.Write("A/A.cs", "namespace A { public class Uses { public One.Thing Thing; static void Main() { } } }");
        repository.Write(
            "A/A.nfproj",
            TinyRepository.Project("A", TinyRepository.Core + @"<ProjectReference Include=""..\One\One.nfproj"" />", type: type)
        );
        repository.Write("A/A.csproj", TinyRepository.Host);
        repository.Write("A/packages.config", TinyRepository.Packages("nanoFramework.CoreLibrary", "1.17.11"));
        return repository;
    }

    static string Deployment(string application, params string[] assemblies) =>
        JsonSerializer.Serialize(new { deployment = new { application, assemblies } });

    static void Refused(TinyRepository repository, params string[] parts)
    {
        var (exit, said) = repository.Check();
        Assert.AreEqual(1, exit, said);
        foreach (string part in parts)
        {
            StringAssert.Contains(said, part);
        }
    }
}
