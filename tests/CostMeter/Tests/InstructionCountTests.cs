// SPDX-License-Identifier: MIT

using System;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil.Cil;

namespace Lapel.CostMeter.Tests;

/// <summary>Executed instructions, counted by hand beside each method.</summary>
[TestClass]
public sealed class InstructionCountTests
{
    [TestMethod]
    public void StraightCode()
    {
        var sample = new HandWritten();
        sample.Method(
            "Add",
            typeof(int),
            [typeof(int), typeof(int)],
            (_, il) =>
            {
                il.Emit(OpCodes.Ldarg_0);
                il.Emit(OpCodes.Ldarg_1);
                il.Emit(OpCodes.Add);
                il.Emit(OpCodes.Ret);
            }
        );
        var (counts, result, _) = sample.Run("Add", 2, 3);
        Assert.AreEqual(5, result);
        Assert.AreEqual(4, counts[Counter.Instructions]);
        Assert.AreEqual(0, counts[Counter.CallsAndFields]);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(1000)]
    public void ALoop(int turns)
    {
        var sample = new HandWritten();
        sample.Method(
            "Sum",
            typeof(int),
            [typeof(int)],
            (method, il) =>
            {
                sample.Local(method, typeof(int)); // sum
                sample.Local(method, typeof(int)); // i
                Instruction test = il.Create(OpCodes.Ldloc_1);
                Instruction body = il.Create(OpCodes.Ldloc_0);
                il.Emit(OpCodes.Br_S, test); // 1 to enter
                il.Append(body);
                il.Emit(OpCodes.Ldloc_1);
                il.Emit(OpCodes.Add);
                il.Emit(OpCodes.Stloc_0);
                il.Emit(OpCodes.Ldloc_1);
                il.Emit(OpCodes.Ldc_I4_1);
                il.Emit(OpCodes.Add);
                il.Emit(OpCodes.Stloc_1); // 8 a turn
                il.Append(test);
                il.Emit(OpCodes.Ldarg_0);
                il.Emit(OpCodes.Blt_S, body); // 3 a test, one test more than turns
                il.Emit(OpCodes.Ldloc_0);
                il.Emit(OpCodes.Ret); // 2 to leave
            }
        );
        var (counts, result, _) = sample.Run("Sum", turns);
        Assert.AreEqual(turns * (turns - 1) / 2, result);
        Assert.AreEqual(1 + 8 * turns + 3 * (turns + 1) + 2, counts[Counter.Instructions]);
    }

    [TestMethod]
    [DataRow(0, 10, 2 + 2)]
    [DataRow(1, 20, 2 + 3)]
    [DataRow(2, 30, 2 + 1 + 4)]
    public void ASwitch(int choice, int expected, int instructions)
    {
        var sample = new HandWritten();
        sample.Method(
            "Choose",
            typeof(int),
            [typeof(int)],
            (_, il) =>
            {
                Instruction zero = il.Create(OpCodes.Ldc_I4, 10);
                Instruction one = il.Create(OpCodes.Nop);
                Instruction other = il.Create(OpCodes.Ldc_I4, 15);
                il.Emit(OpCodes.Ldarg_0);
                il.Emit(OpCodes.Switch, [zero, one]);
                il.Emit(OpCodes.Br, other);
                il.Append(zero);
                il.Emit(OpCodes.Ret);
                il.Append(one);
                il.Emit(OpCodes.Ldc_I4, 20);
                il.Emit(OpCodes.Ret);
                il.Append(other);
                il.Emit(OpCodes.Ldc_I4, 15);
                il.Emit(OpCodes.Add);
                il.Emit(OpCodes.Ret);
            }
        );
        var (counts, result, _) = sample.Run("Choose", choice);
        Assert.AreEqual(expected, result);
        Assert.AreEqual(instructions, counts[Counter.Instructions]);
    }

    [TestMethod]
    public void ACalleeIsCountedWithItsCaller()
    {
        var sample = new HandWritten();
        var callee = sample.Method(
            "Twice",
            typeof(int),
            [typeof(int)],
            (_, il) =>
            {
                il.Emit(OpCodes.Ldarg_0);
                il.Emit(OpCodes.Ldc_I4_2);
                il.Emit(OpCodes.Mul);
                il.Emit(OpCodes.Ret);
            }
        );
        sample.Method(
            "Caller",
            typeof(int),
            [],
            (_, il) =>
            {
                il.Emit(OpCodes.Ldc_I4, 21);
                il.Emit(OpCodes.Call, callee);
                il.Emit(OpCodes.Ret);
            }
        );
        var (counts, result, _) = sample.Run("Caller");
        Assert.AreEqual(42, result);
        Assert.AreEqual(3 + 4, counts[Counter.Instructions]);
        Assert.AreEqual(1, counts[Counter.CallsAndFields]);
        Assert.AreEqual(0, counts[Counter.NativeCalls]);
    }

