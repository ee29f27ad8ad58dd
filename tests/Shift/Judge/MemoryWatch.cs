// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Reflection;
using Lapel.VirtualCamera;

namespace Lapel.Shift.Tests
{
    /// <summary>
    /// Looks every half hour how much the firmware holds: every object that can be reached from it but for the virtual board. In one boot
    /// it must not grow.
    /// </summary>
    internal sealed class MemoryWatch(Day day)
    {
        private const long EveryUs = 1_800_000_000,
            SettledUs = 60_000_000;

        private readonly Dictionary<Type, FieldInfo[]> _fields = [];
        private long _dueUs;

        /// <summary>What was found: boot, monotonic time, bytes of arrays and objects.</summary>
        public List<(TrueBoot Boot, long AtMs, long Bytes)> Looks { get; } = [];

        public void Turn()
        {
            if (day.NowUs < _dueUs || day.State != OperatingState.Buffering || day.NowUs - day.Boot.FromUs < SettledUs)
            {
                return;
            }

            _dueUs = day.NowUs + EveryUs;
            Looks.Add((day.Boot, day.NowMs, Bytes(day.Camera.Firmware)));
        }

        private long Bytes(object root)
        {
            var seen = new HashSet<object>(ReferenceEqualityComparer.Instance) { root };
            var waiting = new Stack<object>([root]);
            long bytes = 0;
            while (waiting.TryPop(out object? at))
            {
                bytes += 16;
                if (at is string text)
                {
                    bytes += text.Length;
                }
                else if (at is Array array)
                {
                    Type element = array.GetType().GetElementType()!;
                    bytes += (long)array.Length * (element.IsPrimitive ? Buffer.ByteLength(array) / Math.Max(1, array.Length) : 4);
                    if (!element.IsPrimitive && !element.IsEnum)
                    {
                        foreach (object? one in array)
                        {
                            Push(one);
                        }
                    }
                }
                else
                {
                    foreach (FieldInfo field in Fields(at.GetType()))
                    {
                        bytes += 4;
                        if (!field.FieldType.IsValueType)
                        {
                            Push(field.GetValue(at));
                        }
                    }
                }
            }

            return bytes;

            void Push(object? next)
            {
                if (
                    next is not (null or Delegate or Type or Pointer)
                    && (next is string or Array || IsFirmware(next.GetType()))
                    && seen.Add(next)
                )
                {
                    waiting.Push(next);
                }
            }
        }

        private FieldInfo[] Fields(Type type)
        {
            if (_fields.TryGetValue(type, out FieldInfo[]? known))
            {
                return known;
            }

            var fields = new List<FieldInfo>();
            for (Type? at = type; at != null && IsFirmware(at); at = at.BaseType)
            {
                fields.AddRange(
                    at.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                );
            }

            return _fields[type] = [.. fields];
        }

        private static bool IsFirmware(Type type) =>
            type.Assembly.GetName().Name
                is "Lapel.App"
                    or "Lapel.Recorder"
                    or "Lapel.Evidence"
                    or "Lapel.Custody"
                    or "Lapel.Service"
                    or "Lapel.Crypto";
    }
}
