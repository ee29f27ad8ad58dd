// SPDX-License-Identifier: MIT

using Lapel.Hal.Virtual;
using Lapel.Link;

namespace Lapel.PowerCut
{
    /// <summary>Something that is done to a camera through its port, and what must hold wherever the power goes while it is done.</summary>
    internal interface IAct
    {
        /// <summary>One word; ids begin with it.</summary>
        string Name { get; }

        /// <summary>Card and internal storage before it.</summary>
        MemorySnapshot Card { get; }

        MemorySnapshot Flash { get; }

        /// <summary>What comes before it and is not cut, a log-in for instance.</summary>
        void Prepare(CameraConnection connection);

        /// <summary>The act. The camera may lose its card meanwhile.</summary>
        void Do(CameraConnection connection);

        /// <summary>What is wrong with what a cut left, before any boot; null when nothing is.</summary>
        string? Left(MemoryMedium card, MemoryMedium flash, Cut cut);

        /// <summary>Boots, looks, boots again and does it again if it had not been done; what is wrong, or null.</summary>
        /// <param name="card">The card.</param>
        /// <param name="flash">Internal storage.</param>
        /// <param name="cut">The cut.</param>
        string? Follow(MemoryMedium card, MemoryMedium flash, Cut cut);
    }
}
