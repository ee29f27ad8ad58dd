// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>
    /// Where commands write their text: the port, or the answer to a shell command of SMP. Text is printable ASCII; nothing else is ever
    /// written here.
    /// </summary>
    public abstract class TextOutput
    {
        /// <summary>Bytes that can be written now.</summary>
        public abstract int Room { get; }

        /// <summary>Writes text that fits into <see cref="Room"/>; text that does not fit is left away whole and counted as lost.</summary>
        public abstract void Text(string text);

        /// <summary>Writes text and ends the line.</summary>
        public void Line(string text)
        {
            Text(text);
            Text("\r\n");
        }
    }
}
