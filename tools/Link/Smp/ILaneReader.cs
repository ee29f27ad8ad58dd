// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Link
{
    /// <summary>Takes what <see cref="Lanes"/> tells apart.</summary>
    public interface ILaneReader
    {
        /// <summary>Console text, in pieces of any length; also what noise made of the other lanes.</summary>
        void Text(ReadOnlySpan<byte> text);

        /// <summary>A whole SMP message.</summary>
        void Message(SmpMessage message);

        /// <summary>A whole frame of the bulk lane.</summary>
        void Frame(in BulkFrame frame);

        /// <summary>A frame whose payload was damaged or cut short.</summary>
        void DamagedFrame();
    }
}
