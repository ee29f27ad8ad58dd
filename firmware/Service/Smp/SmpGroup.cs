// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>A group of SMP commands.</summary>
    public abstract class SmpGroup
    {
        /// <summary>Number of the group.</summary>
        public abstract int Number { get; }

        /// <summary>Its name, as the enumeration group shows it.</summary>
        public abstract string Name { get; }

        /// <summary>Number of its commands, as the enumeration group shows it.</summary>
        public abstract int Commands { get; }

        /// <summary>Handles a request. The request's bytes are gone when this returns.</summary>
        /// <param name="request">The request; its map is well-formed.</param>
        /// <param name="reply">The answer, begun.</param>
        /// <param name="nowUs">Monotonic microseconds.</param>
        public abstract SmpProgress Handle(SmpRequest request, SmpReply reply, long nowUs);

        /// <summary>Goes on with a request that takes several steps, at most one card operation each.</summary>
        /// <param name="reply">The answer, as it was left.</param>
        public virtual SmpProgress Continue(SmpReply reply)
        {
            return SmpProgress.Answered;
        }
    }
}
