// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using Mono.Cecil.Cil;

namespace Lapel.CostMeter.Rewriting;

/// <summary>
/// Runs of instructions of which, once the first is executed, all are: a block ends at a branch, before a branch target, and after every
/// instruction that can throw, so that the count is exact when exceptions fly too.
/// </summary>
public static class BasicBlocks
{
    /// <summary>A block: its first instruction, how many there are, and how many of them call or touch a field.</summary>
    public sealed record Block(Instruction First, int Instructions, int CallsAndFields);

    public static IReadOnlyList<Block> Of(MethodBody body)
    {
        var leaders = Leaders(body);
        var blocks = new List<Block>();
        Instruction? first = null;
        int count = 0,
            heavy = 0;
        foreach (Instruction instruction in body.Instructions)
        {
            if (first != null && leaders.Contains(instruction))
            {
                blocks.Add(new Block(first, count, heavy));
                first = null;
            }
            if (first == null)
            {
                first = instruction;
                count = heavy = 0;
            }
            count++;
            if (CallsOrTouchesField(instruction.OpCode.Code))
            {
                heavy++;
            }
        }
        if (first != null)
        {
            blocks.Add(new Block(first, count, heavy));
        }

        return blocks;
    }

    static HashSet<Instruction> Leaders(MethodBody body)
    {
        var leaders = new HashSet<Instruction>();
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

            if (instruction.Next != null && EndsBlock(instruction))
            {
                leaders.Add(instruction.Next);
            }
        }
        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            leaders.Add(handler.TryStart);
            leaders.Add(handler.HandlerStart);
            if (handler.TryEnd != null)
            {
                leaders.Add(handler.TryEnd);
            }

            if (handler.HandlerEnd != null)
            {
                leaders.Add(handler.HandlerEnd);
            }

            if (handler.FilterStart != null)
            {
                leaders.Add(handler.FilterStart);
            }
        }
        return leaders;
    }

    static bool EndsBlock(Instruction instruction) =>
        instruction.OpCode.FlowControl switch
        {
            FlowControl.Next => CanThrow(instruction.OpCode.Code),
            FlowControl.Meta => false, // a prefix: it belongs to what follows
            _ => true,
        };

    static bool CallsOrTouchesField(Code code) =>
        code
            is Code.Call
                or Code.Callvirt
                or Code.Newobj
                or Code.Ldfld
                or Code.Ldflda
                or Code.Stfld
                or Code.Ldsfld
                or Code.Ldsflda
                or Code.Stsfld;

    // Everything that looks at memory through a reference, allocates, divides or converts with a check.
    static bool CanThrow(Code code) =>
        code switch
        {
            >= Code.Ldind_I1 and <= Code.Stind_R8 => true,
            Code.Stind_I => true,
            >= Code.Ldelema and <= Code.Unbox_Any => true,
            Code.Div or Code.Div_Un or Code.Rem or Code.Rem_Un => true,
            Code.Ldfld or Code.Ldflda or Code.Stfld or Code.Ldsfld or Code.Ldsflda or Code.Stsfld => true,
            Code.Ldobj or Code.Stobj or Code.Cpobj or Code.Initobj => true,
            Code.Castclass or Code.Isinst or Code.Unbox or Code.Box or Code.Newarr or Code.Ldlen or Code.Ldstr => true,
            >= Code.Conv_Ovf_I1_Un and <= Code.Conv_Ovf_U_Un => true,
            >= Code.Conv_Ovf_I1 and <= Code.Conv_Ovf_U8 => true,
            Code.Conv_Ovf_I or Code.Conv_Ovf_U => true,
            Code.Add_Ovf or Code.Add_Ovf_Un or Code.Sub_Ovf or Code.Sub_Ovf_Un or Code.Mul_Ovf or Code.Mul_Ovf_Un => true,
            _ => false,
        };
}
