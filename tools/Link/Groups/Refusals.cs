// SPDX-License-Identifier: MIT

namespace Lapel.Link
{
    /// <summary>The words for what a camera refuses.</summary>
    internal static class Refusals
    {
        public static LinkException Of(int group, int code, string detail)
        {
            (string what, string? hint) = group switch
            {
                EvidenceGroup.Id => Evidence(code),
                LinkException.SmpItself => Smp(code),
                _ => ($"the camera refuses it: error {code} of group {group}", null),
            };
            return new LinkException(LinkFailure.Refused, detail.Length > 0 ? $"{what}: {detail}" : what, hint)
            {
                Group = group,
                Code = code,
            };
        }

        private static (string What, string? Hint) Evidence(int code) =>
            (EvidenceError)code switch
            {
                EvidenceError.RoleNeeded => (
                    "the camera asks for a role that this connection has not",
                    "give the key of a station that its configuration names: --key station.key"
                ),
                EvidenceError.NoSuchItem => ("the camera has no such item", null),
                EvidenceError.OutOfRange => ("the item is shorter than what was asked for", null),
                EvidenceError.Card => (
                    "the camera cannot read its card",
                    "lapel diag says what is wrong with it; nothing on it was changed"
                ),
                EvidenceError.Busy => (
                    "the camera is busy: it records, or does something that must end first",
                    "wait for the recording to end, then try again"
                ),
                EvidenceError.Malformed => (
                    "the camera calls the request malformed",
                    "the camera's firmware and this program may be of different versions"
                ),
                EvidenceError.Locked => ("the camera is locked after failed log-ins", "wait; lapel status says how long"),
                EvidenceError.BaudNotSupported => ("the camera's port cannot go at that rate", null),
                _ => ($"the camera refuses it: error {code} of group {EvidenceGroup.Id}", null),
            };

        private static (string What, string? Hint) Smp(int code) =>
            code switch
            {
                2 => ("the camera has no memory for it", null),
                3 => ("the camera calls a value invalid", null),
                5 => ("the camera has no such thing", null),
                6 => ("the camera is not in the state for it", null),
                7 => ("the camera's answer would be too long", null),
                8 => ("the camera does not know this command", "its firmware may be older than this program"),
                10 => ("the camera is busy", "try again when it has ended what it does"),
                11 => (
                    "the camera asks for a role that this connection has not",
                    "give the key of a station that its configuration names: --key station.key"
                ),
                _ => ($"the camera refuses it: error {code}", null),
            };
    }
}
