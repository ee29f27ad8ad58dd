namespace Lapel.Hal
{
    /// <summary>
    /// The service port: one UART, 8 data bits, no parity, one stop bit. Nothing here waits for the other end; a write may take as long as its bytes take on the line.
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

        /// <summary>Sends bytes. Returns when the driver has them, which takes up to count x 10 / <see cref="Baud"/> seconds.</summary>
        /// <param name="buffer">Source.</param>
        /// <param name="offset">First byte in it.</param>
        /// <param name="count">Bytes.</param>
        void Write(byte[] buffer, int offset, int count);

        /// <summary>Bits a second in force.</summary>
        int Baud { get; }

        /// <summary>Changes the rate; what was written before is sent at the old one. False, and nothing changed, when the port cannot do it.</summary>
        bool SetBaud(int baud);
    }
}
