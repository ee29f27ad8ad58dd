// SPDX-License-Identifier: MIT

using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace Lapel.DeviceGate;

/// <summary>The .NET installation this process runs on, and running its programs.</summary>
public static class DotNet
{
    /// <summary>What a finished program left.</summary>
    public sealed record Outcome(int ExitCode, string Output, string Errors);

    /// <summary>The installation's folder: the shared framework lies in ROOT/shared/Microsoft.NETCore.App/VERSION.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    /// <summary>The dotnet program.</summary>
    public static string Host { get; } = Path.Combine(Root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");

    /// <summary>The C# compiler of the newest SDK.</summary>
    public static string Compiler()
    {
        string sdks = Path.Combine(Root, "sdk");
        string? found = !Directory.Exists(sdks)
            ? null
            : Directory
                .GetDirectories(sdks)
                .Select(folder => (Folder: folder, Version: VersionOf(Path.GetFileName(folder))))
                .Where(sdk => sdk.Version != null)
                .OrderByDescending(sdk => sdk.Version)
                .Select(sdk => Path.Combine(sdk.Folder, "Roslyn", "bincore", "csc.dll"))
                .FirstOrDefault(File.Exists);
        return found ?? throw new GateException($"no SDK with a C# compiler under {sdks}");
    }

    public static Outcome Run(string program, string[] arguments, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        // A test host sets these for itself; they would change what a child dotnet does.
        start.Environment.Remove("MSBUILD_EXE_PATH");
        start.Environment.Remove("MSBuildSDKsPath");
        using Process process = Process.Start(start) ?? throw new GateException($"cannot start {program}");
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Outcome(process.ExitCode, output, errors.Result);
    }

    static Version? VersionOf(string name) => Version.TryParse(name.Split('-')[0], out var version) ? version : null;
}
