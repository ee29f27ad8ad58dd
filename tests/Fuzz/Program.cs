// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Lapel.Fuzz;
using Lapel.Fuzz.Targets;

const string Usage =
    "usage: Fuzz [INPUTS [SEED [TARGET]]]   100,000 inputs of seed 1 for all targets together when not said\n"
    + "exit 0 nothing failed, 1 something did, 2 cannot run";

bool here = args.Length > 0 && args[0] == Fuzzer.RunArgument;
string[] rest = here ? args[1..] : args;
string? target = rest.Length > 2 ? rest[2] : null;
if (
    !Number(0, 100_000, out int inputs)
    || !Number(1, 1, out int seed)
    || rest.Length > 3
    || (target != null && AllTargets.List().All(one => one.Name != target))
)
{
    Console.Error.WriteLine($"{Usage}\ntargets: {string.Join("; ", AllTargets.List().Select(one => one.Name))}");
    return 2;
}

if (here)
{
    Fuzzer.RunHere(inputs, seed, target);
    return 0;
}

IReadOnlyList<Report> reports = Fuzzer.Run(inputs, seed, target, Console.WriteLine);
foreach (string failure in reports.SelectMany(report => report.Failures))
{
    Console.WriteLine(failure);
}

return reports.Any(report => report.Failures.Count > 0) ? 1 : 0;

bool Number(int index, int otherwise, out int number)
{
    number = otherwise;
    return rest.Length <= index || int.TryParse(rest[index], NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
