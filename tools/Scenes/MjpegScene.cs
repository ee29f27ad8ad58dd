// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using Lapel.Hal;
using Microsoft.Win32.SafeHandles;

namespace Lapel.Scenes
{
    /// <summary>
    /// A file of JPEG pictures one after another, 10 a second, in a loop. A single .jpg file is such a file of one picture.
    /// </summary>
    public sealed class MjpegScene : IRecordedScene, IDisposable
    {
        private readonly SafeFileHandle _file;
        private readonly string _path;
        private readonly List<(long Start, int Length)> _pictures = new();

        /// <summary>Opens a file and finds its pictures.</summary>
        /// <exception cref="SceneException">The file cannot be read, holds no picture, or one that is damaged, unlike the sensor's, or of
        /// another size than the first.</exception>
        public MjpegScene(string path)
        {
            _path = path;
            _file = SceneFile.Reading(path, () => File.OpenHandle(path));
            try
            {
                (Width, Height) = SceneFile.Reading(path, () => Index(path));
            }
            catch
            {
                _file.Dispose();
                throw;
            }
        }

        /// <inheritdoc/>
        public int Count => _pictures.Count;

        /// <inheritdoc/>
        public int Width { get; }

        /// <inheritdoc/>
        public int Height { get; }

        /// <inheritdoc/>
        /// <exception cref="SceneException">The file was cut since it was opened.</exception>
        public byte[] Picture(int index)
        {
            (long start, int length) = _pictures[index];
            var picture = new byte[length];
            int got = SceneFile.Reading(_path, () => RandomAccess.Read(_file, picture, start));
            if (got != length)
            {
                throw new SceneException($"scene {_path} became shorter while it was read");
            }

            return picture;
        }

        /// <inheritdoc/>
        public byte[] Take(long timeUs, FrameSize size, FrameQuality quality)
        {
            return Picture(RecordedRate.Index(timeUs, Count));
        }

        /// <summary>Closes the file.</summary>
        public void Dispose()
        {
            _file.Dispose();
        }

        private (int Width, int Height) Index(string path)
        {
            using FileStream stream = File.OpenRead(path);
            var reader = new JpegStreamReader(stream, path);
            int width = 0,
                height = 0;
            while (reader.Read() is { } picture)
            {
                string name = $"picture {_pictures.Count} of {path}";
                picture.RequireLikeSensor(name);
                if (_pictures.Count == 0)
                {
                    (width, height) = (picture.Width, picture.Height);
                }
                else if (picture.Width != width || picture.Height != height)
                {
                    throw new SceneException(
                        $"{name} is {picture.Width} x {picture.Height}, the first one {width} x {height}",
                        "all pictures of a scene are of one size"
                    );
                }

                _pictures.Add((reader.PictureStart, picture.Bytes.Length));
            }
            if (_pictures.Count == 0)
            {
                throw new SceneException($"scene {path} is empty");
            }

            return (width, height);
        }
    }
}
