// SPDX-License-Identifier: MIT

using System.Linq;
using Lapel.Hal;
using Lapel.Hal.Virtual;
using Lapel.Scenes;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>Recorded pictures, the next one at each capture: none is skipped or shown twice, whatever the rate.</summary>
    internal sealed class SequenceScene : IScene
    {
        private readonly byte[][] _pictures;
        private int _next;

        public SequenceScene(IRecordedScene recorded) => _pictures = Enumerable.Range(0, recorded.Count).Select(recorded.Picture).ToArray();

        public int Count => _pictures.Length;

        public byte[] this[int index] => _pictures[index % Count];

        public byte[] Take(long timeUs, FrameSize size, FrameQuality quality) => this[_next++];
    }
}
