// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lapel.DeviceGate;

/// <summary>
/// Unsigned values that are read as signed. The compiler emits nothing for <c>(int)u</c>, and v1 keeps the unsigned type of a value through
/// casts, arguments and returns until it is stored: with the top bit set, <c>&gt;&gt;</c>, <c>%</c>, a widening to 64 bits and a conversion
/// to floating point then give what no .NET gives (seen on a build of the runtime). Division, comparison and addition do not.
/// </summary>
public sealed class UnsignedFlow
{
    // What is known of a value on the evaluation stack. An index or mask that cannot be negative is told apart: what it bounds is harmless.
    enum Kind
    {
        Other,
        Positive,
        Unsigned,
        UnsignedLong,
        UnsignedLongs,
    }

    const string Why = "v1 keeps the unsigned type through a cast, an argument and a return, and takes the top bit for a value: ";

    readonly string root;
    readonly MethodDefinition[] methods;

    // By full name: a reference from another assembly is another object.
    readonly ILookup<string, MethodDefinition> bodies;
    readonly Dictionary<ParameterDefinition, Kind> parameters = [];
    readonly Dictionary<MethodDefinition, Kind> returns = [];
    readonly Dictionary<Instruction, string> found = [];

    /// <param name="root">Repository root: source paths are reported relative to it.</param>
    /// <param name="modules">The assemblies that call each other.</param>
    public UnsignedFlow(string root, IEnumerable<ModuleDefinition> modules)
    {
        this.root = root;
        methods = modules
            .SelectMany(module => module.GetTypes())
            .SelectMany(type => type.Methods)
            .Where(method => method.HasBody)
            .ToArray();
        bodies = methods
            .SelectMany(method => NamesOf(method).Select(name => (Name: name, Method: method)))
            .ToLookup(pair => pair.Name, pair => pair.Method);
    }

    public IEnumerable<Violation> Check()
    {
        int known;
        do
        {
            known = parameters.Count + returns.Count;
            foreach (MethodDefinition method in methods)
            {
                Follow(method);
            }
        } while (parameters.Count + returns.Count > known);

        foreach (MethodDefinition method in methods)
        {
            foreach (string what in method.Body.Instructions.Where(found.ContainsKey).Select(one => found[one]).Distinct())
            {
                Instruction first = method.Body.Instructions.First(one => found.TryGetValue(one, out string? here) && here == what);
                yield return new Violation(
                    Place(method, first),
                    $"{method.DeclaringType.FullName}.{method.Name}",
                    $"{what} of an unsigned value as a signed one: {Why}do it unsigned, or store the value in a field"
                );
            }
        }
    }

    // What a call may name: the method itself, and the members of interfaces and base types whose place it takes.
    static IEnumerable<string> NamesOf(MethodDefinition method)
    {
        yield return method.FullName;
        if (!method.IsVirtual)
        {
            yield break;
        }

        IEnumerable<TypeReference> above = method.DeclaringType.Interfaces.Select(one => one.InterfaceType);
        if (method.DeclaringType.BaseType != null)
        {
            above = above.Append(method.DeclaringType.BaseType);
        }

        foreach (TypeReference type in above)
        {
            yield return method.FullName.Replace(method.DeclaringType.FullName + "::", type.FullName + "::");
        }
    }

    void Follow(MethodDefinition method)
    {
        var states = new Dictionary<Instruction, Kind[]>();
        var waiting = new Queue<Instruction>();
        Reach(method.Body.Instructions[0], []);
        foreach (ExceptionHandler handler in method.Body.ExceptionHandlers)
        {
            Kind[] caught = handler.HandlerType is ExceptionHandlerType.Finally or ExceptionHandlerType.Fault ? [] : [Kind.Other];
            Reach(handler.HandlerStart, caught);
            if (handler.FilterStart != null)
            {
                Reach(handler.FilterStart, [Kind.Other]);
            }
        }

        while (waiting.TryDequeue(out Instruction? instruction))
        {
            var stack = new Stack<Kind>(states[instruction]);
            Step(method, instruction, stack);
            Kind[] left = stack.Reverse().ToArray();
            if (instruction.OpCode.Code is Code.Leave or Code.Leave_S)
            {
                left = [];
            }

            foreach (Instruction next in Next(instruction))
            {
                Reach(next, left);
            }
        }

        void Reach(Instruction target, Kind[] stack)
        {
            if (!states.TryGetValue(target, out Kind[]? before))
            {
                states[target] = stack;
                waiting.Enqueue(target);
                return;
            }

            // Either way may bring it here: what is unsigned on one of them counts.
            Kind[] both = before.Zip(stack, Join).ToArray();
            if (!both.SequenceEqual(before))
            {
                states[target] = both;
                waiting.Enqueue(target);
            }
        }
    }

