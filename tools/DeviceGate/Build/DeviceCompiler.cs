// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Lapel.DeviceGate;

/// <summary>Compiles as the device project system does: C# 9, optimised, nothing but the named references.</summary>
public sealed partial class DeviceCompiler(string root)
{
    readonly string compiler = DotNet.Compiler();

    /// <summary>Compiles files to an assembly with its portable symbols beside it; returns the errors.</summary>
    public IReadOnlyList<Violation> Compile(
        IEnumerable<string> sources,
        IEnumerable<string> references,
        string output,
        params string[] more
    )
    {
        Directory.CreateDirectory(Path.GetDirectoryName(output)!);
        // Sources by response file: their number is not bounded by what a command line holds.
        string response = Path.ChangeExtension(output, ".rsp");
        File.WriteAllLines(
            response,
            sources.Select(file => $"\"{file}\"").Concat(references.Select(file => $"-r:\"{file}\"")).Append($"-out:\"{output}\"")
        );
        var outcome = DotNet.Run(
            DotNet.Host,
            [
                compiler,
                // By the compiler's server, as a build does: a compiler that has to warm up takes five times as long.
                "-shared",
                "-noconfig",
                "-nologo",
                "-target:library",
                "-nostdlib",
                "-langversion:9.0",
                "-optimize+",
                "-deterministic",
                "-debug:portable",
                "-utf8output",
                "-preferreduilang:en-US",
                "-warn:0",
                .. more,
                "@" + response,
            ]
        );
        if (outcome.ExitCode == 0)
        {
            return [];
        }

        var errors = outcome
            .Output.Split('\n')
            .Select(line => Diagnostic().Match(line))
            .Where(match => match.Success)
            .Select(match => new Violation(
                Place(match.Groups["place"].Value, output),
                match.Groups["code"].Value,
                match.Groups["text"].Value.Trim()
            ))
            .ToArray();
        return errors.Length > 0
            ? errors
            : throw new GateException($"{output}: the compiler failed: {outcome.Output.Trim()} {outcome.Errors.Trim()}");
    }

    string Place(string place, string output) =>
        place.Length == 0 ? Path.GetFileName(output)
        : Path.IsPathRooted(place) ? Path.GetRelativePath(root, place)
        : place;

    [GeneratedRegex(@"^(?:(?<place>.+?\(\d+,\d+\)): )?(?:fatal )?error (?<code>CS\d+): (?<text>.*)$")]
    private static partial Regex Diagnostic();
}
