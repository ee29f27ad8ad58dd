// SPDX-License-Identifier: MIT

namespace Lapel.DeviceGate;

/// <summary>Something the device would not take.</summary>
/// <param name="Where">Source file with its line, project file, or assembly file.</param>
/// <param name="Member">The type, member, item or diagnostic it is about.</param>
/// <param name="What">What is wrong, and why it matters.</param>
public sealed record Violation(string Where, string Member, string What)
{
    public override string ToString() => $"{Where}: {Member}: {What}";
}
