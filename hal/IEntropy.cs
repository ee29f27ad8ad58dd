// SPDX-License-Identifier: MIT

namespace Lapel.Hal
{
    /// <summary>
    /// Raw randomness of the board. On the ESP32-S3 it is true randomness only while a radio runs: callers that make keys pool it
    /// with other sources.
    /// </summary>
    public interface IEntropy
    {
        /// <summary>Fills the whole buffer, of any length; never fails and never waits.</summary>
        void Fill(byte[] buffer);
    }
}
