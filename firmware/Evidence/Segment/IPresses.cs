// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>The raw presses of the buttons that manifests list, oldest first.</summary>
    public interface IPresses
    {
        /// <summary>Presses held.</summary>
        int Count { get; }

        /// <summary>Presses that were lost for want of room since <see cref="Restart"/>.</summary>
        int Lost { get; }

        /// <summary>Drops the presses that began before a time, monotonic milliseconds.</summary>
        void Restart(long fromMs);

        /// <summary>Button number of a press.</summary>
        int ButtonOf(int index);

        /// <summary>When a press began, monotonic milliseconds.</summary>
        long DownMsAt(int index);

        /// <summary>How long it lasted, milliseconds; -1 while the button is down.</summary>
        int DurationMsAt(int index);

        /// <summary>What it was taken for, as numbered in FORMAT.md key 18.</summary>
        int MeaningOf(int index);
    }
}
