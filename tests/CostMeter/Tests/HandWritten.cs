// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;
using Lapel.CostMeter.Rewriting;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lapel.CostMeter.Tests;

/// <summary>An assembly of methods written instruction by instruction, rewritten as device code is, and run here.</summary>
sealed class HandWritten
{
    const string Name = "Lapel.CostMeter.Sample";

    readonly AssemblyDefinition assembly = AssemblyDefinition.CreateAssembly(
        new AssemblyNameDefinition(Name, new Version(1, 0)),
        Name,
        ModuleKind.Dll
    );
    Assembly? loaded;

    public HandWritten()
    {
        Type = NewType("Sample");
    }

    public ModuleDefinition Module => assembly.MainModule;

    public TypeDefinition Type { get; }

    public TypeDefinition NewType(string name, params Type[] interfaces)
    {
        var type = new TypeDefinition("", name, Mono.Cecil.TypeAttributes.Public, Module.TypeSystem.Object);
        foreach (Type one in interfaces)
        {
            type.Interfaces.Add(new InterfaceImplementation(Module.ImportReference(one)));
        }

        Module.Types.Add(type);
        return type;
    }

    /// <summary>A public static method of Sample.</summary>
    public MethodDefinition Method(string name, Type returns, Type[] parameters, Action<MethodDefinition, ILProcessor> emit) =>
        Method(Type, name, Mono.Cecil.MethodAttributes.Public | Mono.Cecil.MethodAttributes.Static, returns, parameters, emit);

    public MethodDefinition Method(
        TypeDefinition type,
        string name,
        Mono.Cecil.MethodAttributes attributes,
        Type returns,
        Type[] parameters,
        Action<MethodDefinition, ILProcessor> emit
    )
    {
        var method = new MethodDefinition(name, attributes, Module.ImportReference(returns));
        foreach (Type parameter in parameters)
        {
            method.Parameters.Add(new ParameterDefinition(Module.ImportReference(parameter)));
        }

        type.Methods.Add(method);
        emit(method, method.Body.GetILProcessor());
        return method;
    }

    public VariableDefinition Local(MethodDefinition method, Type type)
    {
        var local = new VariableDefinition(Module.ImportReference(type));
        method.Body.Variables.Add(local);
        method.Body.InitLocals = true;
        return local;
    }

    public MethodReference Import(Type type, string name, params Type[] parameters) =>
        name == ".ctor"
            ? Module.ImportReference(type.GetConstructor(parameters))
            : Module.ImportReference(type.GetMethod(name, parameters));

    /// <summary>Runs a method and says what was counted; an exception that comes out of it is given too.</summary>
    public (Counts Counts, object? Result, Exception? Thrown) Run(string name, params object?[] arguments)
    {
        MethodInfo method = Loaded().GetType("Sample")!.GetMethod(name)!;
        Probe.Back();
        Counts before = Counts.Now();
        object? result = null;
        Exception? thrown = null;
        try
        {
            result = method.Invoke(null, arguments);
        }
        catch (TargetInvocationException failure)
        {
            thrown = failure.InnerException;
        }
        return (Counts.Now().Since(before), result, thrown);
    }

    public object Make(string type) => Activator.CreateInstance(Loaded().GetType(type)!)!;

    Assembly Loaded()
    {
        if (loaded != null)
        {
            return loaded;
        }

        using var file = new MemoryStream();
        assembly.Write(file);
        byte[] rewritten = AssemblyRewriter.Rewrite(file.ToArray(), new HashSet<string> { Name }, AppContext.BaseDirectory);
        return loaded = Assembly.Load(rewritten);
    }
}
