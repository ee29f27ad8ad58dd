// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Lapel.DeviceGate;

/// <summary>
/// packages.config lists exactly the packages that the project's hint paths name, and a package has one version in the repository.
/// </summary>
public sealed partial class PackageRules(string root)
{
    readonly Dictionary<string, (string Version, string Project)> versions = [];

    public IEnumerable<Violation> Check(DeviceProject project)
    {
        string where = Path.GetRelativePath(root, project.File);
        string folder = Path.GetDirectoryName(project.File)!;
        var hinted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, hintPath) in project.Device.References)
        {
            if (hintPath == null)
            {
                yield return new Violation(where, name, "a Reference without a HintPath: nothing says which package brings it");
                continue;
            }
            string full = Path.GetFullPath(Path.Combine(folder, hintPath));
            Match match = PackageFolder().Match(Path.GetRelativePath(Path.Combine(root, "packages"), full).Replace('\\', '/'));
            if (!match.Success)
            {
                yield return new Violation(
                    where,
                    name,
                    $"HintPath {hintPath} does not lead to packages/ID.VERSION/lib/ of the repository root"
                );
                continue;
            }
            if (match.Groups["name"].Value != name)
            {
                yield return new Violation(where, name, $"HintPath names another assembly, {match.Groups["file"].Value}");
            }

            string id = match.Groups["id"].Value,
                version = match.Groups["version"].Value;
            if (hinted.TryGetValue(id, out string? other) && other != version)
            {
                yield return new Violation(where, id, $"hint paths name two versions, {other} and {version}");
            }

            hinted[id] = version;
        }

        string config = Path.Combine(folder, "packages.config");
        if (!File.Exists(config))
        {
            yield return new Violation(where, "packages.config", "missing: the device build restores packages from it");
            yield break;
        }
        string configWhere = Path.GetRelativePath(root, config);
        var listed = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (XElement package in XDocument.Load(config).Root!.Elements("package"))
        {
            string id = package.Attribute("id")?.Value ?? "",
                version = package.Attribute("version")?.Value ?? "";
            if (!listed.TryAdd(id, version))
            {
                yield return new Violation(configWhere, id, "listed twice");
            }
        }
        foreach (var (id, version) in hinted)
        {
            if (!listed.TryGetValue(id, out string? have))
            {
                yield return new Violation(
                    configWhere,
                    id,
                    $"not listed, but {Path.GetFileName(project.File)} refers to its version {version}"
                );
            }
            else if (have != version)
            {
                yield return new Violation(configWhere, id, $"version {have}, but {Path.GetFileName(project.File)} refers to {version}");
            }

            if (!versions.TryAdd(id, (version, where)) && versions[id].Version != version)
            {
                yield return new Violation(
                    where,
                    id,
                    $"version {version}, but {versions[id].Project} uses {versions[id].Version}: one image holds one"
                );
            }
        }
        foreach (string id in listed.Keys.Where(id => !hinted.ContainsKey(id)))
        {
            yield return new Violation(configWhere, id, $"listed, but {Path.GetFileName(project.File)} refers to nothing in it");
        }
    }

    [GeneratedRegex(@"^(?<id>[^/]+?)\.(?<version>\d+\.\d+\.\d+[^/]*)/lib/(?:[^/]+/)?(?<file>(?<name>[^/]+)\.(?:dll|exe))$")]
    private static partial Regex PackageFolder();
}
