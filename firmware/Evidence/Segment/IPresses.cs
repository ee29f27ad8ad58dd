// SPDX-License-Identifier: MIT

using Lapel.Hal;

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

        /// <summary>Which button was pressed.</summary>
        Button ButtonAt(int index);

        /// <summary>When a press began, monotonic milliseconds.</summary>
        long DownMsAt(int index);

        /// <summary>How long it lasted, milliseconds; -1 while the button is down.</summary>
        int DurationMsAt(int index);

        /// <summary>What it was taken for.</summary>
        PressMeaning MeaningAt(int index);
    }
}
