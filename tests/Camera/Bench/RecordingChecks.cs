// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using Lapel.Hal.Virtual;
using Lapel.Verify;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>What must hold for every recording, whatever happened.</summary>
    internal static class RecordingChecks
    {
        /// <summary>
        /// The chip logs a capture when the start command arrives, the firmware when it sends it: a few register writes apart.
        /// </summary>
        private const long CommandMs = 3;

        /// <summary>Five tries of 400 ms each are made for a picture (MegaLimits).</summary>
        private const long RetriedMs = 2_000;

        /// <summary>
        /// All segments are there and closed; frame indices run from 0 without a hole across all of them; each frame lasts to the next one,
        /// but for the gaps that are expected; the text goes with its fragment.
        /// </summary>
        public static void RequireContinuous(StoredRecording recording, int gaps = 0)
        {
            string name = $"recording {recording.Number}";
            Assert.IsTrue(recording.IsClosed, name + " is not closed");
            Assert.IsTrue(
                recording.Segments.Select(s => s.Segment).SequenceEqual(Enumerable.Range(0, recording.Segments.Count)),
                name + " misses a segment"
            );
            Assert.AreEqual(
                1,
                recording.Segments.Select(s => (s.RecordingId, s.FirstLive, s.ZeroMs, s.ZeroUtcMs)).Distinct().Count(),
                name + ": segment headers disagree"
            );
            IReadOnlyList<StoredFrame> frames = recording.Frames;
            int found = 0;
            for (int i = 0; i < frames.Count; i++)
            {
                Assert.AreEqual(i, frames[i].Index, name + ": frame index");
                Assert.IsGreaterThan(0, frames[i].DurationMs, $"{name}: duration of frame {i}");
                if (i == 0 || frames[i].TimeMs == frames[i - 1].EndMs)
                {
                    continue;
                }

                Assert.IsGreaterThan(frames[i - 1].EndMs, frames[i].TimeMs, $"{name}: frame {i} begins before frame {i - 1} ends");
                found++;
            }

            Assert.AreEqual(gaps, found, name + ": gaps in the time line");
            foreach (StoredFragment fragment in recording.Segments.SelectMany(s => s.Fragments))
            {
                Assert.AreEqual(fragment.Frames[0].TimeMs, fragment.TextTimeMs, name + ": time of a text");
                Assert.AreEqual(fragment.Frames[^1].EndMs, fragment.TextTimeMs + fragment.TextDurationMs, name + ": end of a text");
            }
        }

        /// <summary>
        /// The frames are the chip's pictures, bit for bit, in order, at their times, with none left out between the first and the last.
        /// Where the manifest states that older pictures of the pre-event were thinned, such ones may be left out. Returns the place of
        /// the first one in the log.
        /// </summary>
        public static int RequirePictures(StoredRecording recording, IReadOnlyList<MegaPicture> pictures, PreEvent? past = null)
        {
            IReadOnlyList<StoredFrame> frames = recording.Frames;
            if (frames.Count == 0)
            {
                return -1;
            }

            long wholeFromMs = past == null ? 0 : (long)(past.Obtained - past.Unthinned);
            int first = PictureAt(pictures, recording.ZeroMs + frames[0].TimeMs);
            Assert.IsGreaterThanOrEqualTo(0, first, $"recording {recording.Number}: no picture was taken at its first frame's time");
            int next = first;
            foreach (StoredFrame frame in frames)
            {
                int at = frame.TimeMs > wholeFromMs ? next : PictureAt(pictures, recording.ZeroMs + frame.TimeMs);
                Assert.IsGreaterThanOrEqualTo(next, at, $"recording {recording.Number}: frame {frame.Index} is no picture, or misplaced");
                Assert.IsLessThan(pictures.Count, at, $"recording {recording.Number} has more frames than pictures were taken");
                RequireSame(recording, frame, pictures[at]);
                next = at + 1;
            }

            return first;
        }

        /// <summary>
        /// As <see cref="RequirePictures"/>, but the pictures that a fault destroyed may be left out, and a capture that the driver had to
        /// command again keeps the time of its first command.
        /// </summary>
        public static void RequirePicturesBut(
            StoredRecording recording,
            IReadOnlyList<MegaPicture> pictures,
            Func<MegaPicture, bool> mayMiss
        )
        {
            int next = -1;
            foreach (StoredFrame frame in recording.Frames)
            {
                string digest = Convert.ToHexStringLower(SHA256.HashData(frame.Jpeg));
                long ms = recording.ZeroMs + frame.TimeMs;
                int at = Math.Max(next, 0);
                while (at < pictures.Count && (pictures[at].Sha256 != digest || pictures[at].CommandedUs / 1000 < ms))
                {
                    at++;
                }

                Assert.IsLessThan(pictures.Count, at, $"recording {recording.Number}: frame {frame.Index} is no picture, or out of order");
                Assert.IsLessThanOrEqualTo(
                    ms + RetriedMs,
                    pictures[at].CommandedUs / 1000,
                    $"recording {recording.Number}: time of frame {frame.Index}"
                );
                for (int missed = next; next >= 0 && missed < at; missed++)
                {
                    Assert.IsTrue(
                        mayMiss(pictures[missed]),
                        $"recording {recording.Number}: the picture of {pictures[missed].CommandedUs} us is lost before frame {frame.Index}"
                    );
                }

                next = at + 1;
            }
        }

        /// <summary>The picture commanded at a time, milliseconds since boot, or -1.</summary>
        public static int PictureAt(IReadOnlyList<MegaPicture> pictures, long ms)
        {
            int low = 0,
                high = pictures.Count;
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (pictures[middle].CommandedUs / 1000 < ms)
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle;
                }
            }

            return low < pictures.Count && pictures[low].CommandedUs / 1000 - ms <= CommandMs ? low : -1;
        }

        private static void RequireSame(StoredRecording recording, StoredFrame frame, MegaPicture picture)
        {
            string name = $"recording {recording.Number}, frame {frame.Index}";
            long late = picture.CommandedUs / 1000 - recording.ZeroMs - frame.TimeMs;
            Assert.IsTrue(
                late >= 0 && late <= CommandMs,
                $"{name} has the time {frame.TimeMs} ms, its picture was commanded {late} ms after that"
            );
            if (picture.Bytes != null)
            {
                Assert.IsTrue(picture.Bytes.AsSpan().SequenceEqual(frame.Jpeg), name + " differs from its picture");
            }
            else
            {
                Assert.AreEqual(picture.Sha256, Convert.ToHexStringLower(SHA256.HashData(frame.Jpeg)), name + " differs from its picture");
            }
        }
    }
}
