// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Verify
{
    /// <summary>The region of a segment that a finding speaks of; several when the bytes cannot tell which of them was changed.</summary>
    [Flags]
    public enum SegmentPart
    {
        None = 0,
        Init = 1,
        FragmentHeader = 2,
        Moof = 4,
        MediaHeader = 8,
        Text = 16,
        HeaderPadding = 32,
        Frame = 64,
        FramePadding = 128,
        Trailer = 256,
        SignedBlock = 512,
        Manifest = 1024,
        Signature = 2048,
        Free = 4096,
        Index = 8192,
        File = 16384,

        /// <summary>What a fragment's trailer states a chain value for.</summary>
        FragmentBody = FragmentHeader | Moof | MediaHeader | Text | HeaderPadding | Frame | FramePadding,
    }
}
