// SPDX-License-Identifier: MIT

using Lapel.Hal.Virtual;

namespace Lapel.Scenes
{
    /// <summary>A scene of pictures that were taken before: they come as they are, whatever size and quality are asked for.</summary>
    public interface IRecordedScene : IScene
    {
        /// <summary>Number of pictures, at least 1.</summary>
        int Count { get; }

        /// <summary>Samples a line of every picture.</summary>
        int Width { get; }

        /// <summary>Lines of every picture.</summary>
        int Height { get; }

        /// <summary>The picture of a number.</summary>
        /// <param name="index">0 to Count - 1.</param>
        byte[] Picture(int index);
    }
}
