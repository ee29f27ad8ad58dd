// SPDX-License-Identifier: MIT

using System;
using System.IO;
using Lapel.Hal;
using Lapel.Hal.Virtual;

namespace Lapel.Scenes
{
    /// <summary>Chooses the scene that an argument names.</summary>
    public static class SceneSource
    {
        /// <summary>What stands before the name of a webcam; a /dev/video path needs it not.</summary>
        public const string WebcamPrefix = "webcam:";

        /// <summary>
        /// Opens a scene and takes one picture of it, so that whatever is wrong with it is known before the camera starts. Dispose it
        /// if it is <see cref="IDisposable"/>.
        /// </summary>
        /// <param name="argument">
        /// null: the drawn test scene. A folder: its JPEGs. A file that begins as a JPEG: its pictures. webcam:NAME or /dev/videoN: a
        /// webcam by way of ffmpeg. Any other file: a video by way of ffmpeg.
        /// </param>
        /// <param name="size">Frame size the camera is set to; recorded pictures must have it.</param>
        /// <param name="powerOn">What the test scene's clock shows at time zero.</param>
        /// <param name="ffmpeg">Name or path of ffmpeg.</param>
        /// <exception cref="SceneException">What is wrong with the scene.</exception>
        public static IScene Open(string? argument, FrameSize size, DateTime powerOn, string ffmpeg = "ffmpeg")
        {
            IScene scene = Choose(argument, powerOn, ffmpeg);
            try
            {
                if (scene is IRecordedScene recorded)
                {
                    CheckSize(argument!, recorded, size);
                }

                scene.Take(0, size, FrameQuality.Default);
                return scene;
            }
            catch
            {
                (scene as IDisposable)?.Dispose();
                throw;
            }
        }

        private static IScene Choose(string? argument, DateTime powerOn, string ffmpeg)
        {
            if (argument == null)
            {
                return new TestScene(powerOn);
            }

            if (argument.StartsWith(WebcamPrefix, StringComparison.Ordinal))
            {
                return new WebcamScene(argument[WebcamPrefix.Length..], ffmpeg);
            }

            if (Directory.Exists(argument))
            {
                return new JpegFolderScene(argument);
            }

            if (!File.Exists(argument))
            {
                throw new SceneException(
                    $"scene {argument} does not exist",
                    "give a folder of JPEGs, an .mjpeg file, a video, or a webcam"
                );
            }

            if (argument.StartsWith("/dev/video", StringComparison.Ordinal))
            {
                return new WebcamScene(argument, ffmpeg);
            }

            return BeginsAsJpeg(argument) ? new MjpegScene(argument) : new FfmpegScene(argument, ffmpeg);
        }

        private static bool BeginsAsJpeg(string path)
        {
            return SceneFile.Reading(
                path,
                () =>
                {
                    using FileStream file = File.OpenRead(path);
                    int first = file.ReadByte();
                    if (first < 0)
                    {
                        throw new SceneException($"scene {path} is empty");
                    }

                    if (first == 0xFF && file.ReadByte() == JpegMarker.Soi)
                    {
                        return true;
                    }

                    string extension = Path.GetExtension(path).ToLowerInvariant();
                    if (extension is ".mjpeg" or ".mjpg" or ".jpg" or ".jpeg")
                    {
                        throw new SceneException($"{path} is not a JPEG: it does not begin with FF D8", "is it named for what it holds?");
                    }

                    return false;
                }
            );
        }

        private static void CheckSize(string argument, IRecordedScene scene, FrameSize size)
        {
            (int width, int height) = FrameSizes.Pixels(size);
            if (scene.Width == width && scene.Height == height)
            {
                return;
            }

            string hint = "scale it with ffmpeg";
            foreach (FrameSize other in Enum.GetValues<FrameSize>())
            {
                if (FrameSizes.Pixels(other) == (scene.Width, scene.Height))
                {
                    hint = $"set the camera to it: --size {other.ToString().ToLowerInvariant()}";
                }
            }

            throw new SceneException(
                $"the pictures of scene {argument} are {scene.Width} x {scene.Height}, the camera is set to {width} x {height}",
                hint
            );
        }
    }
}
