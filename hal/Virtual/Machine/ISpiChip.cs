// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Hal.Virtual
{
    /// <summary>A chip on an SPI bus, seen from its pins.</summary>
    public interface ISpiChip
    {
        /// <summary>It was attached to a machine.</summary>
        void Attach(VirtualMachine machine);

        /// <summary>Its chip select went low.</summary>
        void Select();

        /// <summary>Its chip select went high.</summary>
        void Deselect();

        /// <summary>Clocks bytes while selected; both spans have the same length.</summary>
        /// <param name="mosi">What the controller sends.</param>
        /// <param name="miso">What the chip answers.</param>
        /// <param name="clockHz">The bus clock.</param>
        void Transfer(ReadOnlySpan<byte> mosi, Span<byte> miso, int clockHz);
    }
}
