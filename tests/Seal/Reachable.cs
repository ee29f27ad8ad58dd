// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Reflection;

namespace Lapel.Seal.Tests;

/// <summary>Every byte array that can be reached from an object, through any field.</summary>
public static class Reachable
{
    public static IEnumerable<byte[]> Bytes(object root)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance) { root };
        var waiting = new Stack<object>([root]);
        while (waiting.TryPop(out object? at))
        {
            if (at is byte[] bytes)
            {
                yield return bytes;
                continue;
            }
            foreach (object? next in at is Array array ? Elements(array) : Fields(at))
            {
                if (next != null && !next.GetType().IsPrimitive && next is not (string or Type or Pointer) && seen.Add(next))
                {
                    waiting.Push(next);
                }
            }
        }
    }

    static IEnumerable<object?> Elements(Array array)
    {
        if (array.GetType().GetElementType()!.IsPrimitive)
        {
            yield break;
        }

        foreach (object? one in array)
        {
            yield return one;
        }
    }

    static IEnumerable<object?> Fields(object at)
    {
        for (Type? type = at.GetType(); type != null; type = type.BaseType)
        {
            foreach (
                FieldInfo field in type.GetFields(
                    BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly
                )
            )
            {
                if (!field.IsLiteral && Ours(type) && !field.FieldType.IsPointer && !field.FieldType.IsByRefLike)
                {
                    yield return field.GetValue(at);
                }
            }
        }
    }

    // What .NET keeps in its own types is no part of the firmware; its collections are arrays inside.
    static bool Ours(Type type) =>
        type.Namespace is string name && (name.StartsWith("Lapel", StringComparison.Ordinal) || name == "System.Collections.Generic");
}
