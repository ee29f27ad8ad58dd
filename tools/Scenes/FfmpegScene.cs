// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;
using Lapel.Hal.Virtual;

namespace Lapel.Scenes
{
    /// <summary>
    /// A video file decoded by ffmpeg, 10 pictures a second, in a loop, fitted into the frame size. The quality asked for is ignored. Times
    /// are meant to rise: an earlier one decodes the video from its start again.
    /// </summary>
    public sealed class FfmpegScene : IScene, IDisposable
    {
        private readonly string _path;
        private readonly string _program;
        private FfmpegProcess? _ffmpeg;
        private FrameSize _size;
        private byte[] _current = Array.Empty<byte>();

        /// <summary>Pictures taken from ffmpeg since it was started.</summary>
        private long _taken;

        /// <summary>Pictures in the whole video; 0 until its end was reached once.</summary>
        private long _count;

        /// <summary>Names a video; ffmpeg is started by the first picture.</summary>
        /// <param name="path">Any file that ffmpeg can play.</param>
        /// <param name="program">Name or path of ffmpeg.</param>
        public FfmpegScene(string path, string program = "ffmpeg")
        {
            _path = path;
            _program = program;
        }

        /// <inheritdoc/>
        /// <exception cref="SceneException">ffmpeg is not installed or cannot play the file.</exception>
        public byte[] Take(long timeUs, FrameSize size, FrameQuality quality)
        {
            long number = RecordedRate.Number(timeUs);
            if (_ffmpeg == null || size != _size)
            {
                Start(size);
            }

            while (true)
            {
                long wanted = _count == 0 ? number : number % _count;
                if (wanted < _taken - 1)
                {
                    Start(size);
                }

                if (Advance(wanted))
                {
                    return _current;
                }
            }
        }

        /// <summary>Ends ffmpeg.</summary>
        public void Dispose()
        {
            _ffmpeg?.Dispose();
            _ffmpeg = null;
        }

        private void Start(FrameSize size)
        {
            Dispose();
            _ffmpeg = new FfmpegProcess(_program, _path, new[] { "-i", _path }, size);
            _size = size;
            _taken = 0;
        }

        /// <summary>Decodes up to a picture. False when the video ended before it, whose length is known from then on.</summary>
        private bool Advance(long wanted)
        {
            while (_taken <= wanted)
            {
                JpegPicture? picture = _ffmpeg!.Pictures.Read();
                if (picture == null)
                {
                    if (_taken == 0)
                    {
                        throw _ffmpeg.Failure();
                    }

                    _count = _taken;
                    return false;
                }
                _current = picture.Bytes;
                _taken++;
            }
            return true;
        }
    }
}
