// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Hal.Virtual;
using Lapel.Verify;
using Lapel.WholeCamera.Tests;

namespace Lapel.Shift.Tests
{
    /// <summary>Compares the recordings that are left with those that were made.</summary>
    internal sealed class RecordingJudge
    {
        /// <summary>What a cut may take of live footage: a fragment being gathered and one being written (FORMAT.md section 7).</summary>
        public const long PresentMs = 1000;

        /// <summary>A stall of the card adds its length to that.</summary>
        public const long StallMs = 300;

        /// <summary>An edge of a button is seen when a native call returns: an open of a file takes 140 ms, a stall 300 more.</summary>
        public const long EdgeMs = 500;

        private const long IntervalMs = 1000 / Day.FramesPerSecond;

        /// <summary>
        /// The chip logs a capture when the start command arrives, the firmware when it sends it: a few register writes apart.
        /// </summary>
        private const long CommandMs = 3;

        /// <summary>From the log's line of a picture to its being in memory: one read of the bus.</summary>
        private const long ReadMs = 20;

        /// <summary>Five tries of 400 ms each are made for a picture (MegaLimits).</summary>
        private const long RetriedMs = 2_000;

        private readonly Truth _truth;
        private readonly Evidence _evidence;
        private readonly AuditClock _clock;
        private readonly HashSet<(int, int)> _seen = [];

        public RecordingJudge(Truth truth, Evidence evidence)
        {
            _truth = truth;
            _evidence = evidence;
            _clock = new AuditClock(evidence.AuditLog.Entries, signedOnly: true);
            var left = evidence.Recordings.ToList();
            foreach (TrueRecording recording in truth.Recordings)
            {
                List<RecordingResult> found = left.FindAll(r => IsPressed(r, recording.Boot, recording.PressMs));
                if (found.Count == 0)
                {
                    Missing(recording);
                }
                else if (found.Count > 1)
                {
                    Say(recording, "is there " + found.Count + " times");
                }
                else
                {
                    left.Remove(found[0]);
                    Found[recording] = found[0];
                    Judge(recording, found[0]);
                }
            }

            foreach (RecordingResult result in left.Where(r => !IsUnanswered(r)))
            {
                Wrong.Add($"recording {result.RecordingNumber} of boot {result.Boot}, zero at {result.ZeroMonotonic} ms, was never begun");
            }

            foreach (RecordingResult result in left)
            {
                NoErrors($"recording {result.RecordingNumber}, whose start was not answered", result);
            }
        }

        /// <summary>Which is which.</summary>
        public Dictionary<TrueRecording, RecordingResult> Found { get; } = [];

        public List<string> Wrong { get; } = [];

        /// <summary>Frames compared with the pictures that were taken.</summary>
        public int Frames { get; private set; }

        /// <summary>Most of live footage that a cut took, milliseconds.</summary>
        public long MostLostMs { get; private set; }

        /// <summary>Recordings whose clock was unset and whose time the log binds.</summary>
        public int BoundLater { get; private set; }

        /// <summary>When it was interrupted: the power went or the card, from its beginning on; null when it was not.</summary>
        public static long? Interrupted(TrueRecording recording)
        {
            long cut = recording.Boot.End == BootEnd.Cut ? recording.Boot.EndMs : long.MaxValue;
            long pulled = recording
                .Boot.CardOut.Where(s => s.FromMs >= recording.PressMs)
                .Select(s => s.FromMs)
                .DefaultIfEmpty(long.MaxValue)
                .Min();
            long at = Math.Min(cut, pulled);
            return at == long.MaxValue ? null : at;
        }

        // Recording zero is its first frame, and the manifest says how long before the press that was; a press before the module gave its
        // first picture has it after it. Where a cut took what says so, the first live segment begins with the first picture after the
        // press; where it took that too, there is some of pre-event footage.
        private static bool IsPressed(RecordingResult result, TrueBoot boot, long pressMs)
        {
            if (result.Boot != boot.Number || boot.Sensor.Pictures.Count == 0)
            {
                return false;
            }

            long press = Math.Max(pressMs, boot.Sensor.Pictures[0].CommandedUs / 1000),
                zero = (long)result.ZeroMonotonic;
            if (Math.Abs(zero + (long)(result.PreEvent?.Obtained ?? 0) - press) <= EdgeMs)
            {
                return true;
            }

            if (IsPastAlone(result))
            {
                return zero <= press && zero > press - Day.PreEventSeconds * 1000 - EdgeMs;
            }

            long? live = result.Segments.FirstOrDefault(s => s.Segment == result.FirstLive)?.StartTime;
            return live is long start && zero + start - press is > -EdgeMs and < EdgeMs + IntervalMs + RetriedMs;
        }

        private static bool IsPastAlone(RecordingResult result) => result.Segments.All(s => s.Segment < result.FirstLive);

        private bool IsUnanswered(RecordingResult result) => _truth.Unanswered.Any(u => IsPressed(result, u.Boot, u.PressMs));

        private void Say(TrueRecording recording, string what) => Wrong.Add(recording + " " + what);

