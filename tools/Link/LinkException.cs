// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Link
{
    /// <summary>A conversation with a camera that failed.</summary>
    public sealed class LinkException : Exception
    {
        /// <summary>Group of <see cref="Code"/> when the error is one of SMP itself.</summary>
        public const int SmpItself = -1;

        /// <param name="failure">Why.</param>
        /// <param name="message">What went wrong, one line without a full stop.</param>
        /// <param name="hint">What to do about it, or null.</param>
        /// <param name="inner">The cause, or null.</param>
        public LinkException(LinkFailure failure, string message, string? hint = null, Exception? inner = null)
            : base(message, inner)
        {
            Failure = failure;
            Hint = hint;
        }

        /// <summary>Why.</summary>
        public LinkFailure Failure { get; }

        /// <summary>What to do about it, or null.</summary>
        public string? Hint { get; }

        /// <summary>Something between eats or changes bytes.</summary>
        /// <param name="where">The port; null for that of the connection.</param>
        /// <param name="what">What it does.</param>
        internal static LinkException Mangling(string? where, string what) =>
            new(
                LinkFailure.Mangled,
                $"the link{(where == null ? "" : " at " + where)} changes what passes: {what}",
                "let bytes pass raw: no flow control, no translation of line ends, in whatever lies between (stty raw, socat rawer)"
            );

        /// <summary>When refused: the group whose error it is, or <see cref="SmpItself"/>.</summary>
        public int Group { get; init; } = SmpItself;

        /// <summary>When refused: the error's number in its group.</summary>
        public int Code { get; init; }

        /// <summary>Whether it is this error of this group.</summary>
        public bool Is(int group, int code) => Failure == LinkFailure.Refused && Group == group && Code == code;
    }
}
