// SPDX-License-Identifier: MIT

namespace Lapel.Hal.Esp32
{
    /// <summary>Register and FIFO access to an ArduCAM Mega, whatever carries it.</summary>
    public interface IMegaBus
    {
        /// <summary>Writes a register. Nothing comes back: whether a module heard it is seen by reading.</summary>
        /// <param name="register">0 to 0x7F: bit 7 on the bus says that it is a write (vendor's SDK V3, ArducamCamera.c).</param>
        /// <param name="value">0 to 0xFF.</param>
        void Write(int register, int value);

        /// <summary>Reads a register: 0 to 0xFF, whatever the bus carries when no module is there.</summary>
        /// <param name="register">0 to 0x7F.</param>
        int Read(int register);

        /// <summary>Reads the next bytes of the picture straight into a page.</summary>
        /// <param name="first">The first burst after a capture: one dummy byte comes before the data.</param>
        /// <param name="page">Destination.</param>
        /// <param name="offset">First byte in it, at most 32,767 (int16 in native code).</param>
        /// <param name="count">Bytes, at most <see cref="BoardPins.CameraBurst"/>.</param>
        void Burst(bool first, byte[] page, int offset, int count);
    }
}
