// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lapel.Hal;

namespace Lapel.Scenes
{
    /// <summary>A folder of .jpg and .jpeg files, in the ordinal order of their names, 10 a second, in a loop.</summary>
    public sealed class JpegFolderScene : IRecordedScene
    {
        private readonly string[] _files;
        private readonly string _folder;

        /// <summary>Opens a folder; every picture's headers are checked now.</summary>
        /// <exception cref="SceneException">The folder cannot be read or holds no such file, or a file is no JPEG like the sensor's, or of
        /// another size than the first.</exception>
        public JpegFolderScene(string folder)
        {
            _folder = folder;
            _files = List(folder);
            JpegPicture first = Load(_files[0]);
            Width = first.Width;
            Height = first.Height;
            for (int i = 1; i < _files.Length; i++)
            {
                CheckSize(Load(_files[i]), _files[i]);
            }
        }

        /// <inheritdoc/>
        public int Count => _files.Length;

        /// <inheritdoc/>
        public int Width { get; }

        /// <inheritdoc/>
        public int Height { get; }

        /// <inheritdoc/>
        /// <exception cref="SceneException">The file changed or vanished since the folder was opened.</exception>
        public byte[] Picture(int index)
        {
            JpegPicture picture = Load(_files[index]);
            CheckSize(picture, _files[index]);
            return picture.Bytes;
        }

        /// <inheritdoc/>
        public byte[] Take(long timeUs, FrameSize size, FrameQuality quality)
        {
            return Picture(RecordedRate.Index(timeUs, Count));
        }

        private static string[] List(string folder)
        {
            IEnumerable<string> all = SceneFile.Reading(folder, () => Directory.GetFiles(folder));
            string[] pictures = all.Where(IsPicture).ToArray();
            if (pictures.Length == 0)
            {
                throw new SceneException($"scene folder {folder} holds no .jpg or .jpeg file", "give a folder of baseline JPEG pictures");
            }

            Array.Sort(pictures, StringComparer.Ordinal);
            return pictures;
        }

        private static bool IsPicture(string path)
        {
            string extension = Path.GetExtension(path);
            return extension.Equals(".jpg", StringComparison.OrdinalIgnoreCase)
                || extension.Equals(".jpeg", StringComparison.OrdinalIgnoreCase);
        }

        private static JpegPicture Load(string path)
        {
            JpegPicture picture = JpegPicture.Parse(SceneFile.Reading(path, () => File.ReadAllBytes(path)), path);
            picture.RequireLikeSensor(path);
            return picture;
        }

        private void CheckSize(JpegPicture picture, string path)
        {
            if (picture.Width != Width || picture.Height != Height)
            {
                throw new SceneException(
                    $"{path} is {picture.Width} x {picture.Height}, the first picture of {_folder} is {Width} x {Height}",
                    "all pictures of a scene are of one size"
                );
            }
        }
    }
}
