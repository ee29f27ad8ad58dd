// SPDX-License-Identifier: MIT

using System;
using System.Security.Cryptography;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lapel.CostMeter.Tests;

/// <summary>Calls that leave device code, the bytes given to natives, and what is allocated.</summary>
[TestClass]
public sealed class CallAndAllocationTests
{
    const MethodAttributes Virtual =
        MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.NewSlot | MethodAttributes.HideBySig;
    const MethodAttributes Constructor =
        MethodAttributes.Public | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName | MethodAttributes.HideBySig;

    [TestMethod]
    public void AVirtualCallIsNativeOnlyWhenItLandsOutside()
    {
        var sample = new HandWritten();
        TypeDefinition own = sample.NewType("Own", typeof(IComparable));
        sample.Method(
            own,
            ".ctor",
            Constructor,
            typeof(void),
            [],
            (_, il) =>
            {
                il.Emit(OpCodes.Ldarg_0);
                il.Emit(OpCodes.Call, sample.Import(typeof(object), ".ctor"));
                il.Emit(OpCodes.Ret);
            }
        );
        sample.Method(
            own,
            "CompareTo",
            Virtual,
            typeof(int),
            [typeof(object)],
            (_, il) =>
            {
                il.Emit(OpCodes.Ldc_I4_5);
                il.Emit(OpCodes.Ret);
            }
        );
        sample.Method(
            "Compare",
            typeof(int),
            [typeof(IComparable)],
            (_, il) =>
            {
                il.Emit(OpCodes.Ldarg_0);
                il.Emit(OpCodes.Ldnull);
                il.Emit(OpCodes.Callvirt, sample.Import(typeof(IComparable), "CompareTo", typeof(object)));
                il.Emit(OpCodes.Ret);
            }
        );
        var (inside, result, _) = sample.Run("Compare", sample.Make("Own"));
        Assert.AreEqual(5, result);
        Assert.AreEqual(0, inside[Counter.NativeCalls]);
        Assert.AreEqual(4 + 2, inside[Counter.Instructions]);

        var (outside, _, _) = sample.Run("Compare", 3);
        Assert.AreEqual(1, outside[Counter.NativeCalls]);
        Assert.AreEqual(4, outside[Counter.Instructions]);
    }

    [TestMethod]
    public void AVirtualCallThatThrowsOutsideIsNativeAndLeavesNoTrace()
    {
        var sample = new HandWritten();
        var inner = sample.Method("Inner", typeof(void), [], (_, il) => il.Emit(OpCodes.Ret));
        sample.Method(
            "Compare",
            typeof(void),
            [typeof(IComparable), typeof(object)],
            (method, il) =>
            {
                Instruction tried = il.Create(OpCodes.Ldarg_0);
                Instruction caught = il.Create(OpCodes.Pop);
                Instruction end = il.Create(OpCodes.Ret);
                il.Append(tried);
                il.Emit(OpCodes.Ldarg_1);
                il.Emit(OpCodes.Callvirt, sample.Import(typeof(IComparable), "CompareTo", typeof(object)));
                il.Emit(OpCodes.Pop);
                il.Emit(OpCodes.Leave, end);
                il.Append(caught);
                il.Emit(OpCodes.Call, inner);
                il.Emit(OpCodes.Leave, end);
                il.Append(end);
                method.Body.ExceptionHandlers.Add(
                    new ExceptionHandler(ExceptionHandlerType.Catch)
                    {
                        TryStart = tried,
                        TryEnd = caught,
                        HandlerStart = caught,
                        HandlerEnd = end,
                        CatchType = sample.Module.ImportReference(typeof(ArgumentException)),
                    }
                );
            }
        );
        var (counts, _, thrown) = sample.Run("Compare", 3, "not a number");
        Assert.IsNull(thrown);
        Assert.AreEqual(1, counts[Counter.NativeCalls]);
    }

    [TestMethod]
    public void ADelegateIsCountedAndItsTargetIsNotNative()
    {
        var sample = new HandWritten();
        var target = sample.Method("Target", typeof(void), [typeof(object)], (_, il) => il.Emit(OpCodes.Ret));
        sample.Method(
            "Call",
            typeof(void),
            [],
            (_, il) =>
            {
                il.Emit(OpCodes.Ldnull);
                il.Emit(OpCodes.Ldftn, target);
                il.Emit(OpCodes.Newobj, sample.Module.ImportReference(typeof(System.Threading.WaitCallback).GetConstructors()[0]));
                il.Emit(OpCodes.Ldnull);
                il.Emit(OpCodes.Callvirt, sample.Import(typeof(System.Threading.WaitCallback), "Invoke", typeof(object)));
                il.Emit(OpCodes.Ret);
            }
        );
        var (counts, _, _) = sample.Run("Call");
        Assert.AreEqual(1, counts[Counter.DelegateCalls]);
        Assert.AreEqual(0, counts[Counter.NativeCalls]);
        Assert.AreEqual(6 + 1, counts[Counter.Instructions]);
        Assert.AreEqual(DeviceHeap.Opaque, counts[Counter.AllocatedBytes]);
    }

