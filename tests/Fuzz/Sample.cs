// SPDX-License-Identifier: MIT

using System.Linq;

namespace Lapel.Fuzz;

/// <summary>An input of a parser: one or more files of a card.</summary>
public sealed record Sample(params byte[][] Files)
{
    public Sample Copy() => new([.. Files.Select(file => (byte[])file.Clone())]);
}
