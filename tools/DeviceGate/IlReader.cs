// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lapel.DeviceGate.Rules;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lapel.DeviceGate;

/// <summary>Shows every definition and every use in one compiled assembly to every rule.</summary>
public sealed class IlReader
{
    readonly string root;
    readonly IReadOnlyList<IlRule> rules;
    readonly IReadOnlyDictionary<string, string> floatingPoint;
    readonly HashSet<Violation> found = [];
    readonly List<Violation> inOrder = [];
    string assembly = "";
    string member = "";
    string where = "";
    bool floatsAllowed;

    /// <param name="root">Repository root: source paths are reported relative to it.</param>
    /// <param name="floatingPoint">Types that may use floating point, with their reasons.</param>
    public IlReader(string root, IReadOnlyDictionary<string, string> floatingPoint)
    {
        this.root = root;
        this.floatingPoint = floatingPoint;
        rules =
        [
            new GenericRule(),
            new RectangularArrayRule(),
            new InterfaceBodyRule(),
            new PointerRule(),
            new VolatileRule(),
            new FloatingPointRule(),
            new LocalCountRule(),
            new SpanFieldRule(),
        ];
    }

    /// <summary>Names on the allow list that some assembly did have.</summary>
    public HashSet<string> AllowancesUsed { get; } = [];

    public IReadOnlyList<Violation> Read(ModuleDefinition module)
    {
        found.Clear();
        inOrder.Clear();
        assembly = Path.GetFileName(module.FileName);
        foreach (TypeDefinition type in module.GetTypes())
        {
            Read(type);
        }

        return inOrder.ToArray();
    }

    void Read(TypeDefinition type)
    {
        TypeDefinition outer = type;
        while (outer.DeclaringType != null)
        {
            outer = outer.DeclaringType;
        }

        floatsAllowed = floatingPoint.ContainsKey(outer.FullName);
        if (floatsAllowed)
        {
            AllowancesUsed.Add(outer.FullName);
        }

        At(type.FullName, assembly);
        foreach (IlRule rule in rules)
        {
            Report(rule, rule.OfDefinition(type));
        }

        Use(type.BaseType);
        foreach (InterfaceImplementation one in type.Interfaces)
        {
            Use(one.InterfaceType);
        }

        foreach (FieldDefinition field in type.Fields)
        {
            At($"{type.FullName}.{field.Name}", assembly);
            foreach (IlRule rule in rules)
            {
                Report(rule, rule.OfDefinition(field));
            }

            Use(field.FieldType);
        }
        foreach (MethodDefinition method in type.Methods)
        {
            Read(method);
        }
    }

    void Read(MethodDefinition method)
    {
        var points = method.DebugInformation.HasSequencePoints
            ? method.DebugInformation.SequencePoints.Where(point => !point.IsHidden).ToArray()
            : [];
        At($"{method.DeclaringType.FullName}.{method.Name}", points.Length > 0 ? Place(points[0]) : assembly);
        foreach (IlRule rule in rules)
        {
            Report(rule, rule.OfDefinition(method));
        }

        Use(method.ReturnType);
        foreach (ParameterDefinition parameter in method.Parameters)
        {
            Use(parameter.ParameterType);
        }

        if (!method.HasBody)
        {
            return;
        }

        foreach (VariableDefinition variable in method.Body.Variables)
        {
            Use(variable.VariableType);
        }

        foreach (ExceptionHandler handler in method.Body.ExceptionHandlers)
        {
            Use(handler.CatchType);
        }

        int next = 0;
        foreach (Instruction instruction in method.Body.Instructions)
        {
            while (next < points.Length && points[next].Offset <= instruction.Offset)
            {
                where = Place(points[next++]);
            }

            foreach (IlRule rule in rules)
            {
                Report(rule, rule.OfInstruction(instruction));
            }

            switch (instruction.Operand)
            {
                case TypeReference type:
                    Use(type);
                    break;
                case FieldReference field:
                    Use(field.DeclaringType);
                    Use(field.FieldType);
                    break;
                case MethodReference called:
                    UseCall(called);
                    break;
                case CallSite site:
                    Use(site.ReturnType);
                    foreach (var parameter in site.Parameters)
                    {
                        Use(parameter.ParameterType);
                    }
                    break;
            }
        }
    }

    void UseCall(MethodReference method)
    {
        foreach (IlRule rule in rules)
        {
            Report(rule, rule.OfCall(method));
        }

        Use(method.DeclaringType);
        Use(method.ReturnType);
        foreach (ParameterDefinition parameter in method.Parameters)
        {
            Use(parameter.ParameterType);
        }

        if (method is GenericInstanceMethod generic)
        {
            foreach (TypeReference argument in generic.GenericArguments)
            {
                Use(argument);
            }
        }
    }

    void Use(TypeReference? type)
    {
        for (; type != null; type = (type as TypeSpecification)?.ElementType)
        {
            foreach (IlRule rule in rules)
            {
                Report(rule, rule.OfType(type));
            }

            if (type is GenericInstanceType generic)
            {
                foreach (TypeReference argument in generic.GenericArguments)
                {
                    Use(argument);
                }
            }
            // A function pointer has no element type.
            if (type is FunctionPointerType)
            {
                return;
            }
        }
    }

    void At(string name, string place)
    {
        member = name;
        where = place;
    }

    string Place(SequencePoint point) => $"{Path.GetRelativePath(root, point.Document.Url)}({point.StartLine})";

    void Report(IlRule rule, string? what)
    {
        if (what == null || (floatsAllowed && rule is FloatingPointRule))
        {
            return;
        }

        var violation = new Violation(where, member, what);
        // Once per member: the first place of the same complaint is enough.
        if (found.Add(violation with { Where = "" }))
        {
            inOrder.Add(violation);
        }
    }
}
