// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Lapel.CostMeter.Rewriting;

/// <summary>Inserts counting into one method. Nothing of what the method does changes.</summary>
public sealed class MethodRewriter(MethodDefinition method, ProbeMethods probes, IReadOnlySet<string> ours, bool profile)
{
    readonly MethodBody body = method.Body;
    readonly ILProcessor il = method.Body.GetILProcessor();

    public void Rewrite()
    {
        body.SimplifyMacros();
        var blocks = BasicBlocks.Of(body);
        Instruction[] original = body.Instructions.ToArray();
        var handlers = body
            .ExceptionHandlers.SelectMany(handler => new[] { handler.HandlerStart, handler.FilterStart })
            .Where(start => start != null)
            .ToHashSet();

        // Block counters first: every branch to a block must come through its counter.
        var entrances = new Dictionary<Instruction, Instruction>();
        foreach (BasicBlocks.Block block in blocks)
        {
            entrances[block.First] = InsertCounters(block, afterThrow: handlers.Contains(block.First));
        }

        Redirect(original, entrances);

        foreach (Instruction instruction in original)
        {
            InsertHooks(instruction);
        }

        il.InsertBefore(body.Instructions[0], il.Create(OpCodes.Call, probes.Arrive));
        body.OptimizeMacros();
    }

    Instruction InsertCounters(BasicBlocks.Block block, bool afterThrow)
    {
        Instruction first = Add(probes.Instructions, block.Instructions, block.First);
        if (block.CallsAndFields > 0)
        {
            Add(probes.CallsAndFields, block.CallsAndFields, block.First);
        }

        if (profile)
        {
            Before(
                block.First,
                il.Create(OpCodes.Ldstr, $"{method.DeclaringType.Name}.{method.Name}"),
                il.Create(OpCodes.Ldc_I4, block.Instructions),
                il.Create(OpCodes.Call, probes.Block)
            );
        }

        if (afterThrow)
        {
            il.InsertBefore(block.First, il.Create(OpCodes.Call, probes.Back));
        }

        return first;
    }

    Instruction Add(FieldReference counter, int n, Instruction before)
    {
        Instruction first = il.Create(OpCodes.Ldsfld, counter);
        Before(
            before,
            first,
            il.Create(OpCodes.Ldc_I4, n),
            il.Create(OpCodes.Conv_I8),
            il.Create(OpCodes.Add),
            il.Create(OpCodes.Stsfld, counter)
        );
        return first;
    }

