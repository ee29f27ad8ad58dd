// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>The lanes for machines: SMP in lines, and bulk frames that SMP asks for.</summary>
    public interface ISmpLane
    {
        /// <summary>Whether a request waits for its answer, or an answer or frames for the line.</summary>
        bool IsBusy { get; }

        /// <summary>A line that carries a mark.</summary>
        /// <param name="buffer">Holds it; only during the call.</param>
        /// <param name="offset">Where the mark stands.</param>
        /// <param name="count">Bytes from the mark on, without the line end.</param>
        /// <param name="nowMs">Monotonic milliseconds.</param>
        void Line(byte[] buffer, int offset, int count, long nowMs);

        /// <summary>A line of text came in: somebody is there who uses the console.</summary>
        /// <param name="nowUs">Monotonic microseconds.</param>
        void Heard(long nowUs);

        /// <summary>One step of whatever is under way.</summary>
        /// <param name="nowUs">Monotonic microseconds.</param>
        /// <returns>True when it worked.</returns>
        bool Step(long nowUs);
    }
}
