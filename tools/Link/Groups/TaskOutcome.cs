// SPDX-License-Identifier: MIT

namespace Lapel.Link
{
    /// <summary>How a custody task stands.</summary>
    /// <param name="Task">Its number.</param>
    /// <param name="Result">How it went.</param>
    /// <param name="Text">What exactly was wrong; may be empty.</param>
    /// <param name="Role">Role now in force.</param>
    public sealed record TaskOutcome(long Task, TaskResult Result, string Text, CameraRole Role);
}
