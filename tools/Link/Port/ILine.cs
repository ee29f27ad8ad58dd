// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Link
{
    /// <summary>
    /// A serial line as the host holds it: 8 data bits, no parity, one stop bit. One thread uses it. Every call throws
    /// <see cref="LinkException"/> with
    /// <see cref="LinkFailure.Unplugged"/> once the other end is gone for good.
    /// </summary>
    public interface ILine : IDisposable
    {
        /// <summary>Time of this line, from any beginning. It runs in tests at the speed of the test.</summary>
        TimeSpan Now { get; }

        /// <summary>Bits a second; setting it takes effect after what was written.</summary>
        int Baud { get; set; }

        /// <summary>Takes what was received; waits when there is nothing. Returns how many bytes, 0 when the time was up.</summary>
        /// <param name="into">Destination.</param>
        /// <param name="wait">Longest wait for the first byte.</param>
        int Read(Span<byte> into, TimeSpan wait);

        /// <summary>Sends bytes.</summary>
        void Write(ReadOnlySpan<byte> bytes);
    }
}
