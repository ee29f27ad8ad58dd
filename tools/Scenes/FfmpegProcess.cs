// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Text;
using Lapel.Hal;

namespace Lapel.Scenes
{
    /// <summary>One run of ffmpeg that writes baseline 4:2:2 JPEG pictures to a pipe.</summary>
    internal sealed class FfmpegProcess : IDisposable
    {
        /// <summary>ffmpeg's quantizer scale, 2 best to 31: 6 gives the 15 to 25 KB at VGA of the sensor's default quality.</summary>
        private const string QuantizerScale = "6";

        /// <summary>Of what ffmpeg says on failing, the end is what tells why.</summary>
        private const int MaxComplaint = 400;

        private readonly Process _process;
        private readonly StringBuilder _complaint = new();
        private readonly string _source;

        /// <summary>Starts ffmpeg.</summary>
        /// <param name="program">Name or path of ffmpeg.</param>
        /// <param name="source">How to name the input in errors.</param>
        /// <param name="input">ffmpeg's options up to and including the input.</param>
        /// <param name="size">Size of the pictures; the input is fitted into it with bars.</param>
        /// <exception cref="SceneException">ffmpeg is not installed.</exception>
        public FfmpegProcess(string program, string source, IEnumerable<string> input, FrameSize size)
        {
            _source = source;
            _process = new Process { StartInfo = Command(program, input, size) };
            _process.ErrorDataReceived += (_, line) =>
            {
                lock (_complaint)
                {
                    if (line.Data != null)
                    {
                        _complaint.AppendLine(line.Data);
                    }
                }
            };
            try
            {
                _process.Start();
            }
            catch (Exception e) when (e is Win32Exception or FileNotFoundException)
            {
                _process.Dispose();
                throw new SceneException(
                    $"scene {source} needs ffmpeg, and ffmpeg is not installed",
                    "install ffmpeg (Debian: apt install ffmpeg) or give a folder of JPEGs or an .mjpeg file",
                    e
                );
            }
            _process.BeginErrorReadLine();
            Pictures = new JpegStreamReader(_process.StandardOutput.BaseStream, "output of ffmpeg");
        }

        /// <summary>The pictures as they come; null at the end of the input.</summary>
        public JpegStreamReader Pictures { get; }

        /// <summary>Why there was no picture, from what ffmpeg said.</summary>
        public SceneException Failure()
        {
            _process.WaitForExit();
            string said;
            lock (_complaint)
            {
                said = _complaint.ToString().Trim();
            }

            if (said.Length > MaxComplaint)
            {
                said = "..." + said[^MaxComplaint..];
            }

            return new SceneException(
                said.Length == 0
                    ? $"scene {_source}: ffmpeg found no picture in it"
                    : $"scene {_source} cannot be played: {said.ReplaceLineEndings("; ")}",
                "ffmpeg must be able to play it: ffplay shows whether it can"
            );
        }

        /// <summary>Ends ffmpeg.</summary>
        public void Dispose()
        {
            try
            {
                _process.Kill();
                _process.WaitForExit();
            }
            catch (InvalidOperationException)
            {
                // It ended by itself between the look and the kill.
            }
            _process.Dispose();
        }

        private static ProcessStartInfo Command(string program, IEnumerable<string> input, FrameSize size)
        {
            (int width, int height) = FrameSizes.Pixels(size);
            string filter =
                $"fps={RecordedRate.PerSecond},scale={width}:{height}:force_original_aspect_ratio=decrease:out_range=full,"
                + $"pad={width}:{height}:(ow-iw)/2:(oh-ih)/2,format=yuvj422p";
            var command = new ProcessStartInfo(program)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            };
            foreach (string argument in new[] { "-nostdin", "-hide_banner", "-loglevel", "error" })
            {
                command.ArgumentList.Add(argument);
            }

            foreach (string argument in input)
            {
                command.ArgumentList.Add(argument);
            }

            foreach (
                string argument in new[]
                {
                    "-map",
                    "0:v:0",
                    "-vf",
                    filter,
                    "-c:v",
                    "mjpeg",
                    "-q:v",
                    QuantizerScale,
                    "-f",
                    "image2pipe",
                    "pipe:1",
                }
            )
            {
                command.ArgumentList.Add(argument);
            }

            return command;
        }
    }
}