    static Kind Join(Kind a, Kind b) => a == b ? a : IsUnsigned(a) ? a : IsUnsigned(b) ? b : Kind.Other;

    static bool IsUnsigned(Kind kind) => kind is Kind.Unsigned or Kind.UnsignedLong;

    static IEnumerable<Instruction> Next(Instruction instruction)
    {
        if (instruction.Operand is Instruction target)
        {
            yield return target;
        }
        else if (instruction.Operand is Instruction[] targets)
        {
            foreach (Instruction one in targets)
            {
                yield return one;
            }
        }

        bool ends = instruction.OpCode.FlowControl is FlowControl.Branch or FlowControl.Return or FlowControl.Throw;
        if (instruction.Next != null && !ends)
        {
            yield return instruction.Next;
        }
    }

    void Step(MethodDefinition method, Instruction instruction, Stack<Kind> stack)
    {
        Code code = instruction.OpCode.Code;
        switch (code)
        {
            case Code.Dup:
                stack.Push(stack.Peek());
                return;
            case Code.Ret:
                if (stack.Count > 0 && IsUnsigned(stack.Peek()) && IsSigned(method.ReturnType))
                {
                    returns[method] = stack.Peek();
                }

                return;
            case Code.Call:
            case Code.Callvirt:
            case Code.Newobj:
                Call((MethodReference)instruction.Operand, code == Code.Newobj, stack);
                return;
        }

        Kind[] popped = Pop(instruction.OpCode.StackBehaviourPop, stack);
        Kind result = Result(method, instruction, popped);
        string? wrong = Wrong(code, popped);
        if (wrong != null)
        {
            found[instruction] = wrong;
        }

        for (int n = Pushed(instruction.OpCode.StackBehaviourPush); n > 0; n--)
        {
            stack.Push(result);
        }
    }

    static string? Wrong(Code code, Kind[] popped) =>
        popped.Length == 0 || !IsUnsigned(popped[0]) ? null
        : code == Code.Shr ? ">>"
        : code == Code.Rem ? "%"
        : code is Code.Conv_R4 or Code.Conv_R8 ? "conversion to floating point"
        : code == Code.Conv_I8 && popped[0] == Kind.Unsigned ? "widening to 64 bits"
        : null;

    Kind Result(MethodDefinition method, Instruction instruction, Kind[] popped)
    {
        switch (instruction.OpCode.Code)
        {
            case Code.Ldarg_0 or Code.Ldarg_1 or Code.Ldarg_2 or Code.Ldarg_3 or Code.Ldarg_S or Code.Ldarg:
                return OfArgument(method, instruction);
            case Code.Ldloc_0 or Code.Ldloc_1 or Code.Ldloc_2 or Code.Ldloc_3:
                return Of(method.Body.Variables[instruction.OpCode.Code - Code.Ldloc_0].VariableType);
            case Code.Ldloc_S or Code.Ldloc:
                return Of(((VariableDefinition)instruction.Operand).VariableType);
            case Code.Ldfld or Code.Ldsfld:
                return Of(((FieldReference)instruction.Operand).FieldType);
            case Code.Ldelem_U4 or Code.Ldind_U4 or Code.Conv_U4:
                return Kind.Unsigned;
            case Code.Ldelem_I8:
                return popped[0] == Kind.UnsignedLongs ? Kind.UnsignedLong : Kind.Other;
            case >= Code.Ldc_I4_0 and <= Code.Ldc_I4_8:
                return Kind.Positive;
            case Code.Ldc_I4_S:
                return (sbyte)instruction.Operand >= 0 ? Kind.Positive : Kind.Other;
            case Code.Ldc_I4:
                return (int)instruction.Operand >= 0 ? Kind.Positive : Kind.Other;
            case Code.Ldc_I8:
                return (long)instruction.Operand >= 0 ? Kind.Positive : Kind.Other;
            case Code.And:
                // Masked with something that is not negative, the top bit is gone.
                return popped.Contains(Kind.Positive) ? Kind.Other : popped[0];
            case Code.Shr_Un or Code.Div_Un or Code.Rem_Un:
                return popped[1] == Kind.Positive ? Kind.Other : popped[0];
            case Code.Add or Code.Sub or Code.Mul or Code.Or or Code.Xor or Code.Shl or Code.Not:
                return popped[0] == Kind.Positive ? Kind.Other : popped[0];
            default:
                return Kind.Other;
        }
    }

