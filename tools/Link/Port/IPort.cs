// SPDX-License-Identifier: MIT

namespace Lapel.Link
{
    /// <summary>A place where a line can be opened, and opened again after the cable was out.</summary>
    public interface IPort
    {
        /// <summary>Its name for people: /dev/ttyACM0, COM3.</summary>
        string Name { get; }

        /// <summary>Opens a line. Throws <see cref="LinkException"/> with the reason: not there, in use, no rights.</summary>
        /// <param name="baud">Bits a second.</param>
        ILine Open(int baud);
    }
}