    [TestMethod]
    [DataRow(typeof(byte), 100, 12 + 100)]
    [DataRow(typeof(char), 10, 12 + 20)]
    [DataRow(typeof(int), 10, 12 + 40)]
    [DataRow(typeof(long), 10, 12 + 80)]
    [DataRow(typeof(DayOfWeek), 10, 12 + 40)]
    [DataRow(typeof(string), 10, 12 + 120)]
    [DataRow(typeof(byte), 0, 12)]
    public void AnArrayTakesItsHeaderAndItsElements(Type element, int length, int bytes)
    {
        var sample = new HandWritten();
        sample.Method(
            "Make",
            typeof(object),
            [typeof(int)],
            (_, il) =>
            {
                il.Emit(OpCodes.Ldarg_0);
                il.Emit(OpCodes.Newarr, sample.Module.ImportReference(element));
                il.Emit(OpCodes.Ret);
            }
        );
        var (counts, result, _) = sample.Run("Make", length);
        Assert.HasCount(length, (Array)result!);
        Assert.AreEqual(bytes, counts[Counter.AllocatedBytes]);
        Assert.AreEqual(bytes - 12, counts[Counter.ZeroedBytes]);
        Assert.AreEqual(1, counts[Counter.Allocations]);
    }

    [TestMethod]
    public void AnObjectTakesItsHeaderAndABlockAField()
    {
        var sample = new HandWritten();
        TypeDefinition own = sample.NewType("Own");
        own.Fields.Add(new FieldDefinition("a", FieldAttributes.Public, sample.Module.TypeSystem.Byte));
        own.Fields.Add(new FieldDefinition("b", FieldAttributes.Public, sample.Module.TypeSystem.Int64));
        own.Fields.Add(new FieldDefinition("shared", FieldAttributes.Public | FieldAttributes.Static, sample.Module.TypeSystem.Int64));
        var constructor = sample.Method(
            own,
            ".ctor",
            Constructor,
            typeof(void),
            [],
            (_, il) =>
            {
                il.Emit(OpCodes.Ldarg_0);
                il.Emit(OpCodes.Call, sample.Import(typeof(object), ".ctor"));
                il.Emit(OpCodes.Ret);
            }
        );
        sample.Method(
            "Make",
            typeof(object),
            [],
            (_, il) =>
            {
                il.Emit(OpCodes.Newobj, constructor);
                il.Emit(OpCodes.Ret);
            }
        );
        var (counts, _, _) = sample.Run("Make");
        Assert.AreEqual(12 + 2 * 12, counts[Counter.AllocatedBytes]);
        Assert.AreEqual(2 + 3, counts[Counter.Instructions]);
        Assert.AreEqual(0, counts[Counter.NativeCalls]);
    }

    [TestMethod]
    public void ABoxAndAStringAreAllocations()
    {
        var sample = new HandWritten();
        sample.Method(
            "Box",
            typeof(object),
            [],
            (_, il) =>
            {
                il.Emit(OpCodes.Ldc_I4_3);
                il.Emit(OpCodes.Box, sample.Module.TypeSystem.Int32);
                il.Emit(OpCodes.Ret);
            }
        );
        sample.Method(
            "Join",
            typeof(string),
            [typeof(string)],
            (_, il) =>
            {
                il.Emit(OpCodes.Ldarg_0);
                il.Emit(OpCodes.Ldstr, "cd");
                il.Emit(OpCodes.Call, sample.Import(typeof(string), "Concat", typeof(string), typeof(string)));
                il.Emit(OpCodes.Ret);
            }
        );
        Assert.AreEqual(24, sample.Run("Box").Counts[Counter.AllocatedBytes]);
        var (counts, result, _) = sample.Run("Join", "ab");
        Assert.AreEqual("abcd", result);
        Assert.AreEqual(12 + 5, counts[Counter.AllocatedBytes]);
        Assert.AreEqual(1, counts[Counter.Strings]);
        Assert.AreEqual(1, counts[Counter.NativeCalls]);
    }

    [TestMethod]
    public void ACopyIsCountedInBytes()
    {
        var sample = new HandWritten();
        sample.Method(
            "Copy",
            typeof(void),
            [typeof(Array), typeof(Array)],
            (_, il) =>
            {
                il.Emit(OpCodes.Ldarg_0);
                il.Emit(OpCodes.Ldc_I4_1);
                il.Emit(OpCodes.Ldarg_1);
                il.Emit(OpCodes.Ldc_I4_0);
                il.Emit(OpCodes.Ldc_I4_3);
                il.Emit(
                    OpCodes.Call,
                    sample.Import(typeof(Array), "Copy", typeof(Array), typeof(int), typeof(Array), typeof(int), typeof(int))
                );
                il.Emit(OpCodes.Ret);
            }
        );
        long[] target = new long[3];
        var (counts, _, _) = sample.Run("Copy", new long[] { 9, 8, 7, 6 }, target);
        CollectionAssert.AreEqual(new long[] { 8, 7, 6 }, target);
        Assert.AreEqual(24, counts[Counter.CopiedBytes]);
        Assert.AreEqual(7, counts[Counter.Instructions]);
    }

    [TestMethod]
    public void AHashIsCountedInBytesAndItsResultApart()
    {
        var sample = new HandWritten();
        sample.Method(
            "Hash",
            typeof(byte[]),
            [typeof(byte[]), typeof(byte[])],
            (_, il) =>
            {
                il.Emit(OpCodes.Ldarg_0);
                il.Emit(OpCodes.Ldarg_1);
                il.Emit(OpCodes.Call, sample.Import(typeof(HMACSHA256), "HashData", typeof(byte[]), typeof(byte[])));
                il.Emit(OpCodes.Ret);
            }
        );
        byte[] key = [1, 2, 3],
            data = new byte[4096];
        var (counts, result, _) = sample.Run("Hash", key, data);
        CollectionAssert.AreEqual(HMACSHA256.HashData(key, data), (byte[])result!);
        Assert.AreEqual(4096, counts[Counter.HashedBytes]);
        Assert.AreEqual(12 + 32, counts[Counter.ReturnedBytes]);
        Assert.AreEqual(0, counts[Counter.AllocatedBytes]);
    }
}
