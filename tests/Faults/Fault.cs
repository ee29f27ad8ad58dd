// SPDX-License-Identifier: MIT

using System;
using System.Globalization;

namespace Lapel.Faults
{
    /// <summary>One failing call, with the id that makes it again: `story.call.kind`, with `.ever` when it fails from then on.</summary>
    internal sealed record Fault(IStory Story, int Call, FaultKind Kind, bool IsForEver)
    {
        public string Id => string.Create(CultureInfo.InvariantCulture, $"{Story.Name}.{Call}.{Kind}{(IsForEver ? ".ever" : "")}");

        public static Fault Parse(string id)
        {
            string[] parts = id.Split('.');
            return new Fault(
                Stories.Find(parts[0]),
                int.Parse(parts[1], CultureInfo.InvariantCulture),
                Enum.Parse<FaultKind>(parts[2]),
                parts.Length > 3
            );
        }
    }
}
