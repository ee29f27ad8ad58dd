// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lapel.Faults.Probe;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Lapel.Faults.Rewriting;

/// <summary>
/// Has device code tell the probe of each object, array and box that it makes, and of each call outside that gives it a string or an array,
/// before it happens. What a type's static constructor makes is made before Main on the device, where nothing catches: it is left out.
/// </summary>
internal static class AllocationRewriter
{
    private const string ProbeName = "Lapel.Faults.Probe";

    /// <summary>Rewrites a file, unless it was before.</summary>
    public static void Rewrite(string file, IReadOnlySet<string> ours)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Path.GetDirectoryName(file));
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        byte[] original = File.ReadAllBytes(file);
        using var module = ModuleDefinition.ReadModule(new MemoryStream(original), new ReaderParameters { AssemblyResolver = resolver });
        if (module.AssemblyReferences.Any(reference => reference.Name == ProbeName))
        {
            return;
        }

        MethodReference next = module.ImportReference(typeof(AllocationProbe).GetMethod(nameof(AllocationProbe.Next)));
        foreach (MethodDefinition method in module.GetTypes().SelectMany(type => type.Methods).Where(m => m.HasBody && !IsStatic(m)))
        {
            Rewrite(method, next, ours);
        }

        using var output = new MemoryStream();
        module.Write(output);
        File.WriteAllBytes(file, output.ToArray());
        File.Delete(Path.ChangeExtension(file, ".pdb"));
    }

    private static bool IsStatic(MethodDefinition method) => method.IsConstructor && method.IsStatic;

    private static void Rewrite(MethodDefinition method, MethodReference next, IReadOnlySet<string> ours)
    {
        method.Body.SimplifyMacros();
        foreach (Instruction instruction in method.Body.Instructions.ToArray())
        {
            if (Allocates(instruction, ours))
            {
                Insert(method, instruction, next);
            }
        }

        method.Body.OptimizeMacros();
    }

    private static bool Allocates(Instruction instruction, IReadOnlySet<string> ours)
    {
        switch (instruction.OpCode.Code)
        {
            case Code.Newarr:
            case Code.Box:
                return true;
            case Code.Newobj:
                return ((MethodReference)instruction.Operand).DeclaringType.Resolve() is { IsValueType: false };
            case Code.Call:
            case Code.Callvirt:
                var called = (MethodReference)instruction.Operand;
                return (called.ReturnType.IsArray || called.ReturnType.MetadataType == MetadataType.String)
                    && called.DeclaringType.Resolve() is { } type
                    && !ours.Contains(type.Module.Assembly.Name.Name);
            default:
                return false;
        }
    }

    // A branch to the allocation comes through the probe: the instruction turns into the first of the probe's, and a copy of it follows.
    private static void Insert(MethodDefinition method, Instruction instruction, MethodReference next)
    {
        ILProcessor il = method.Body.GetILProcessor();
        Instruction start = instruction;
        while (start.Previous is { OpCode.OpCodeType: OpCodeType.Prefix })
        {
            start = start.Previous;
        }

        Instruction copy = il.Create(OpCodes.Nop);
        copy.OpCode = start.OpCode;
        copy.Operand = start.Operand;
        start.OpCode = OpCodes.Ldstr;
        start.Operand = method.DeclaringType.Name + "." + method.Name;
        Instruction call = il.Create(OpCodes.Call, next);
        il.InsertAfter(start, call);
        il.InsertAfter(call, copy);
    }
}
