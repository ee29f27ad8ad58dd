// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Lapel.Verify;

namespace Lapel.Export
{
    /// <summary>`lapel export CARD OUT [--key FILE] [--device-key FILE] [--keys DIR] [--force] [--recording N]...`.</summary>
    public static class ExportCommand
    {
        /// <summary>Findings beside the recordings that are named.</summary>
        private const int MostBeside = 10;

        private const int Ok = 0,
            NotAuthentic = 1,
            Unusable = 2;

        /// <summary>An <see cref="IOException"/> with a message of this program: it carries no number of the system's.</summary>
        private const int OwnMessage = unchecked((int)0x80131620);

        /// <summary>Verifies and exports; returns the exit code.</summary>
        /// <param name="card">A card folder, a folder of segment files, or one segment file.</param>
        /// <param name="folder">Where the recordings go; made when it is not there.</param>
        /// <param name="request">What to open, trust and take along.</param>
        /// <param name="stdout">Receives a line for each recording.</param>
        /// <param name="stderr">Receives `lapel: ...` and `hint: ...`.</param>
        public static int Run(string card, string folder, ExportRequest request, TextWriter stdout, TextWriter stderr)
        {
            CardResult result;
            Dictionary<string, string> paths;
            try
            {
                result = CardVerifier.Verify(card, request.Device, request.Registry);
                paths = result
                    .Recordings.SelectMany(r => r.Segments)
                    .Where(s => s.Path != null)
                    .DistinctBy(s => s.Name)
                    .ToDictionary(s => s.Name, s => s.Path!);
                Directory.CreateDirectory(folder);
            }
            catch (CardException error)
            {
                return Fail(stderr, error.Message, error.Hint, Unusable);
            }
            if (result.Recordings.Count == 0)
            {
                return Fail(stderr, "no recording found in " + card, "lapel verify says what is there", NotAuthentic);
            }

            Beside(result, stderr);
            int exit = Ok;
            bool any = false;
            foreach (RecordingResult recording in result.Recordings)
            {
                if (!request.Choice.Wants(recording, out string? unsure))
                {
                    if (unsure != null)
                    {
                        stderr.WriteLine($"lapel: recording {recording.RecordingNumber} is not exported: {unsure}");
                    }

                    continue;
                }

                any = true;
                bool isAmbiguous = IsAmbiguous(recording, result.Recordings);
                exit = Worse(exit, One(recording, isAmbiguous, paths, folder, request, stdout, stderr));
            }

            if (!any)
            {
                return Fail(stderr, "no recording in " + card + " is the one that was asked for", "lapel verify lists them", Unusable);
            }

            return exit;
        }

        // What a verifier says beside the recordings is not lost on who exports.
        private static void Beside(CardResult result, TextWriter stderr)
        {
            List<Finding> beside =
            [
                .. result.Findings.Where(f =>
                    f.Severity >= Severity.Missing || f.Code is FindingCode.Copy or FindingCode.OtherMovie or FindingCode.AlteredCopy
                ),
            ];
            foreach (Finding finding in beside.Take(MostBeside))
            {
                stderr.WriteLine("lapel: beside the recordings: " + finding);
            }

            if (beside.Count > 0 || result.Audits.Any(a => !a.Agrees))
            {
                stderr.WriteLine("hint: lapel verify says what is wrong beside the recordings");
            }
        }

        private static bool IsAmbiguous(RecordingResult recording, IReadOnlyList<RecordingResult> all) =>
            all.Count(r =>
                r.RecordingNumber == recording.RecordingNumber && r.DeviceId.AsSpan(0, 4).SequenceEqual(recording.DeviceId.AsSpan(0, 4))
            ) > 1;

        private static int One(
            RecordingResult recording,
            bool isAmbiguous,
            Dictionary<string, string> paths,
            string folder,
            ExportRequest request,
            TextWriter stdout,
            TextWriter stderr
        )
        {
            string name = "recording " + recording.RecordingNumber;
            if (recording.Verdict != Verdict.Authentic && !request.Force)
            {
                return Fail(
                    stderr,
                    name + " is not exported: " + Wording.Of(recording.Verdict),
                    "lapel verify says why; --force exports it under a name that says so",
                    NotAuthentic
                );
            }

            try
            {
                (string path, long frames) = new RecordingExport(recording, paths, isAmbiguous).Write(folder, request.Agency);
                stdout.WriteLine(
                    request.AsJson
                        ? Json(recording, path, frames)
                        : $"{name}: {Wording.Of(recording.Verdict)}, {Frames(recording, frames)} -> {path}"
                );
                return Ok;
            }
            catch (SealException error)
            {
                return Fail(
                    stderr,
                    name + " cannot be opened: " + error.Message,
                    error.IsOtherKey
                        ? "give with --key the secret key file of an agency that it is sealed to"
                        : "the rest of it may still verify: lapel verify",
                    error.IsOtherKey ? Unusable : NotAuthentic
                );
            }
            catch (InvalidDataException error)
            {
                return Fail(stderr, name + " cannot be exported: " + error.Message, null, NotAuthentic);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return Fail(
                    stderr,
                    name + " cannot be exported" + (error.HResult == OwnMessage ? ": " + error.Message : ""),
                    "give a folder that you may write and that holds no export of it yet",
                    Unusable
                );
            }
        }

        private static string Json(RecordingResult recording, string path, long frames) =>
            JsonSerializer.Serialize(
                new
                {
                    type = "export",
                    device = Convert.ToHexStringLower(recording.DeviceId),
                    recording = recording.RecordingNumber,
                    verdict = Wording.Of(recording.Verdict),
                    frames = Math.Max(0, frames - recording.UnsignedFrames),
                    unsignedFrames = recording.UnsignedFrames,
                    path,
                }
            );

        // Frames that nothing signs are never counted among the others.
        private static string Frames(RecordingResult recording, long frames) =>
            recording.UnsignedFrames == 0
                ? frames + " frames"
                : Math.Max(0, frames - recording.UnsignedFrames)
                    + " frames, and "
                    + recording.UnsignedFrames
                    + " behind them THAT NOTHING SIGNS: anybody can have made these";

        /// <summary>What is not authentic weighs most.</summary>
        private static int Worse(int a, int b) => a == NotAuthentic || b == NotAuthentic ? NotAuthentic : Math.Max(a, b);

        private static int Fail(TextWriter stderr, string message, string? hint, int exit)
        {
            stderr.WriteLine("lapel: " + message);
            if (hint != null)
            {
                stderr.WriteLine("hint: " + hint);
            }

            return exit;
        }
    }
}
