// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Lapel.DeviceGate;

/// <summary>Puts projects behind those they reference.</summary>
public sealed class ProjectOrder
{
    readonly Dictionary<string, DeviceProject> byFile;
    readonly List<DeviceProject> ordered = [];
    readonly HashSet<string> done = [];
    readonly List<string> path = [];

    ProjectOrder(IEnumerable<DeviceProject> projects) => byFile = projects.ToDictionary(project => project.File);

    public static IReadOnlyList<DeviceProject> Of(IReadOnlyList<DeviceProject> projects)
    {
        var order = new ProjectOrder(projects);
        foreach (DeviceProject project in projects)
        {
            order.Visit(project.File, project.File);
        }

        return order.ordered;
    }

    void Visit(string file, string referencedBy)
    {
        if (done.Contains(file))
        {
            return;
        }

        if (path.Contains(file))
        {
            throw new GateException($"{file}: project references run in a circle: {string.Join(" -> ", path.Select(Path.GetFileName))}");
        }

        if (!byFile.TryGetValue(file, out var project))
        {
            throw new GateException($"{referencedBy}: references {file}, which is not a device project of this repository");
        }

        path.Add(file);
        foreach (string reference in project.Device.ProjectReferences)
        {
            Visit(reference, file);
        }

        path.RemoveAt(path.Count - 1);
        done.Add(file);
        ordered.Add(project);
    }
}
