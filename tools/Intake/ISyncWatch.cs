// SPDX-License-Identifier: MIT

using Lapel.Link;

namespace Lapel.Intake
{
    /// <summary>Is told how a sync gets on.</summary>
    public interface ISyncWatch
    {
        /// <summary>What will be brought.</summary>
        /// <param name="hello">The camera.</param>
        /// <param name="segments">Segments to bring.</param>
        /// <param name="bytes">Bytes that the line has to carry for them.</param>
        /// <param name="stored">Segments that are stored already.</param>
        void Begin(Hello hello, int segments, long bytes, int stored);

        /// <summary>Bytes of the plan that are there.</summary>
        void Bytes(long done, long total);

        /// <summary>A segment is stored.</summary>
        void Stored(SlotEntry entry, string path);

        /// <summary>A segment did not verify.</summary>
        void Refused(SlotEntry entry, string why, string path);

        /// <summary>A segment was released on the camera.</summary>
        void Released(SlotEntry entry);

        /// <summary>The sync waits: for a recording to end, for the cable.</summary>
        void Waits(string why);

        /// <summary>The camera's clock was set.</summary>
        void ClockSet(ClockSetting set) { }

        /// <summary>The camera's clock could not be set; the sync goes on.</summary>
        void ClockNotSet(string why) { }
    }
}