    [TestMethod]
    [DataRow(2, 5, 5 + 2 + 2)] // no exception: to the leave, the finally, the end
    [DataRow(0, -1, 3 + 4 + 2 + 2)] // division by zero: to the division, the handler, the finally, the end
    public void AnExceptionStopsTheCountWhereItIsThrown(int divisor, int expected, int instructions)
    {
        var sample = new HandWritten();
        sample.Method(
            "Divide",
            typeof(int),
            [typeof(int)],
            (method, il) =>
            {
                VariableDefinition result = sample.Local(method, typeof(int));
                Instruction end = il.Create(OpCodes.Ldloc, result);
                Instruction tried = il.Create(OpCodes.Ldc_I4, 10);
                Instruction caught = il.Create(OpCodes.Pop);
                Instruction after = il.Create(OpCodes.Nop);
                il.Append(tried);
                il.Emit(OpCodes.Ldarg_0);
                il.Emit(OpCodes.Div); // 3, and here it ends for zero
                il.Emit(OpCodes.Stloc, result);
                il.Emit(OpCodes.Leave, end); // 5
                il.Append(caught);
                il.Emit(OpCodes.Ldc_I4_M1);
                il.Emit(OpCodes.Stloc, result);
                il.Emit(OpCodes.Leave, end); // 4
                il.Append(after);
                il.Emit(OpCodes.Endfinally); // 2
                il.Append(end);
                il.Emit(OpCodes.Ret); // 2
                method.Body.ExceptionHandlers.Add(
                    new ExceptionHandler(ExceptionHandlerType.Catch)
                    {
                        TryStart = tried,
                        TryEnd = caught,
                        HandlerStart = caught,
                        HandlerEnd = after,
                        CatchType = sample.Module.ImportReference(typeof(DivideByZeroException)),
                    }
                );
                method.Body.ExceptionHandlers.Add(
                    new ExceptionHandler(ExceptionHandlerType.Finally)
                    {
                        TryStart = tried,
                        TryEnd = after,
                        HandlerStart = after,
                        HandlerEnd = end,
                    }
                );
            }
        );
        var (counts, result, thrown) = sample.Run("Divide", divisor);
        Assert.IsNull(thrown);
        Assert.AreEqual(expected, result);
        Assert.AreEqual(instructions, counts[Counter.Instructions]);
    }

    [TestMethod]
    public void AnExceptionFromACalleeStopsTheCallersBlockToo()
    {
        var sample = new HandWritten();
        var thrower = sample.Method(
            "Throws",
            typeof(int),
            [],
            (_, il) =>
            {
                il.Emit(OpCodes.Newobj, sample.Import(typeof(InvalidOperationException), ".ctor"));
                il.Emit(OpCodes.Throw); // 2
            }
        );
        sample.Method(
            "Caller",
            typeof(int),
            [],
            (_, il) =>
            {
                il.Emit(OpCodes.Ldc_I4_1);
                il.Emit(OpCodes.Call, thrower); // 2, and here it ends
                il.Emit(OpCodes.Add);
                il.Emit(OpCodes.Ldc_I4_1);
                il.Emit(OpCodes.Add);
                il.Emit(OpCodes.Ret);
            }
        );
        var (counts, _, thrown) = sample.Run("Caller");
        Assert.IsInstanceOfType<InvalidOperationException>(thrown);
        Assert.AreEqual(2 + 2, counts[Counter.Instructions]);
        Assert.AreEqual(1, counts[Counter.Throws]);
    }

    [TestMethod]
    [DataRow(1, 7, 2 + 3 + 2 + 2)] // the filter takes it: throw, filter, handler, end
    [DataRow(0, null, 2 + 3)] // the filter lets it pass
    public void AFilterIsCounted(int take, int? expected, int instructions)
    {
        var sample = new HandWritten();
        sample.Method(
            "Filter",
            typeof(int),
            [typeof(int)],
            (method, il) =>
            {
                VariableDefinition result = sample.Local(method, typeof(int));
                Instruction tried = il.Create(OpCodes.Newobj, sample.Import(typeof(InvalidOperationException), ".ctor"));
                Instruction filter = il.Create(OpCodes.Pop);
                Instruction handler = il.Create(OpCodes.Pop);
                Instruction end = il.Create(OpCodes.Ldc_I4_7);
                il.Append(tried);
                il.Emit(OpCodes.Throw); // 2
                il.Append(filter);
                il.Emit(OpCodes.Ldarg_0);
                il.Emit(OpCodes.Endfilter); // 3
                il.Append(handler);
                il.Emit(OpCodes.Leave, end); // 2
                il.Append(end);
                il.Emit(OpCodes.Ret); // 2
                method.Body.ExceptionHandlers.Add(
                    new ExceptionHandler(ExceptionHandlerType.Filter)
                    {
                        TryStart = tried,
                        TryEnd = filter,
                        FilterStart = filter,
                        HandlerStart = handler,
                        HandlerEnd = end,
                    }
                );
            }
        );
        var (counts, result, thrown) = sample.Run("Filter", take);
        Assert.AreEqual(expected, result);
        Assert.AreEqual(expected == null, thrown != null);
        Assert.AreEqual(instructions, counts[Counter.Instructions]);
    }
}
