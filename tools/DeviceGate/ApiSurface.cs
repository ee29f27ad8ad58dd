// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace Lapel.DeviceGate;

/// <summary>What an assembly offers to others, a line a type or member, so that two of one name can be compared.</summary>
public static class ApiSurface
{
    /// <summary>Differences between what a listing says of an assembly and what the assembly has, each naming the member.</summary>
    public static IEnumerable<Violation> Compare(string listing, string assembly)
    {
        SortedDictionary<string, string> listed = Read(listing);
        SortedDictionary<string, string> real = Read(assembly);
        string where = "API listing of " + CoreLibrary.Assembly;
        foreach (var (member, shape) in listed)
        {
            if (!real.TryGetValue(member, out string? other))
            {
                yield return new Violation(where, member, "listed, but the package's assembly does not have it");
            }
            else if (other != shape)
            {
                yield return new Violation(where, member, $"listed as \"{shape}\", but the package's assembly has \"{other}\"");
            }
        }

        foreach (string member in real.Keys.Except(listed.Keys))
        {
            yield return new Violation(where, member, "not listed, but the package's assembly has it");
        }
    }

    /// <summary>Name of each public or protected type and member, with what a caller's code depends on.</summary>
    public static SortedDictionary<string, string> Read(string assembly)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(assembly);
        var members = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (TypeDefinition type in module.GetTypes().Where(IsSeen))
        {
            members.Add("T:" + type.FullName, ShapeOf(type));
            foreach (MethodDefinition method in type.Methods.Where(method => method.IsPublic || IsForHeirs(method)))
            {
                members.Add("M:" + Signature(method), ShapeOf(method));
            }

            foreach (FieldDefinition field in type.Fields.Where(field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly))
            {
                members.Add("F:" + field.DeclaringType.FullName + "." + field.Name, ShapeOf(field));
            }
        }

        return members;
    }

    private static bool IsSeen(TypeDefinition type) =>
        type.IsNested
            ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamilyOrAssembly) && IsSeen(type.DeclaringType)
            : type.IsPublic;

    private static bool IsForHeirs(MethodDefinition method) => method.IsFamily || method.IsFamilyOrAssembly;

    private static string Signature(MethodDefinition method) =>
        $"{method.DeclaringType.FullName}.{method.Name}"
        + $"({string.Join(",", method.Parameters.Select(parameter => NameOf(parameter.ParameterType)))})";

    private static string ShapeOf(TypeDefinition type)
    {
        string kind =
            type.IsInterface ? "interface"
            : type.IsEnum ? "enum"
            : type.IsValueType ? "struct"
            : "class";
        string limits =
            type.IsAbstract && type.IsSealed ? " static"
            : type.IsAbstract ? " abstract"
            : type.IsSealed ? " sealed"
            : "";
        return kind + (kind == "class" ? limits : "") + (type.BaseType == null ? "" : " : " + type.BaseType.FullName);
    }

    private static string ShapeOf(MethodDefinition method) =>
        (method.IsStatic ? "static " : "")
        + (
            method.IsAbstract ? "abstract "
            : method.IsVirtual && !method.IsFinal ? "virtual "
            : ""
        )
        + NameOf(method.ReturnType);

    // What is made from a listing writes every char constant as a space: their values cannot be compared.
    private static string ShapeOf(FieldDefinition field) =>
        (field.IsStatic ? "static " : "")
        + NameOf(field.FieldType)
        + (field.HasConstant && field.Constant is not char ? $" = {field.Constant}" : "");

    // A type parameter by its place: its name means nothing to a caller.
    private static string NameOf(TypeReference type) => type is GenericParameter parameter ? "!" + parameter.Position : type.FullName;
}
