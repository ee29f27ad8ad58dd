// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lapel.CostMeter;
using Lapel.CostMeter.Scenarios;

const string Usage =
    "usage: CostMeter [ROW ...]      measures, and compares with budget.tsv\n"
    + "       CostMeter --update       measures, and writes budget.tsv (its limits stay)\n"
    + "       CostMeter --profile ROW  shows which methods make the row's instructions\n"
    + "exit 0 within the budget, 1 not, 2 cannot run";

if (args.Length > 0 && args[0] == Meter.MeasureArgument)
{
    foreach (IScenario scenario in AllScenarios.List.Where(one => args.Length == 1 || args.Contains(one.Name)))
    {
        Console.WriteLine(Cost.Of(scenario).ToJson());
    }

    return 0;
}

if (args.Length == 2 && args[0] == Meter.ProfileArgument)
{
    IScenario scenario = AllScenarios.List.Single(one => one.Name == args[1]);
    scenario.Prepare();
    Probe.Profile.Clear();
    scenario.Run();
    foreach (var (method, il) in Probe.Profile.OrderByDescending(one => one.Value))
    {
        Console.WriteLine($"{il,10} {method}");
    }

    return 0;
}

if (args.Length == 2 && args[0] == "--profile" && AllScenarios.List.Any(scenario => scenario.Name == args[1]))
{
    foreach (string line in Meter.Profile(args[1]))
    {
        Console.WriteLine(line);
    }

    return 0;
}

bool update = args.SequenceEqual(["--update"]);
string? unknown = update ? null : args.FirstOrDefault(row => AllScenarios.List.All(scenario => scenario.Name != row));
if (unknown != null)
{
    Console.Error.WriteLine($"no row '{unknown}'; rows: {string.Join(", ", AllScenarios.List.Select(scenario => scenario.Name))}\n{Usage}");
    return 2;
}

string file = SourceFile();
IReadOnlyList<Cost> measured = Meter.Measure(update ? [] : args);
var budget = Budget.Parse(File.ReadAllText(file));
Console.Write(budget.With(measured));
if (update)
{
    File.WriteAllText(file, budget.With(measured));
    return 0;
}

var complaints = budget.Compare(measured).Where(line => args.Length == 0 || !line.EndsWith("no scenario has this name")).ToArray();
foreach (string complaint in complaints)
{
    Console.WriteLine(complaint);
}

return complaints.Length > 0 ? 1 : 0;

// The file in the working copy, not its copy beside the program.
static string SourceFile()
{
    for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
    {
        string file = Path.Combine(folder.FullName, "tests", "CostMeter", "budget.tsv");
        if (File.Exists(file))
        {
            return file;
        }
    }
    throw new FileNotFoundException("budget.tsv is not in a folder above the program");
}
