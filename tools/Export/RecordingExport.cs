// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using Lapel.Verify;

namespace Lapel.Export
{
    /// <summary>Writes one recording as a clear MP4 with its verdict beside it.</summary>
    public sealed class RecordingExport
    {
        private readonly RecordingResult _recording;
        private readonly IReadOnlyDictionary<string, string> _paths;
        private readonly bool _isAmbiguous;

        /// <param name="recording">The recording, judged.</param>
        /// <param name="paths">Path of each slot file by its name.</param>
        /// <param name="isAmbiguous">Whether another recording on the card has the same device and number: the file's name then has the
        /// whole ids of both.</param>
        public RecordingExport(RecordingResult recording, IReadOnlyDictionary<string, string> paths, bool isAmbiguous = false)
        {
            _isAmbiguous = isAmbiguous;
            _recording = recording;
            _paths = paths;
        }

        /// <summary>The file's name; one that is not authentic says so.</summary>
        public string FileName =>
            "recording-"
            + Convert.ToHexStringLower(_recording.DeviceId.AsSpan(0, _isAmbiguous ? 16 : 4))
            + "-"
            + _recording.RecordingNumber.ToString("000000", CultureInfo.InvariantCulture)
            + (_isAmbiguous ? "-" + Convert.ToHexStringLower(_recording.RecordingId) : "")
            + (_recording.Verdict == Verdict.Authentic ? "" : "-" + Wording.Of(_recording.Verdict).ToUpperInvariant().Replace(' ', '-'))
            + (_recording.UnsignedFrames == 0 ? "" : "-UNSIGNED-FRAMES")
            + ".mp4";

        /// <summary>
        /// Writes it into the folder. Throws <see cref="SealException"/> when it does not open, <see cref="InvalidDataException"/> when it
        /// is too damaged,
        /// <see cref="IOException"/> otherwise; then nothing is left behind. Files that are there are not overwritten.
        /// </summary>
        /// <returns>The path and the number of frames.</returns>
        public (string Path, long Frames) Write(string folder, AgencyKey? agency)
        {
            string path = Path.Combine(folder, FileName),
                beside = Path.ChangeExtension(path, ".json"),
                unfinished = path + ".part";
            if (File.Exists(path) || File.Exists(beside))
            {
                throw new IOException(path + " is already there: nothing is overwritten");
            }

            List<SegmentResult> segments = [.. _recording.Segments.OrderBy(s => s.Segment)];
            Seal? seal = segments.Select(s => s.Seal).FirstOrDefault(s => s != null);
            ContentKey? key = null;
            if (seal != null || segments.Any(s => s.Header!.IsSealed))
            {
                if (agency == null)
                {
                    throw new SealException("it is sealed: opening it takes an agency's secret key", isOtherKey: true);
                }

                key = ContentKey.Open(seal ?? throw new InvalidDataException("its envelope is damaged"), agency);
            }
            try
            {
                long frames;
                var recipes = new List<(uint Segment, byte[] Steps)>();
                using (var to = new FileStream(unfinished, FileMode.Create, FileAccess.ReadWrite))
                {
                    frames = Movie(segments, key, to, recipes);
                }

                byte[] digest;
                using (var written = File.OpenRead(unfinished))
                {
                    digest = SHA256.HashData(written);
                }

                Beside(beside, seal, key, frames, digest, recipes);
                File.Move(unfinished, path);
                return (path, frames);
            }
            finally
            {
                File.Delete(unfinished);
                if (!File.Exists(path))
                {
                    File.Delete(beside);
                }
            }
        }

        private long Movie(List<SegmentResult> segments, ContentKey? key, Stream to, List<(uint Segment, byte[] Steps)> recipes)
        {
            var movie = new ClearMovie(to);
            for (int i = 0; i < segments.Count; i++)
            {
                using var units = new SegmentUnits(_paths[segments[i].Name], segments[i]);
                if (i == 0)
                {
                    movie.Begin(units);
                }

                using var recipe = new SegmentRecipe(units);
                movie.Add(units, segments[i].Seal, key, recipe);
                recipes.Add((segments[i].Segment ?? (uint)i, recipe.End()));
            }
            movie.End();
            return movie.Frames;
        }

        /// <summary>
        /// The verdict as `lapel verify --json` prints it, a line about the export, and one by which the segments come back from it.
        /// </summary>
        private void Beside(
            string path,
            Seal? seal,
            ContentKey? key,
            long frames,
            byte[] digest,
            List<(uint Segment, byte[] Steps)> recipes
        )
        {
            using var to = new StreamWriter(path);
            VerifyJson.Write(_recording, to);
            using var line = new MemoryStream();
            using (var json = new Utf8JsonWriter(line))
            {
                json.WriteStartObject();
                json.WriteString("type", "export");
                json.WriteString("file", FileName);
                json.WriteString("sha256", Convert.ToHexStringLower(digest));
                json.WriteNumber("frames", Math.Max(0, frames - _recording.UnsignedFrames));
                json.WriteNumber("unsignedFrames", _recording.UnsignedFrames);
                json.WriteBoolean("wasSealed", seal != null);
                if (seal != null && key?.Private(seal) is PrivateText text)
                {
                    json.WriteString("officer", text.Officer);
                    json.WriteString("place", text.Place);
                    json.WriteString("note", text.Note);
                }
                json.WriteEndObject();
            }
            to.WriteLine(System.Text.Encoding.UTF8.GetString(line.ToArray()));

            // Of what is not authentic only the parts that agree were exported: a judgement of those would be another one.
            if (_recording.Verdict == Verdict.Authentic)
            {
                Rebuild(to, recipes);
            }
        }

        private static void Rebuild(StreamWriter to, List<(uint Segment, byte[] Steps)> recipes)
        {
            using var line = new MemoryStream();
            using (var json = new Utf8JsonWriter(line))
            {
                json.WriteStartObject();
                json.WriteString("type", "rebuild");
                json.WriteStartArray("segments");
                foreach ((uint segment, byte[] steps) in recipes)
                {
                    json.WriteStartObject();
                    json.WriteNumber("segment", segment);
                    json.WriteBase64String("steps", steps);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            to.WriteLine(System.Text.Encoding.UTF8.GetString(line.ToArray()));
        }
    }
}
