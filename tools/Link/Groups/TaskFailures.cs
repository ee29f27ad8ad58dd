// SPDX-License-Identifier: MIT

namespace Lapel.Link
{
    /// <summary>The words for tasks that came to no good end.</summary>
    public static class TaskFailures
    {
        /// <summary>What is wrong, for people.</summary>
        public static string Text(TaskOutcome outcome)
        {
            string what = outcome.Result switch
            {
                TaskResult.Malformed => "malformed",
                TaskResult.WrongSignature => "its signature does not hold",
                TaskResult.UnknownKey => "the camera does not know that key",
                TaskResult.WrongDevice => "it is for another camera",
                TaskResult.Stale => "it is older than what the camera has",
                TaskResult.NoSuchSegment => "the camera has no such segment",
                TaskResult.Locked => "locked after failed log-ins",
                TaskResult.NotAllowed => "not allowed",
                TaskResult.StorageFailed => "the camera's storage failed",
                TaskResult.Busy => "the camera is busy with another task",
                TaskResult.Done => "done",
                _ => "no result",
            };
            return outcome.Text.Length > 0 ? $"{what} ({outcome.Text})" : what;
        }

        internal static LinkException Login(TaskOutcome outcome) =>
            new(
                LinkFailure.Refused,
                "log-in refused: " + Text(outcome),
                outcome.Result switch
                {
                    TaskResult.Locked => "wait until the lock ends: lapel status says how long",
                    TaskResult.UnknownKey or TaskResult.WrongSignature =>
                        "give with --key the secret key of a station that the camera's configuration names",
                    TaskResult.NotAllowed => "the configuration gives this station a lower role",
                    _ => null,
                }
            )
            {
                Group = EvidenceGroup.Id,
                Code = (int)EvidenceError.RoleNeeded,
            };
    }
}
