// SPDX-License-Identifier: MIT

using System.Text;

namespace Lapel.Service
{
    /// <summary>A bounded text in memory.</summary>
    public sealed class TextBuffer : TextOutput
    {
        private readonly byte[] _bytes;

        /// <summary>An empty text.</summary>
        /// <param name="capacity">Most bytes it takes.</param>
        public TextBuffer(int capacity)
        {
            _bytes = new byte[capacity];
        }

        /// <summary>Its bytes; the first <see cref="Count"/> are in use.</summary>
        public byte[] Bytes
        {
            get { return _bytes; }
        }

        /// <summary>Bytes in use.</summary>
        public int Count { get; private set; }

        /// <summary>Whether something did not fit.</summary>
        public bool IsCut { get; private set; }

        /// <inheritdoc/>
        public override int Room
        {
            get { return _bytes.Length - Count; }
        }

        /// <summary>Forgets the text.</summary>
        public void Clear()
        {
            Count = 0;
            IsCut = false;
        }

        /// <inheritdoc/>
        public override void Text(string text)
        {
            if (text.Length > Room)
            {
                IsCut = true;
            }
            else if (!IsCut)
            {
                // After the first text that did not fit nothing more is taken: a gap in the middle would read as if nothing were missing.
                Count += Encoding.UTF8.GetBytes(text, 0, text.Length, _bytes, Count);
            }
        }
    }
}
