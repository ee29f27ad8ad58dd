// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Hal.Virtual
{
    /// <summary>
    /// Sees every change of a volume before it happens and may throw <see cref="PowerCutException"/>: what was done before stays, the rest
    /// never happens.
    /// </summary>
    public interface ISectorObserver
    {
        /// <summary>One sector is about to be written.</summary>
        /// <param name="path">File, '/'-separated.</param>
        /// <param name="sector">Its sector in the file: byte position / 512.</param>
        /// <param name="data512">The whole content it will have; shorter only at the end of a file that is no multiple of 512.</param>
        void BeforeWrite(string path, long sector, ReadOnlySpan<byte> data512);

        /// <summary>The directory or the allocation table is about to change.</summary>
        /// <param name="change">What.</param>
        /// <param name="path">File or folder, '/'-separated.</param>
        void BeforeChange(VolumeChange change, string path) { }
    }
}
