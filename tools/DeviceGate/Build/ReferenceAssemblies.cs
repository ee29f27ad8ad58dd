// SPDX-License-Identifier: MIT

using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace Lapel.DeviceGate;

/// <summary>The device's API as reference assemblies: made once from the listings and kept until those change.</summary>
public static class ReferenceAssemblies
{
    /// <summary>The folder of shared material: LAPEL_SHARED, or else ../shared seen from the repository root.</summary>
    public static string SharedFolder(string root)
    {
        string? named = Environment.GetEnvironmentVariable("LAPEL_SHARED");
        return Path.GetFullPath(string.IsNullOrEmpty(named) ? Path.Combine(root, "..", "shared") : named);
    }

    /// <summary>The folder with the assemblies, or null when the listings are not on this machine; then why says so.</summary>
    public static string? Find(string root, out string why)
    {
        string script = Path.Combine(SharedFolder(root), "nanoframework", "make-refs");
        why = "";
        if (!File.Exists(script))
        {
            why = $"{script} is not there (LAPEL_SHARED names another folder of shared material): nothing to compile device code against";
            return null;
        }
        string folder = Path.Combine(root, "artifacts", "device-refs", Fingerprint(script));
        if (!Directory.Exists(folder))
        {
            Make(script, folder);
        }

        return folder;
    }

    static void Make(string script, string folder)
    {
        string work = folder + "." + Environment.ProcessId;
        var outcome = DotNet.Run(OperatingSystem.IsWindows() ? "python" : "python3", [script, work]);
        if (outcome.ExitCode != 0)
        {
            throw new GateException($"{script} failed: {outcome.Output.Trim()} {outcome.Errors.Trim()}");
        }

        try
        {
            Directory.Move(work, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // Another run made the same ones meanwhile.
            Directory.Delete(work, recursive: true);
        }
    }

    static string Fingerprint(string script)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var listings = Directory.GetFiles(Path.Combine(Path.GetDirectoryName(script)!, "api")).Order(StringComparer.Ordinal);
        foreach (string file in listings.Prepend(script))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(file) + "\n"));
            hash.AppendData(File.ReadAllBytes(file));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }
}
