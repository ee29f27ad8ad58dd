// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>Finds the sectors of the log in its file (FORMAT.md 9.4).</summary>
    internal static class AuditLogReader
    {
        /// <summary>Sectors of the largest file that the format knows.</summary>
        private const int MostPositions = 32768;

        /// <summary>Sectors at the file's beginning of which one gives the log id.</summary>
        private const int Beginning = 16;

        /// <summary>
        /// Places that a device leaves out in a row before it gives the card up; as many of a ring's oldest sectors can be spoilt by writes
        /// that came to nothing.
        /// </summary>
        private const int MostLeftOut = 3;

        /// <summary>Holes named one by one.</summary>
        private const int MostHoles = 20;

        /// <summary>All whole sectors of the log, in the order of their places, of whatever device.</summary>
        public static List<AuditSector> Read(IByteSource source, string name, AuditResult result)
        {
            int positions = Positions(source, name, result);
            var whole = new AuditSector?[positions];
            var damage = new Dictionary<int, string>();
            var bytes = new byte[AuditSector.Size];
            bool fresh = false;
            for (int i = 0; i < positions; i++)
            {
                if (source.Read((long)i * bytes.Length, bytes) != bytes.Length)
                {
                    break;
                }

                whole[i] = AuditSector.Read(bytes, name, i, positions, out string? why);
                if (why != null)
                {
                    damage[i] = why;
                }

                fresh |= i == 0 && BoxBytes.AllZero(bytes);
            }
            AuditSector? first = fresh ? null : whole.Take(Beginning).FirstOrDefault(s => s != null);
            if (first == null)
            {
                Nothing(whole, fresh, name, result);
                return [];
            }
            List<AuditSector> log = [.. whole.Where(s => s != null && s.Log == first.Log).Cast<AuditSector>().OrderBy(s => s.Place)];
            long end = log[^1].Place + 1;
            long overwritten = end > positions ? end - positions : 0;
            result.Overwritten += overwritten;
            // Sectors that the newest place says are overwritten and that are there all the same stay: that place may be claimed by one
            // sector that nothing signs, and the signatures over these hold whatever it claims.
            List<AuditSector> remnants = log.FindAll(s => s.Place < overwritten);
            log.RemoveRange(0, remnants.Count);
            foreach (IGrouping<string, AuditSector> device in log.GroupBy(s => Convert.ToHexString(s.DeviceId)))
            {
                device.First().FollowsOverwritten = overwritten > 0;
            }

            for (int i = 0; i < remnants.Count; i++)
            {
                remnants[i].FollowsOverwritten = i == 0 || remnants[i].Place > remnants[i - 1].Place + 1;
            }

            Holes(log, damage, positions, overwritten, name, result);
            Gone(log, remnants.Count, overwritten, name, result);
            return [.. remnants, .. log];
        }

        // What an unsigned sector claims of its place must not make signed ones pass for overwritten.
        private static void Gone(List<AuditSector> log, int older, long overwritten, string name, AuditResult result)
        {
            if (overwritten > 0 && log[0].Place - overwritten > MostLeftOut)
            {
                Say(
                    result,
                    name,
                    Severity.Missing,
                    FindingCode.Removed,
                    "of the ring's oldest sectors " + N(log[0].Place - overwritten) + " are gone that nothing was written over"
                );
            }

            if (older > MostLeftOut)
            {
                Say(
                    result,
                    name,
                    Severity.Missing,
                    FindingCode.Removed,
                    N(older) + " sectors stand where later ones belong that the last one says were written"
                );
            }

            for (int i = 1; i < log.Count; i++)
            {
                long between = log[i].Place - log[i - 1].Place - 1;
                if (between > MostLeftOut && log[i].Found == 0)
                {
                    Say(
                        result,
                        name,
                        Severity.Missing,
                        FindingCode.Removed,
                        "before it " + N(between) + " places are empty, more than a camera leaves out",
                        (int)log[i].Position
                    );
                }
            }
        }

        private static int Positions(IByteSource source, string name, AuditResult result)
        {
            long sectors = source.Length / AuditSector.Size;
            if (source.Length % AuditSector.Size != 0 || sectors is < Beginning or > MostPositions)
            {
                Say(
                    result,
                    name,
                    Severity.Error,
                    FindingCode.Malformed,
                    "it has " + source.Length.ToString(CultureInfo.InvariantCulture) + " bytes: a log has 16 to 32,768 whole sectors"
                );
            }

            int positions = (int)(sectors > MostPositions ? MostPositions : sectors);
            result.Positions += positions;
            return positions;
        }

        private static void Nothing(AuditSector?[] whole, bool fresh, string name, AuditResult result)
        {
            int others = whole.Count(s => s != null);
            if (others > 0 && !fresh)
            {
                Say(
                    result,
                    name,
                    Severity.Error,
                    FindingCode.Removed,
                    "its beginning was overwritten: " + N(others) + " sectors stand further on"
                );
            }
            else
            {
                Say(
                    result,
                    name,
                    Severity.Note,
                    FindingCode.NotSigned,
                    others > 0
                        ? "nothing was written to it; "
                            + N(others)
                            + " sectors further on are an older log's, or its beginning was overwritten"
                        : "nothing was written to it"
                );
            }
        }

        // A place that the log does not hold is an error where the chain does not lead over it; this says what stands there.
        private static void Holes(
            List<AuditSector> log,
            Dictionary<int, string> damage,
            int positions,
            long overwritten,
            string name,
            AuditResult result
        )
        {
            long expected = overwritten;
            int holes = 0;
            foreach (AuditSector sector in log)
            {
                for (; expected < sector.Place; expected++)
                {
                    if (++holes > MostHoles)
                    {
                        return;
                    }

                    int position = (int)(expected % positions);
                    Say(
                        result,
                        name,
                        Severity.Note,
                        FindingCode.Malformed,
                        damage.TryGetValue(position, out string? why)
                            ? "the sector is not whole: " + why
                            : "no sector of the log stands here",
                        position
                    );
                }
                expected = sector.Place + 1;
            }
            int next = (int)(expected % positions);
            if (damage.TryGetValue(next, out string? tail))
            {
                Say(
                    result,
                    name,
                    Severity.Note,
                    FindingCode.UnclaimedTail,
                    "a sector that is not whole stands behind the end: a cut write, stale, or the last one was altered (" + tail + ")",
                    next
                );
            }
        }

        private static void Say(AuditResult result, string name, Severity severity, FindingCode code, string text, int? position = null) =>
            result.Findings.Add(
                new Finding(severity, code, text) { File = name, Offset = position == null ? null : (long)position * AuditSector.Size }
            );

        private static string N(long value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
