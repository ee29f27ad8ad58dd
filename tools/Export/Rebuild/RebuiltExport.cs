// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text.Json;
using Lapel.Verify;

namespace Lapel.Export
{
    /// <summary>
    /// The segments of a recording, rebuilt from its export and the file beside that (FORMAT.md 8.8), in a folder of their own until this
    /// is disposed. Nothing is believed for it: the segments are judged as those of a card are.
    /// </summary>
    public sealed class RebuiltExport : IDisposable
    {
        /// <summary>The file beside the export of a whole shift is smaller.</summary>
        private const long MostBesideBytes = 1L << 30;

        private const int MostSegments = 100_000;

        private const int MostWordingChars = 100;

        private RebuiltExport(string folder) => Folder = folder;

        /// <summary>Where they are.</summary>
        public string Folder { get; }

        /// <summary>How many there are.</summary>
        public int Segments { get; private set; }

        /// <summary>Whether a file is an export: the file beside it says so.</summary>
        public static bool IsExport(string path) =>
            path.EndsWith(".mp4", StringComparison.OrdinalIgnoreCase) && File.Exists(path) && Line(path, "export") != null;

        /// <summary>
        /// Rebuilds. Throws <see cref="SealException"/> when that takes a key that was not given, or the key given does not open it;
        /// <see cref="InvalidDataException"/> when the export or the file beside it does not give segments.
        /// </summary>
        /// <param name="path">The export.</param>
        /// <param name="agency">An agency's key, for a recording that was sealed; null: none.</param>
        public static RebuiltExport Of(string path, AgencyKey? agency)
        {
            using JsonDocument line =
                Line(path, "rebuild")
                ?? throw new InvalidDataException(WhyNot(path));
            var rebuilt = new RebuiltExport(Directory.CreateTempSubdirectory("lapel-rebuilt-").FullName);
            try
            {
                using var movie = new FileSource(path);
                foreach ((int number, byte[] steps) in Recipes(line.RootElement))
                {
                    string name = number.ToString("0000", CultureInfo.InvariantCulture) + ".mp4";
                    using var to = new FileStream(Path.Combine(rebuilt.Folder, name), FileMode.CreateNew, FileAccess.ReadWrite);
                    new SegmentRebuilder(movie, to, agency).Run(steps);
                    rebuilt.Segments++;
                }

                return rebuilt;
            }
            catch
            {
                rebuilt.Dispose();
                throw;
            }
        }

        public void Dispose() => Directory.Delete(Folder, recursive: true);

        /// <summary>Why there is nothing to rebuild from, by the verdict that was written beside the export.</summary>
        private static string WhyNot(string path)
        {
            const string Why = "of a recording that is not authentic only the parts that agree were exported, with --force";
            using JsonDocument? verdict = Line(path, "recording");
            if (
                verdict == null
                || !verdict.RootElement.TryGetProperty("verdict", out JsonElement found)
                || found.ValueKind != JsonValueKind.String
                || found.GetString() is not { Length: > 0 and <= MostWordingChars } was
                || was == Wording.Of(Verdict.Authentic)
            )
            {
                return "the file beside it does not say how";
            }

            return $"{Why}; it was {was}";
        }

        private static IEnumerable<(int Number, byte[] Steps)> Recipes(JsonElement line)
        {
            if (!line.TryGetProperty("segments", out JsonElement segments) || segments.ValueKind != JsonValueKind.Array)
            {
                throw Damaged();
            }

            var seen = new HashSet<int>();
            foreach (JsonElement segment in segments.EnumerateArray())
            {
                if (
                    segment.ValueKind != JsonValueKind.Object
                    || !segment.TryGetProperty("segment", out JsonElement number)
                    || !number.TryGetInt32(out int n)
                    || n is < 0 or > MostSegments
                    || !seen.Add(n)
                    || !segment.TryGetProperty("steps", out JsonElement steps)
                    || steps.ValueKind != JsonValueKind.String
                    || !steps.TryGetBytesFromBase64(out byte[]? bytes)
                )
                {
                    throw Damaged();
                }

                yield return (n, bytes);
            }
        }

        /// <summary>The line of a type in the file beside an export; null when there is none.</summary>
        private static JsonDocument? Line(string path, string type)
        {
            string beside = Path.ChangeExtension(path, ".json");
            if (!File.Exists(beside) || new FileInfo(beside).Length > MostBesideBytes)
            {
                return null;
            }

            foreach (string text in File.ReadLines(beside))
            {
                // The verdict's lines are none of ours, and may be anything.
                if (!text.Contains($"\"type\":\"{type}\"", StringComparison.Ordinal))
                {
                    continue;
                }

                try
                {
                    JsonDocument line = JsonDocument.Parse(text);
                    if (
                        line.RootElement.ValueKind == JsonValueKind.Object
                        && line.RootElement.TryGetProperty("type", out JsonElement found)
                        && found.ValueEquals(type)
                    )
                    {
                        return line;
                    }

                    line.Dispose();
                }
                catch (JsonException) { }
            }

            return null;
        }

        private static InvalidDataException Damaged() => new("what the file beside it says of its segments is malformed");
    }
}
