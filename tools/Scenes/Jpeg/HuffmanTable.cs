// SPDX-License-Identifier: MIT

namespace Lapel.Scenes
{
    /// <summary>A Huffman table as a DHT segment lists it, and the codes that follow from it (T.81, annex C).</summary>
    internal sealed class HuffmanTable
    {
        private const int CodeLengths = 16;

        /// <summary>Derives the codes.</summary>
        /// <param name="counts">How many codes there are of each length, 1 to 16 bits.</param>
        /// <param name="symbols">The symbols in the order of their codes.</param>
        public HuffmanTable(byte[] counts, byte[] symbols)
        {
            Counts = counts;
            Symbols = symbols;
            int code = 0,
                next = 0;
            for (int length = 1; length <= CodeLengths; length++)
            {
                for (int i = 0; i < counts[length - 1]; i++)
                {
                    Code[symbols[next]] = (ushort)code++;
                    Size[symbols[next++]] = (byte)length;
                }
                code <<= 1;
            }
        }

        /// <summary>How many codes there are of each length, 1 to 16 bits.</summary>
        public byte[] Counts { get; }

        /// <summary>The symbols in the order of their codes.</summary>
        public byte[] Symbols { get; }

        /// <summary>Code of each symbol.</summary>
        public ushort[] Code { get; } = new ushort[256];

        /// <summary>Bits of each symbol's code; 0 for a symbol that has none.</summary>
        public byte[] Size { get; } = new byte[256];
    }
}
