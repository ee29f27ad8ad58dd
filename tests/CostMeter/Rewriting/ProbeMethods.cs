// SPDX-License-Identifier: MIT

using Mono.Cecil;

namespace Lapel.CostMeter.Rewriting;

/// <summary>The probe's members, imported into one module.</summary>
public sealed class ProbeMethods(ModuleDefinition module)
{
    public FieldReference Instructions { get; } = module.ImportReference(typeof(Probe).GetField(nameof(Probe.Instructions)));
    public FieldReference CallsAndFields { get; } = module.ImportReference(typeof(Probe).GetField(nameof(Probe.CallsAndFields)));
    public MethodReference Arrive { get; } = Import(module, nameof(Probe.Arrive));
    public MethodReference Block { get; } = Import(module, nameof(Probe.Block));
    public MethodReference Leave { get; } = Import(module, nameof(Probe.Leave));
    public MethodReference Back { get; } = Import(module, nameof(Probe.Back));
    public MethodReference Count { get; } = Import(module, nameof(Probe.Count));
    public MethodReference Allocated { get; } = Import(module, nameof(Probe.Allocated));
    public MethodReference NewArray { get; } = Import(module, nameof(Probe.NewArray));
    public MethodReference Returned { get; } = Import(module, nameof(Probe.Returned));
    public MethodReference Elements { get; } = Import(module, nameof(Probe.Elements));
    public MethodReference Whole { get; } = Import(module, nameof(Probe.Whole));

    static MethodReference Import(ModuleDefinition module, string name) => module.ImportReference(typeof(Probe).GetMethod(name));
}
