// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using Lapel.Hal.Virtual;

namespace Lapel.Hal.Host.Tests
{
    /// <summary>A stored Motion-JPEG stream, one picture a capture.</summary>
    internal sealed class FootageScene : IScene
    {
        private readonly List<byte[]> _pictures = new();
        private int _next;

        public FootageScene(byte[] stream)
        {
            int start = 0;
            for (int n = 1; n < stream.Length; n++)
            {
                // In a baseline stream FF D9 occurs at the end of a picture only: entropy-coded FF is always followed by 00.
                if (stream[n - 1] != 0xFF || stream[n] != 0xD9)
                {
                    continue;
                }

                _pictures.Add(stream[start..(n + 1)]);
                start = n + 1;
            }
        }

        public IReadOnlyList<byte[]> Pictures => _pictures;

        public byte[] Take(long timeUs, FrameSize size, FrameQuality quality) => _pictures[_next++ % _pictures.Count];

        /// <summary>The path of a shared file, or null where shared files are absent.</summary>
        public static string? FindShared(string name)
        {
            string? shared = Environment.GetEnvironmentVariable("LAPEL_SHARED");
            for (DirectoryInfo? folder = new(AppContext.BaseDirectory); shared == null && folder != null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "Lapel.slnx")))
                {
                    shared = Path.Combine(folder.FullName, "..", "shared");
                }
            }

            string? path = shared == null ? null : Path.Combine(shared, name);
            return path != null && File.Exists(path) ? path : null;
        }
    }
}
