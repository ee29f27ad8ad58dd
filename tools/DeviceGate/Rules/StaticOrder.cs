// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lapel.DeviceGate;

/// <summary>
/// Static constructors that lean on each other. .NET runs one when its type is first used; v1 runs all of an assembly's before Main, in the
/// order in which its metadata processor happens to write the types (seen on a build of the runtime). A field of another type may then
/// still be null.
/// </summary>
public sealed class StaticOrder
{
    // The compiler's holder of lambdas that capture nothing: their code never looks at it, and v1 calls them through null.
    const string LambdaOwner = "<>9";

    readonly string root;
    readonly ModuleDefinition module;
    readonly HashSet<FieldDefinition> setByConstructors;

    /// <param name="root">Repository root: source paths are reported relative to it.</param>
    public StaticOrder(string root, ModuleDefinition module)
    {
        this.root = root;
        this.module = module;
        setByConstructors = [.. StaticConstructors().SelectMany(FieldsStored)];
    }

    public IEnumerable<Violation> Check()
    {
        foreach (MethodDefinition constructor in StaticConstructors())
        {
            foreach (var (field, place) in ReadsOfOthers(constructor).DistinctBy(read => read.Field))
            {
                yield return new Violation(
                    place,
                    constructor.DeclaringType.FullName,
                    $"static initialiser reads {field.DeclaringType.Name}.{field.Name}, which another static initialiser sets: on v1 it "
                        + $"may still be null"
                );
            }
        }
    }

    IEnumerable<MethodDefinition> StaticConstructors() =>
        module.GetTypes().SelectMany(type => type.Methods).Where(method => method.IsConstructor && method.IsStatic && method.HasBody);

    IEnumerable<FieldDefinition> FieldsStored(MethodDefinition method) =>
        method
            .Body.Instructions.Where(instruction => instruction.OpCode == OpCodes.Stsfld)
            .Select(instruction => instruction.Operand)
            .OfType<FieldDefinition>()
            .Where(field => field.Name != LambdaOwner);

    /// <summary>
    /// Reads in the constructor itself and in whatever of this assembly it calls; each with the place in the constructor.
    /// </summary>
    IEnumerable<(FieldDefinition Field, string Place)> ReadsOfOthers(MethodDefinition constructor)
    {
        foreach (Instruction instruction in constructor.Body.Instructions)
        {
            foreach (FieldDefinition field in Reads(instruction, []).Where(field => field.DeclaringType != constructor.DeclaringType))
            {
                yield return (field, Place(constructor, instruction));
            }
        }
    }

    IEnumerable<FieldDefinition> Reads(Instruction instruction, HashSet<MethodDefinition> seen)
    {
        if (instruction.Operand is FieldDefinition field && instruction.OpCode != OpCodes.Stsfld && setByConstructors.Contains(field))
        {
            return [field];
        }

        if (instruction.Operand is MethodDefinition { HasBody: true } called && called.Module == module && seen.Add(called))
        {
            return called.Body.Instructions.SelectMany(inner => Reads(inner, seen));
        }

        return [];
    }

    string Place(MethodDefinition method, Instruction instruction)
    {
        SequencePoint? point = method.DebugInformation.SequencePoints.LastOrDefault(one =>
            !one.IsHidden && one.Offset <= instruction.Offset
        );
        return point == null ? Path.GetFileName(module.FileName) : $"{Path.GetRelativePath(root, point.Document.Url)}({point.StartLine})";
    }
}
