// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>`lapel audit PATH`.</summary>
    public static class AuditCommand
    {
        /// <summary>
        /// Verifies the logs of a card or a store against the segments and reports; 0 when they agree, 1 when not, 2 when nothing could be
        /// judged.
        /// </summary>
        /// <param name="asked">What is asked for.</param>
        /// <param name="stdout">Receives the report.</param>
        /// <param name="stderr">Receives `lapel: ...` and `hint: ...` when nothing could be judged.</param>
        public static int Run(AuditRequest asked, TextWriter stdout, TextWriter stderr)
        {
            try
            {
                TrustedKey? given = asked.Key == null ? null : TrustedKey.Parse(asked.Key);
                AuditFilter filter = Filter(asked.From, asked.To, asked.Kinds);
                CardResult card = CardVerifier.Verify(asked.Path, given, asked.Registry);
                List<Finding> unreadable = [.. card.Findings.Where(f => f.Code == FindingCode.Unreadable && IsLog(f.File))];
                if (card.Audits.Count == 0 && unreadable.Count > 0)
                {
                    throw new CardException(unreadable[0].ToString(), "copy the card's LAPEL folder anew, or have its log read by hand");
                }

                if (card.Audits.Count == 0)
                {
                    throw new CardException(
                        "there is no audit log in " + asked.Path,
                        "give the folder that holds LAPEL, the card's root, or a store of lapel sync"
                    );
                }

                foreach (AuditResult log in card.Audits)
                {
                    Report(log, filter, asked.Coverage, asked.Json, stdout);
                }

                foreach (Finding log in unreadable)
                {
                    stderr.WriteLine("lapel: " + log);
                }

                return unreadable.Count == 0 && card.Audits.All(a => a.Agrees) ? VerifyCommand.Authentic : VerifyCommand.NotAuthentic;
            }
            catch (CardException error)
            {
                stderr.WriteLine("lapel: " + error.Message);
                stderr.WriteLine("hint: " + error.Hint);
            }
            catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException or ArgumentException)
            {
                string file = asked.Key == null ? "" : "cannot use the key file " + asked.Key + ": ";
                stderr.WriteLine("lapel: " + file + Reason.Of(error));
                stderr.WriteLine("hint: give a DEVICE.PUB, 64 hex digits, 32 bytes, or an Ed25519 public key as PEM or DER");
            }
            return VerifyCommand.Unusable;
        }

        private static bool IsLog(string? file) => file?.EndsWith("AUDIT.LOG", StringComparison.OrdinalIgnoreCase) == true;

        private static void Report(AuditResult log, AuditFilter filter, bool coverage, bool json, TextWriter stdout)
        {
            if (coverage)
            {
                Coverage statement = Coverage.Of(log, filter.From, filter.To);
                if (json)
                {
                    AuditJson.Write(log, statement, stdout);
                }
                else
                {
                    AuditReport.Write(log, statement, stdout);
                }
            }
            else if (json)
            {
                AuditJson.Write(log, filter, stdout);
            }
            else
            {
                AuditReport.Write(log, filter, stdout);
            }
        }

        private static AuditFilter Filter(string? from, string? to, IEnumerable<string> kinds)
        {
            var list = new List<AuditKind>();
            foreach (string kind in kinds)
            {
                list.Add(
                    AuditWording.Kind(kind)
                        ?? throw new CardException(
                            "there is no kind of entry '" + kind + "'",
                            "one of " + string.Join(", ", AuditWording.AllNames)
                        )
                );
            }

            return new AuditFilter
            {
                From = Time(from),
                To = Time(to),
                Kinds = list,
            };
        }

        private static DateTime? Time(string? text)
        {
            if (text == null)
            {
                return null;
            }

            return DateTime.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out DateTime time
            )
                ? time
                : throw new CardException("not a time: " + text, "for example 2026-11-20T08:00:00");
        }
    }
}