    Kind OfArgument(MethodDefinition method, Instruction instruction)
    {
        int at = instruction.Operand is ParameterDefinition named
            ? named.Index
            : instruction.OpCode.Code - Code.Ldarg_0 - (method.HasThis ? 1 : 0);
        if (at < 0)
        {
            return Kind.Other;
        }

        ParameterDefinition parameter = method.Parameters[at];
        return parameters.TryGetValue(parameter, out Kind kind) ? kind : Of(parameter.ParameterType);
    }

    void Call(MethodReference called, bool isNew, Stack<Kind> stack)
    {
        MethodDefinition[] targets = bodies[called.FullName].ToArray();
        for (int n = called.Parameters.Count - 1; n >= 0; n--)
        {
            Kind given = stack.Pop();
            if (IsUnsigned(given) && IsSigned(called.Parameters[n].ParameterType))
            {
                foreach (MethodDefinition target in targets)
                {
                    parameters[target.Parameters[n]] = given;
                }
            }
        }

        if (called.HasThis && !isNew)
        {
            stack.Pop();
        }

        if (isNew)
        {
            stack.Push(Kind.Other);
        }
        else if (called.ReturnType.MetadataType != MetadataType.Void)
        {
            stack.Push(targets.Select(target => returns.GetValueOrDefault(target)).FirstOrDefault(IsUnsigned, Of(called.ReturnType)));
        }
    }

    static bool IsSigned(TypeReference type) => type.MetadataType is MetadataType.Int32 or MetadataType.Int64;

    static Kind Of(TypeReference type) =>
        type.MetadataType == MetadataType.UInt32 ? Kind.Unsigned
        : type.MetadataType == MetadataType.UInt64 ? Kind.UnsignedLong
        : type is ArrayType { ElementType.MetadataType: MetadataType.UInt64 } ? Kind.UnsignedLongs
        : Kind.Other;

    // In the order in which they were pushed.
    static Kind[] Pop(StackBehaviour behaviour, Stack<Kind> stack)
    {
        int count = behaviour switch
        {
            StackBehaviour.Pop0 => 0,
            StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
            StackBehaviour.Pop1_pop1
            or StackBehaviour.Popi_pop1
            or StackBehaviour.Popi_popi
            or StackBehaviour.Popi_popi8
            or StackBehaviour.Popi_popr4
            or StackBehaviour.Popi_popr8
            or StackBehaviour.Popref_pop1
            or StackBehaviour.Popref_popi => 2,
            StackBehaviour.PopAll => stack.Count,
            _ => 3,
        };
        var popped = new Kind[count];
        for (int n = count - 1; n >= 0; n--)
        {
            popped[n] = stack.Pop();
        }

        return popped;
    }

    static int Pushed(StackBehaviour behaviour) => behaviour == StackBehaviour.Push0 ? 0 : 1;

    string Place(MethodDefinition method, Instruction instruction)
    {
        SequencePoint? point = method.DebugInformation.SequencePoints.LastOrDefault(point =>
            !point.IsHidden && point.Offset <= instruction.Offset
        );
        return point == null
            ? Path.GetFileName(method.Module.FileName)
            : $"{Path.GetRelativePath(root, point.Document.Url)}({point.StartLine})";
    }
}
