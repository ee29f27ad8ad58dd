// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Scenes
{
    /// <summary>One JPEG with what its headers say.</summary>
    /// <param name="Bytes">The picture, SOI to EOI.</param>
    /// <param name="Width">Samples a line.</param>
    /// <param name="Height">Lines.</param>
    /// <param name="Process">Second byte of the start-of-frame marker: 0xC0 baseline, 0xC2 progressive.</param>
    /// <param name="HasTables">Whether it brings quantization and Huffman tables of its own.</param>
    public sealed record JpegPicture(byte[] Bytes, int Width, int Height, byte Process, bool HasTables)
    {
        /// <summary>Whether it is of the one kind that the sensor makes: baseline, with its tables.</summary>
        public bool IsLikeSensor => Process == JpegMarker.Sof0 && HasTables;

        /// <summary>Refuses a picture that no sensor could have taken.</summary>
        /// <param name="source">How to name the picture in the error.</param>
        /// <exception cref="SceneException">The picture is progressive, lossless or arithmetic-coded, or lacks tables.</exception>
        public void RequireLikeSensor(string source)
        {
            if (Process == JpegMarker.Sof2)
            {
                throw new SceneException(
                    $"{source} is a progressive JPEG; the sensor makes baseline JPEG only",
                    "convert it losslessly: jpegtran -copy none in.jpg > out.jpg"
                );
            }

            if (Process != JpegMarker.Sof0)
            {
                throw new SceneException(
                    $"{source} is not a baseline JPEG (start of frame 0x{Process:X2}); the sensor makes baseline JPEG only",
                    "convert it: ffmpeg -i in.jpg out.jpg"
                );
            }

            if (!HasTables)
            {
                throw new SceneException(
                    $"{source} has no Huffman or quantization tables of its own, as some webcams send it",
                    "add them without a loss: ffmpeg -i in.mjpeg -c copy -bsf mjpeg2jpeg out.mjpeg"
                );
            }
        }

        /// <summary>Reads the one picture of a whole file.</summary>
        /// <exception cref="SceneException">Not a JPEG, damaged, cut short, or followed by other data.</exception>
        public static JpegPicture Parse(byte[] file, string source)
        {
            var reader = new JpegStreamReader(new System.IO.MemoryStream(file, writable: false), source);
            JpegPicture picture = reader.Read() ?? throw new SceneException($"{source} is empty");
            if (reader.Read() != null)
            {
                throw new SceneException($"{source} holds more than one picture", "name such a file .mjpeg");
            }

            return picture;
        }
    }
}
