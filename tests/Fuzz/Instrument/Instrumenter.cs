// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Lapel.Fuzz.Instrument;

/// <summary>
/// Rewrites assemblies in a folder so that each block of the chosen types reports to <see cref="Coverage"/>, and so that the JIT optimises
/// them.
/// </summary>
public static class Instrumenter
{
    /// <param name="folder">Holds the assemblies and all that they refer to.</param>
    /// <param name="chosen">Whether a type of an assembly is instrumented.</param>
    /// <returns>The blocks, numbered.</returns>
    public static BlockMap Run(string folder, Func<string, string, bool> chosen)
    {
        var map = new BlockMap();
        foreach (string file in Directory.EnumerateFiles(folder, "Lapel.*.dll").Order(StringComparer.Ordinal))
        {
            if (Path.GetFileName(file) == "Lapel.Fuzz.Probe.dll")
            {
                continue;
            }

            File.WriteAllBytes(file, Rewrite(File.ReadAllBytes(file), folder, chosen, map));
            File.Delete(Path.ChangeExtension(file, ".pdb"));
        }
        return map;
    }

    static byte[] Rewrite(byte[] original, string folder, Func<string, string, bool> chosen, BlockMap map)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(folder);
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        using var module = ModuleDefinition.ReadModule(new MemoryStream(original), new ReaderParameters { AssemblyResolver = resolver });
        foreach (
            CustomAttribute debuggable in module
                .Assembly.CustomAttributes.Where(one => one.AttributeType.Name == "DebuggableAttribute")
                .ToArray()
        )
        {
            module.Assembly.CustomAttributes.Remove(debuggable);
        }

        MethodReference hit = module.ImportReference(typeof(Coverage).GetMethod(nameof(Coverage.Hit)));
        foreach (TypeDefinition type in module.GetTypes())
        {
            string name = Outermost(type).FullName;
            if (!chosen(module.Assembly.Name.Name, name))
            {
                continue;
            }

            foreach (MethodDefinition method in type.Methods)
            {
                if (method.HasBody)
                {
                    Rewrite(method.Body, hit, () => map.Add(name));
                }
            }
        }
        using var output = new MemoryStream();
        module.Write(output);
        return output.ToArray();
    }

    static void Rewrite(MethodBody body, MethodReference hit, Func<int> number)
    {
        body.SimplifyMacros();
        ILProcessor il = body.GetILProcessor();
        Instruction[] original = body.Instructions.ToArray();
        var entrances = new Dictionary<Instruction, Instruction>();
        HashSet<Instruction> leaders = Leaders(body);
        foreach (Instruction leader in original.Where(leaders.Contains))
        {
            Instruction entrance = il.Create(OpCodes.Ldc_I4, number());
            il.InsertBefore(leader, entrance);
            il.InsertBefore(leader, il.Create(OpCodes.Call, hit));
            entrances[leader] = entrance;
        }
        foreach (Instruction instruction in original)
        {
            if (instruction.Operand is Instruction target)
            {
                instruction.Operand = entrances[target];
            }

            if (instruction.Operand is Instruction[] targets)
            {
                instruction.Operand = targets.Select(one => entrances[one]).ToArray();
            }
        }
        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            handler.TryStart = entrances[handler.TryStart];
            handler.HandlerStart = entrances[handler.HandlerStart];
            if (handler.FilterStart != null)
            {
                handler.FilterStart = entrances[handler.FilterStart];
            }

            if (handler.TryEnd != null)
            {
                handler.TryEnd = entrances[handler.TryEnd];
            }

            if (handler.HandlerEnd != null)
            {
                handler.HandlerEnd = entrances[handler.HandlerEnd];
            }
        }
        body.OptimizeMacros();
    }

    // The first instruction, what a branch leads to, what stands behind a branch, and the borders of exception handlers.
    static HashSet<Instruction> Leaders(MethodBody body)
    {
        var leaders = new HashSet<Instruction> { body.Instructions[0] };
        foreach (Instruction instruction in body.Instructions)
        {
            if (instruction.Operand is Instruction target)
            {
                leaders.Add(target);
            }

            if (instruction.Operand is Instruction[] targets)
            {
                leaders.UnionWith(targets);
            }

            bool ends =
                instruction.OpCode.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Throw or FlowControl.Return;
            if (ends && instruction.Next != null)
            {
                leaders.Add(instruction.Next);
            }
        }
        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            leaders.UnionWith(
                new[] { handler.TryStart, handler.TryEnd, handler.HandlerStart, handler.HandlerEnd, handler.FilterStart }.Where(border =>
                    border != null
                )
            );
        }

        return leaders;
    }

    static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType == null ? type : Outermost(type.DeclaringType);
}
