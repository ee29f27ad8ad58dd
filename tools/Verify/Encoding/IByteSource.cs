// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Verify
{
    /// <summary>The bytes of one slot file. Reading may throw <see cref="System.IO.IOException"/>.</summary>
    public interface IByteSource : IDisposable
    {
        /// <summary>Length in bytes.</summary>
        long Length { get; }

        /// <summary>Fills <paramref name="into"/> from <paramref name="offset"/>; fewer bytes only where the file ends.</summary>
        int Read(long offset, Span<byte> into);
    }
}
