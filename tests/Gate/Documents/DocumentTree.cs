// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;

namespace Lapel.DeviceGate.Tests;

/// <summary>The files of this repository that people read.</summary>
static class DocumentTree
{
    // What builds and tools leave behind, and what is no part of the tree.
    static readonly string[] Skipped = [".git", ".vs", "artifacts", "bin", "obj", "packages"];

    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Files with one of these extensions, as paths from the root with '/' between, in order.</summary>
    public static IReadOnlyList<string> Files(params string[] extensions) =>
        [
            .. Walk(new DirectoryInfo(Root))
                .Where(file => extensions.Contains(file.Extension))
                .Select(file => Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The lines of a file.</summary>
    public static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Root, path));

    /// <summary>Whether a file or a folder is there, seen from the root or from a document's folder.</summary>
    public static bool Exists(string document, string path)
    {
        string beside = Path.Combine(Root, Path.GetDirectoryName(document) ?? "", path);
        string fromRoot = Path.Combine(Root, path);
        return File.Exists(beside) || Directory.Exists(beside) || File.Exists(fromRoot) || Directory.Exists(fromRoot);
    }

    static IEnumerable<FileInfo> Walk(DirectoryInfo folder) =>
        folder.EnumerateFiles().Concat(folder.EnumerateDirectories().Where(inner => !Skipped.Contains(inner.Name)).SelectMany(Walk));

    static string FindRoot()
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!);
        while (!File.Exists(Path.Combine(folder.FullName, "Lapel.slnx")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