    void Redirect(Instruction[] original, Dictionary<Instruction, Instruction> entrances)
    {
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
            if (handler.TryEnd != null)
            {
                handler.TryEnd = entrances[handler.TryEnd];
            }

            if (handler.HandlerEnd != null)
            {
                handler.HandlerEnd = entrances[handler.HandlerEnd];
            }

            if (handler.FilterStart != null)
            {
                handler.FilterStart = entrances[handler.FilterStart];
            }
        }
    }

    void InsertHooks(Instruction instruction)
    {
        switch (instruction.OpCode.Code)
        {
            case Code.Newarr:
                Before(
                    instruction,
                    il.Create(OpCodes.Dup),
                    il.Create(OpCodes.Ldc_I4, ElementBytes((TypeReference)instruction.Operand)),
                    il.Create(OpCodes.Call, probes.NewArray)
                );
                break;
            case Code.Box:
                Before(instruction, il.Create(OpCodes.Ldc_I4, DeviceHeap.Box), il.Create(OpCodes.Call, probes.Allocated));
                break;
            case Code.Throw:
            case Code.Rethrow:
                Before(instruction, CountOf(1, Counter.Throws));
                break;
            case Code.Newobj:
                HookConstruction(instruction, (MethodReference)instruction.Operand);
                break;
            case Code.Call:
            case Code.Callvirt:
                HookCall(instruction, (MethodReference)instruction.Operand);
                break;
        }
    }

    void HookConstruction(Instruction instruction, MethodReference constructor)
    {
        TypeDefinition type = constructor.DeclaringType.Resolve();
        if (!type.IsValueType)
        {
            Before(instruction, il.Create(OpCodes.Ldc_I4, ObjectBytes(type)), il.Create(OpCodes.Call, probes.Allocated));
        }

        if (IsOurs(type) || IsDelegate(type))
        {
            return;
        }

        Before(instruction, CountOf(1, Counter.NativeCalls));
        Price(instruction, instruction, constructor);
    }

    void HookCall(Instruction instruction, MethodReference called)
    {
        TypeDefinition type = called.DeclaringType.IsArray
            ? method.Module.ImportReference(typeof(System.Array)).Resolve()
            : called.DeclaringType.Resolve();
        bool inOurs = IsOurs(type);
        bool toDelegate = IsDelegate(type) && called.Name == "Invoke";
        // An object's last base constructor does nothing.
        if (!inOurs && type.FullName == "System.Object" && called.Name == ".ctor")
        {
            return;
        }

        // What stands before a call must stand before its prefixes.
        Instruction start = instruction;
        while (start.Previous is { OpCode.OpCodeType: OpCodeType.Prefix })
        {
            start = start.Previous;
        }

        bool virtualCall = instruction.OpCode.Code == Code.Callvirt && !(inOurs && called.Resolve() is { IsVirtual: false } && !toDelegate);
        if (toDelegate)
        {
            Before(start, CountOf(1, Counter.DelegateCalls));
        }

        if (virtualCall)
        {
            Before(start, il.Create(OpCodes.Call, probes.Leave));
        }
        else if (!inOurs)
        {
            Before(start, CountOf(1, Counter.NativeCalls));
        }

        if (!inOurs)
        {
            Price(start, instruction, called);
        }

        Instruction last = instruction;
        if (virtualCall)
        {
            last = After(last, il.Create(OpCodes.Call, probes.Back));
        }

        if (!inOurs && !toDelegate && (called.ReturnType.IsArray || called.ReturnType.MetadataType == MetadataType.String))
        {
            last = After(last, il.Create(OpCodes.Dup));
            After(last, il.Create(OpCodes.Call, probes.Returned));
        }
    }

    void Price(Instruction start, Instruction instruction, MethodReference called)
    {
        if (PricedCall.Of(called)?.In(method.DeclaringType.Name) is not { } priced)
        {
            return;
        }

        if (priced.Size == SizeFrom.Once)
        {
            Before(start, CountOf(1, priced.Counter));
            return;
        }

        // The arguments are taken off the stack, looked at, and put back.
        var locals = called
            .Parameters.Select(parameter => new VariableDefinition(method.Module.ImportReference(parameter.ParameterType)))
            .ToArray();
        foreach (VariableDefinition local in locals)
        {
            body.Variables.Add(local);
        }

        foreach (VariableDefinition local in locals.Reverse())
        {
            Before(start, il.Create(OpCodes.Stloc, local));
        }

        Before(start, SizeOf(priced, locals));
        foreach (VariableDefinition local in locals)
        {
            Before(start, il.Create(OpCodes.Ldloc, local));
        }
    }

    Instruction[] SizeOf(PricedCall priced, VariableDefinition[] locals)
    {
        VariableDefinition local = locals[priced.Index];
        Instruction[] count = [il.Create(OpCodes.Ldc_I4, (int)priced.Counter), il.Create(OpCodes.Call, probes.Count)];
        switch (priced.Size)
        {
            case SizeFrom.Elements:
                return
                [
                    il.Create(OpCodes.Ldloc, locals[0]),
                    il.Create(OpCodes.Ldloc, local),
                    il.Create(OpCodes.Ldc_I4, (int)priced.Counter),
                    il.Create(OpCodes.Call, probes.Elements),
                ];
            case SizeFrom.WholeArray:
                return
                [
                    il.Create(OpCodes.Ldloc, local),
                    il.Create(OpCodes.Ldc_I4, (int)priced.Counter),
                    il.Create(OpCodes.Call, probes.Whole),
                ];
            case SizeFrom.Span:
                MethodDefinition length = local.VariableType.Resolve().Methods.Single(one => one.Name == "get_Length");
                return [il.Create(OpCodes.Ldloca, local), il.Create(OpCodes.Call, method.Module.ImportReference(length)), .. count];
            default:
                return [il.Create(OpCodes.Ldloc, local), .. count];
        }
    }

    Instruction[] CountOf(int n, Counter counter) =>
        [il.Create(OpCodes.Ldc_I4, n), il.Create(OpCodes.Ldc_I4, (int)counter), il.Create(OpCodes.Call, probes.Count)];

    void Before(Instruction place, params Instruction[] inserted)
    {
        foreach (Instruction instruction in inserted)
        {
            il.InsertBefore(place, instruction);
        }
    }

    Instruction After(Instruction place, Instruction inserted)
    {
        il.InsertAfter(place, inserted);
        return inserted;
    }

    bool IsOurs(TypeDefinition type) => ours.Contains(type.Module.Assembly.Name.Name);

    static bool IsDelegate(TypeDefinition type) => type.BaseType?.FullName == "System.MulticastDelegate";

    int ObjectBytes(TypeDefinition type)
    {
        if (!IsOurs(type) || IsDelegate(type))
        {
            return DeviceHeap.Opaque;
        }

        int fields = 0;
        TypeDefinition? one = type;
        for (; one != null && IsOurs(one); one = one.BaseType?.Resolve())
        {
            fields += one.Fields.Count(field => !field.IsStatic);
        }
        // A class library's base class adds at least one block, object itself none.
        return DeviceHeap.Object(fields) + (one is null || one.FullName == "System.Object" ? 0 : DeviceHeap.Block);
    }

    int ElementBytes(TypeReference element)
    {
        switch (element.MetadataType)
        {
            case MetadataType.Boolean:
            case MetadataType.Byte:
            case MetadataType.SByte:
                return 1;
            case MetadataType.Char:
            case MetadataType.Int16:
            case MetadataType.UInt16:
                return 2;
            case MetadataType.Int32:
            case MetadataType.UInt32:
            case MetadataType.Single:
                return 4;
            case MetadataType.Int64:
            case MetadataType.UInt64:
            case MetadataType.Double:
                return 8;
        }
        // A reference by token alone does not say whether it is a value type: look.
        if (element.IsArray || element.Resolve() is not { IsValueType: true } type)
        {
            return DeviceHeap.Block;
        }

        return type.IsEnum
            ? ElementBytes(type.Fields.Single(field => !field.IsStatic).FieldType)
            : DeviceHeap.Block + DeviceHeap.Object(type.Fields.Count(field => !field.IsStatic));
    }
}