        private void Missing(TrueRecording recording)
        {
            if (Interrupted(recording) is not long at || recording.End == RecordingEnd.Held)
            {
                Say(recording, "is lost");
            }
            else if (PicturesEnd(recording, at) - recording.PressMs > Allowed(recording, at))
            {
                Say(recording, $"is lost, and {PicturesEnd(recording, at) - recording.PressMs} ms of it were taken");
            }
        }

        private static long Allowed(TrueRecording recording, long at) =>
            PresentMs + (recording.Boot.StallsAt(at - 3_000, at) ? StallMs : 0);

        // As tests/PowerCut has it: when the newest picture in memory ends. One that is still in the module is not there to be lost.
        private static long PicturesEnd(TrueRecording recording, long at)
        {
            MegaPicture? last = recording.Boot.Sensor.Pictures.LastOrDefault(p =>
                p.DoneUs / 1000 + ReadMs <= at && p.CommandedUs / 1000 < recording.EndMs
            );
            return last == null ? recording.PressMs : Math.Min(last.CommandedUs / 1000 + IntervalMs, recording.EndMs);
        }

        private void Judge(TrueRecording recording, RecordingResult result)
        {
            NoErrors(recording.ToString(), result);
            long? interrupted = Interrupted(recording);
            bool pastAlone = IsPastAlone(result),
                pastMissing =
                    result.Verdict == Verdict.PartsMissing && result.Missing.Count > 0 && result.Missing.All(m => m < result.FirstLive);
            bool recovered = result.Recovery != null || pastAlone;
            if (result.Verdict != Verdict.Authentic && !(interrupted != null && (pastMissing || pastAlone)))
            {
                Say(recording, $"is {result.Verdict}: {string.Join("; ", result.Findings.Where(f => f.Severity >= Severity.Missing))}");
            }

            if (recovered && interrupted == null)
            {
                Say(recording, "was closed by recovery though nothing interrupted it");
            }

            if (!recovered && recording.End is RecordingEnd.Cut or RecordingEnd.Pulled)
            {
                Say(recording, "was interrupted and does not say so");
            }

            if (recovered)
            {
                Lost(recording, result, interrupted);
            }

            Pictures(recording, result, recovered);
            if (!recovered)
            {
                Whole(recording, result);
            }

            Markers(recording, result);
            Times(recording, result);
        }

        private void NoErrors(string name, RecordingResult result)
        {
            if (result.Findings.FirstOrDefault(f => f.Severity == Severity.Error) is Finding finding)
            {
                Wrong.Add(name + ": " + finding);
            }
        }

        private void Lost(TrueRecording recording, RecordingResult result, long? interrupted)
        {
            if (interrupted is not long at)
            {
                return;
            }

            long end = Math.Max((long)result.ZeroMonotonic + (result.ToMs ?? 0), recording.PressMs);
            long lost = PicturesEnd(recording, at) - end;
            MostLostMs = Math.Max(MostLostMs, lost);
            if (lost > Allowed(recording, at))
            {
                Say(recording, $"lost {lost} ms of live footage");
            }

            if (result.Recovery == null)
            {
                return;
            }

            if (result.Recovery.PresentBound is not ulong bound)
            {
                Say(recording, "states no bound of what was lost");
            }
            else if (lost > (long)bound + (Allowed(recording, at) - PresentMs))
            {
                Say(recording, $"lost {lost} ms and states {bound}");
            }
        }

        // The frames are the pictures that were taken, in order, each once, with none left out but what a fault of the module destroyed
        // and, after a cut, the end of pre-event footage.
        private void Pictures(TrueRecording recording, RecordingResult result, bool recovered)
        {
            IReadOnlyList<MegaPicture> pictures = recording.Boot.Sensor.Pictures;
            int before = -1;
            foreach (Kept segment in _evidence.Of(result).OrderBy(s => s.Segment))
            {
                bool first = true;
                foreach ((StoredFrame frame, (int Boot, int Number)? picture) in segment.Frames)
                {
                    Frames++;
                    if (picture is not (int boot, int number))
                    {
                        Say(recording, $"frame {frame.Index} is no picture that was taken");
                        return;
                    }

                    if (boot != recording.Boot.Index || number >= pictures.Count || !_seen.Add((boot, number)) || number <= before)
                    {
                        Say(recording, $"frame {frame.Index} is picture {number} of boot {boot}, which is out of its place");
                        return;
                    }

                    long late = pictures[number].CommandedUs / 1000 - (long)result.ZeroMonotonic - frame.TimeMs;
                    if (late < 0 || late > (MayMiss(recording.Boot, pictures[number]) ? RetriedMs : CommandMs))
                    {
                        Say(recording, $"frame {frame.Index} is dated {late} ms before its picture");
                    }

                    bool pastEndsHere = recovered && first && segment.Segment > 0;
                    for (int missed = before + 1; before >= 0 && missed < number && !pastEndsHere; missed++)
                    {
                        if (!MayMiss(recording.Boot, pictures[missed]))
                        {
                            Say(recording, $"lost picture {missed} before frame {frame.Index}");
                        }
                    }

                    before = number;
                    first = false;
                }
            }
        }

