// SPDX-License-Identifier: MIT

namespace Lapel.Hal
{
    /// <summary>
    /// The service port: one UART, 8 data bits, no parity, one stop bit. Two ways out: short writes that the transmitter's own memory takes
    /// at once, and long ones that are sent from where they are while the loop goes on.
    /// </summary>
    public interface ILink
    {
        /// <summary>Bytes received and not yet read.</summary>
        int Available { get; }

        /// <summary>Takes received bytes without waiting. Returns how many: at most count and at most <see cref="Available"/>.</summary>
        /// <param name="buffer">Destination.</param>
        /// <param name="offset">First byte written in it.</param>
        /// <param name="count">Most bytes taken.</param>
        int Read(byte[] buffer, int offset, int count);

        /// <summary>Bytes that <see cref="Write"/> takes now without waiting for the line; 0 while <see cref="IsSending"/>.</summary>
        int Room { get; }

        /// <summary>
        /// Sends bytes; they are copied. Within <see cref="Room"/> it returns at once; beyond it, when the driver has the last byte, which
        /// takes up to count x 10 / <see cref="Baud"/> seconds. Throws, once, when a <see cref="Send"/> before has failed: bytes are
        /// missing on the line.
        /// </summary>
        /// <param name="buffer">Source.</param>
        /// <param name="offset">First byte in it.</param>
        /// <param name="count">Bytes.</param>
        void Write(byte[] buffer, int offset, int count);

        /// <summary>
        /// Begins to send bytes from where they are and returns. Two sends may be under way: the second follows the first without a gap,
        /// however long the loop is busy then. A buffer must stay as it is until <see cref="IsSending"/> is false, or until
        /// <see cref="CanSend"/> is true after another was given behind it. Ignored while <see cref="CanSend"/> is false.
        /// </summary>
        /// <param name="buffer">Source.</param>
        /// <param name="offset">First byte in it.</param>
        /// <param name="count">Bytes, at most 65,535.</param>
        void Send(byte[] buffer, int offset, int count);

        /// <summary>Whether <see cref="Send"/> takes a buffer: at most one other is still being read.</summary>
        bool CanSend { get; }

        /// <summary>Whether a buffer given to <see cref="Send"/> is still being read.</summary>
        bool IsSending { get; }

        /// <summary>Bits a second in force.</summary>
        int Baud { get; }

        /// <summary>
        /// Changes the rate; what was written before is sent at the old one, and waited for: up to 20 ms, or as long as a send takes.
        /// False, and nothing changed, when the port cannot do it.
        /// </summary>
        bool SetBaud(int baud);
    }
}
