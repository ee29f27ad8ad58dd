// SPDX-License-Identifier: MIT

using Lapel.Hal.Virtual;
using Camera = Lapel.VirtualCamera.VirtualCamera;

namespace Lapel.Faults
{
    /// <summary>A part of a shift in which each call through hal/ is made to fail.</summary>
    internal interface IStory
    {
        /// <summary>One word; replay ids begin with it.</summary>
        string Name { get; }

        /// <summary>Card and internal storage before it; null for blank ones.</summary>
        MemorySnapshot? Card { get; }

        MemorySnapshot? Flash { get; }

        /// <summary>What is done to a camera that was just switched on, until it is over. The camera may restart meanwhile.</summary>
        void Play(Camera camera);
    }
}