        private static bool MayMiss(TrueBoot boot, MegaPicture picture) =>
            boot.SensorOut.Any(s => s.Meets(picture.CommandedUs / 1000 - RetriedMs, picture.DoneUs / 1000 + 500));

        // What nothing interrupted has its whole past and its whole present.
        private void Whole(TrueRecording recording, RecordingResult result)
        {
            if (result.CloseReason != 1)
            {
                Say(recording, "was closed for reason " + result.CloseReason);
            }

            (int Boot, int Number)? last = _evidence
                .Of(result)
                .OrderBy(s => s.Segment)
                .SelectMany(s => s.Frames)
                .Select(f => f.Picture)
                .LastOrDefault();
            if (last is (int _, int number))
            {
                int left = recording
                    .Boot.Sensor.Pictures.Skip(number + 1)
                    .TakeWhile(p => p.CommandedUs / 1000 < recording.EndMs - CommandMs)
                    .Count(p => !MayMiss(recording.Boot, p));
                if (left > 1)
                {
                    Say(recording, $"lacks {left} pictures that were taken before its end");
                }
            }

            if (result.PreEvent is not PreEvent past)
            {
                Say(recording, "states no pre-event");
            }
            else if (
                HasWholePast(recording) && (past.Reason != 0 || (long)past.Obtained < recording.PreEventSeconds * 1000 - 2 * IntervalMs)
            )
            {
                Say(recording, $"has a pre-event of {past.Obtained} ms, reason {past.Reason}");
            }

            if (
                result.Capture is CaptureCount capture
                && capture.NoMemory + (recording.Boot.SensorOut.Count == 0 ? capture.Damaged + capture.Missed : 0) > 0
            )
            {
                Say(recording, $"dropped pictures: {capture}");
            }
        }

        private bool HasWholePast(TrueRecording recording)
        {
            long from = recording.PressMs - recording.PreEventSeconds * 1000 - 3_000;
            return from > recording.Boot.Sensor.Pictures[0].CommandedUs / 1000
                && !recording.Boot.SensorOut.Any(s => s.Meets(from - RetriedMs, recording.PressMs))
                && !_truth.Recordings.Any(r =>
                    r != recording && r.Boot == recording.Boot && r.PressMs < recording.PressMs && r.EndMs > from
                )
                && !_truth.Unanswered.Any(u => u.Boot == recording.Boot && u.PressMs < recording.PressMs && u.PressMs > from - 60_000);
        }

        private void Markers(TrueRecording recording, RecordingResult result)
        {
            var left = recording.Markers.ToList();
            foreach (Marker marker in result.Markers)
            {
                long at = (long)result.ZeroMonotonic + marker.Time;
                int which = left.FindIndex(m => (uint)m.Button == marker.Button && Math.Abs(m.AtMs - at) <= EdgeMs);
                if (which < 0)
                {
                    Say(recording, $"has a marker at {at} ms that nobody set");
                }
                else
                {
                    left.RemoveAt(which);
                }
            }

            if (result.Recovery == null && !IsPastAlone(result) && left.Count != (int)result.UnlistedMarkers)
            {
                Say(recording, $"lacks {left.Count} markers, {result.UnlistedMarkers} of them unlisted");
            }

            foreach (Press press in result.Presses)
            {
                long at = (long)result.ZeroMonotonic + press.Time;
                if (
                    !_truth.Presses.Any(p =>
                        p.Boot == recording.Boot && (uint)p.Button == press.Button && Math.Abs(p.DownMs - at) <= EdgeMs
                    )
                )
                {
                    Say(recording, $"has a press at {at} ms that nobody made");
                }
            }
        }

        private void Times(TrueRecording recording, RecordingResult result)
        {
            DateTime zero = Truth.Utc(recording.Boot.Us((long)result.ZeroMonotonic));
            bool known = LogJudge.IsTimeKnown(_truth, recording.Boot);
            if (result.LastManifest?.ZeroUtc is ulong utc)
            {
                // A clock that ran through a restart says that it does not know how far off it is.
                double off = Math.Abs((DateTime.UnixEpoch.AddMilliseconds(utc) - zero).TotalMilliseconds);
                if (off > (result.LastManifest.Uncertainty ?? 2_000))
                {
                    Say(recording, $"is dated {off} ms off, uncertain by {result.LastManifest.Uncertainty}");
                }
            }
            else if (known)
            {
                BoundTime? bound = _clock.At(result.Boot, (long)result.ZeroMonotonic);
                if (bound == null)
                {
                    Say(recording, "is not bound to true time");
                }
                else if (Math.Abs((bound.Utc - zero).TotalMilliseconds) > (bound.UncertaintyMs ?? 0))
                {
                    Say(recording, $"is bound to {bound}, true is {zero:O}");
                }
                else
                {
                    BoundLater++;
                }
            }
        }
    }
}
