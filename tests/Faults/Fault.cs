// SPDX-License-Identifier: MIT

using System;
using System.Globalization;

namespace Lapel.Faults
{
    /// <summary>
    /// One failing call, with the id that makes it again: `story.call.kind`, with `.ever` when it fails from then on. `story.number.new` is
    /// an allocation of the device code.
    /// </summary>
    internal sealed record Fault(IStory Story, int Call, FaultKind Kind, bool IsForEver, bool IsAllocation = false)
    {
        private const string Allocation = "new";

        public string Id =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Story.Name}.{Call}.{(IsAllocation ? Allocation : Kind.ToString())}{(IsForEver ? ".ever" : "")}"
            );

        /// <summary>No memory for one allocation.</summary>
        public static Fault OfMemory(IStory story, int number) => new(story, number, FaultKind.OutOfMemory, false, true);

        public static Fault Parse(string id)
        {
            string[] parts = id.Split('.');
            bool isAllocation = parts[2] == Allocation;
            return new Fault(
                Stories.Find(parts[0]),
                int.Parse(parts[1], CultureInfo.InvariantCulture),
                isAllocation ? FaultKind.OutOfMemory : Enum.Parse<FaultKind>(parts[2]),
                parts.Length > 3,
                isAllocation
            );
        }
    }
}
