// SPDX-License-Identifier: MIT

using System;
using System.Threading;
using Lapel.Hal;
using Lapel.Hal.Virtual;

namespace Lapel.Scenes
{
    /// <summary>
    /// A webcam read by ffmpeg: each exposure gets the newest picture. Live, and so the one scene that does not repeat: the time and the
    /// quality asked for are ignored.
    /// </summary>
    public sealed class WebcamScene : IScene, IDisposable
    {
        /// <summary>A webcam is switched on and adjusts itself in a few seconds; one that is silent for longer is stuck.</summary>
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

        private readonly string _device;
        private readonly string _program;
        private readonly object _gate = new();
        private FfmpegProcess? _ffmpeg;
        private FrameSize _size;
        private byte[]? _newest;
        private SceneException? _failure;

        /// <summary>Names a webcam; it is switched on by the first picture.</summary>
        /// <param name="device">On Linux a path like /dev/video0; on macOS and Windows the device's name as ffmpeg lists it.</param>
        /// <param name="program">Name or path of ffmpeg.</param>
        public WebcamScene(string device, string program = "ffmpeg")
        {
            _device = device;
            _program = program;
        }

        /// <inheritdoc/>
        /// <exception cref="SceneException">ffmpeg is not installed, or the webcam gives no picture.</exception>
        public byte[] Take(long timeUs, FrameSize size, FrameQuality quality)
        {
            if (_ffmpeg == null || size != _size)
            {
                Start(size);
            }

            lock (_gate)
            {
                DateTime limit = DateTime.UtcNow + Patience;
                while (_newest == null && _failure == null)
                {
                    TimeSpan left = limit - DateTime.UtcNow;
                    if (left <= TimeSpan.Zero || !Monitor.Wait(_gate, left))
                    {
                        throw new SceneException(
                            $"webcam {_device} gave no picture within {Patience.TotalSeconds:F0} s",
                            "is another program using it?"
                        );
                    }
                }
                return _failure == null ? _newest! : throw _failure;
            }
        }

        /// <summary>Switches the webcam off.</summary>
        public void Dispose()
        {
            _ffmpeg?.Dispose();
            _ffmpeg = null;
        }

        private void Start(FrameSize size)
        {
            Dispose();
            lock (_gate)
            {
                _newest = null;
                _failure = null;
            }
            FfmpegProcess ffmpeg = new(_program, _device, Input(), size);
            _ffmpeg = ffmpeg;
            _size = size;
            new Thread(() => Receive(ffmpeg)) { IsBackground = true, Name = "webcam" }.Start();
        }

        private string[] Input()
        {
            if (OperatingSystem.IsWindows())
            {
                return new[] { "-f", "dshow", "-i", "video=" + _device };
            }

            if (OperatingSystem.IsMacOS())
            {
                return new[] { "-f", "avfoundation", "-framerate", "30", "-i", _device };
            }

            return new[] { "-f", "v4l2", "-i", _device };
        }

        private void Receive(FfmpegProcess ffmpeg)
        {
            SceneException? failure = null;
            try
            {
                while (ffmpeg.Pictures.Read() is { } picture)
                {
                    Show(ffmpeg, picture.Bytes, null);
                }

                failure = ffmpeg.Failure();
            }
            catch (SceneException e)
            {
                failure = e;
            }
            catch (Exception e) when (e is InvalidOperationException or System.IO.IOException)
            {
                failure = new SceneException($"webcam {_device} was switched off", null, e);
            }
            Show(ffmpeg, null, failure);
        }

        private void Show(FfmpegProcess ffmpeg, byte[]? picture, SceneException? failure)
        {
            lock (_gate)
            {
                if (!ReferenceEquals(ffmpeg, _ffmpeg) && _ffmpeg != null)
                {
                    return;
                }

                if (picture != null)
                {
                    _newest = picture;
                }

                _failure = failure;
                Monitor.PulseAll(_gate);
            }
        }
    }
}
