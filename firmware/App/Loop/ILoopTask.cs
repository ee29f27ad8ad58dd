// SPDX-License-Identifier: MIT

namespace Lapel.App
{
    /// <summary>One task of the loop: a row of the table in <see cref="Camera"/>.</summary>
    public interface ILoopTask
    {
        /// <summary>Its name, as the table and whatever reports on it say it.</summary>
        string Name { get; }

        /// <summary>Whether <see cref="Step"/> may have something to do now. Asked at every turn: cheap, and it changes nothing.</summary>
        /// <param name="nowUs">Monotonic microseconds.</param>
        bool IsDue(long nowUs);

        /// <summary>One step, within the cost that the table states.</summary>
        /// <param name="nowUs">Monotonic microseconds.</param>
        /// <returns>Whether anything was done but waiting.</returns>
        bool Step(long nowUs);
    }
}
