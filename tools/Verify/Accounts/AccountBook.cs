// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>
    /// Accounts for every recording of a device that its log, its numbers or its rotation statements know of (FORMAT.md 5.2): one that is
    /// neither here nor released nor on another card is missing.
    /// </summary>
    internal sealed class AccountBook
    {
        /// <summary>Recordings looked at one by one; a hostile log must not make work without end.</summary>
        private const int MostNumbers = 100_000;

        /// <summary>Findings about recordings that are missing, one by one.</summary>
        private const int MostFindings = 50;

        /// <summary>What a power cut may take of a recording that had just begun, milliseconds.</summary>
        private const long MostLostMs = 10_000;

        private readonly byte[] _device;
        private readonly LogFacts? _log;
        private readonly ReceiptBook? _receipts;
        private readonly bool _isStore;
        private readonly List<Finding> _findings;
        private readonly List<Account> _accounts = [];
        private int _said;

        private AccountBook(byte[] device, LogFacts? log, ReceiptBook? receipts, bool isStore, List<Finding> findings)
        {
            _device = device;
            _log = log;
            _receipts = receipts;
            _isStore = isStore;
            _findings = findings;
        }

        /// <summary>The accounts of a device.</summary>
        /// <param name="device">Its id.</param>
        /// <param name="here">Numbers of its recordings that are here.</param>
        /// <param name="log">Its log; null when there is none.</param>
        /// <param name="newest">Number of its newest recording by rotation statements; 0 when they say nothing.</param>
        /// <param name="receipts">An archive's receipts; null when none were given.</param>
        /// <param name="isStore">Whether this is a store, which holds what was released too.</param>
        /// <param name="findings">Receives what is missing.</param>
        public static IReadOnlyList<Account> Of(
            byte[] device,
            IEnumerable<uint> here,
            LogFacts? log,
            uint newest,
            ReceiptBook? receipts,
            bool isStore,
            List<Finding> findings
        )
        {
            var book = new AccountBook(device, log, receipts, isStore, findings);
            var present = here.ToHashSet();
            uint next = 1;
            foreach (uint number in present.Concat(log?.Numbers ?? []).Distinct().Order().Take(MostNumbers))
            {
                if (number > next)
                {
                    book.Gap(next, number - 1, present);
                }

                book.One(number, present.Contains(number));
                next = number == uint.MaxValue ? number : number + 1;
            }

            if (newest >= next)
            {
                book.Gap(next, newest, present);
            }

            return book._accounts;
        }

        // Numbers of which no entry speaks. Where the log reaches back so far and knows of no such recording, no receipt makes it true.
        private void Gap(uint from, uint to, HashSet<uint> present)
        {
            uint known = _log == null ? uint.MaxValue : _log.FirstReached ?? uint.MaxValue;
            foreach (uint number in _receipts?.Recordings(_device).Where(n => n >= from && n <= to && n < known) ?? [])
            {
                if (!IsReceipted(number))
                {
                    continue;
                }

                if (number > from)
                {
                    Unspoken(from, number - 1, present);
                }

                Receipted(number);
                if (number == to)
                {
                    return;
                }

                from = number + 1;
            }

            Unspoken(from, to, present);
        }

        private void Unspoken(uint from, uint to, HashSet<uint> present)
        {
            bool between = present.Any(n => n < from) && present.Any(n => n > to);
            if (_log == null)
            {
                if (!between)
                {
                    Book(from, to, Whereabouts.NotKnown, "nothing here reaches back that far");
                    return;
                }

                Book(from, to, Whereabouts.Missing, "there is no audit log that could say where");
                Say(Severity.Missing, Named(from, to) + " not here, and there is no audit log that could say where");
                return;
            }

            uint reached = _log.FirstReached ?? uint.MaxValue;
            if (from < reached)
            {
                uint last = Math.Min(to, reached - 1);
                Book(from, last, Whereabouts.NotKnown, "the audit log does not reach back that far");
                if (between)
                {
                    Say(
                        Severity.Warning,
                        Named(from, last)
                            + " not here, and whether released, on another card or removed is not known: the log does not reach so far"
                    );
                }

                if (last == to)
                {
                    return;
                }

                from = last + 1;
            }

            AuditEntry? before = Entries(n => n < from).LastOrDefault(),
                after = Entries(n => n > to).FirstOrDefault();
            if (_log.WasElsewhere(before, after))
            {
                Book(from, to, Whereabouts.OtherCard, "the audit log says that it was on another card then");
            }
            else
            {
                Book(from, to, Whereabouts.NeverBegan, "the audit log has no entry of a beginning: a power cut within a second of a press");
            }
        }

        private IEnumerable<AuditEntry> Entries(Func<uint, bool> which) => _log!.Numbers.Where(which).SelectMany(n => _log.Of(n));

        private void One(uint number, bool isHere)
        {
            if (isHere)
            {
                Book(number, number, Whereabouts.Here, "");
                return;
            }

            List<AuditEntry> released = [.. _log!.Of(AuditKind.Released, number)];
            AuditEntry? closed = _log.Of(AuditKind.RecordingClosed, number).LastOrDefault();
            List<AuditEntry> recovered = [.. _log.Of(AuditKind.ClosedByRecovery, number)];
            if (IsAll(released.FindAll(e => e.Signed), closed, recovered))
            {
                Book(number, number, Whereabouts.Released, "signed entries of the audit log");
                if (_isStore)
                {
                    Say(Severity.Warning, Named(number, number) + " released by receipts of an archive, and not in this store");
                }

                return;
            }

            if (IsReceiptedAs(number, released, closed, recovered))
            {
                Receipted(number);
            }
            else if (IsAll(released, closed, recovered))
            {
                Missing(number, "only unsigned entries of the audit log say that it was released", FindingCode.ReleaseUnsigned);
            }
            else if (released.Count > 0)
            {
                Missing(
                    number,
                    "released were segments "
                        + RecordingVerifier.Ranges([.. released.Select(e => (uint)e.Second).Distinct().Order()])
                        + " of it only"
                );
            }
            else if (closed is { Data.Length: 0 } && recovered.Count == 0)
            {
                Book(number, number, Whereabouts.NotKnown, "the audit log says that it could not be closed");
                Say(Severity.Warning, Named(number, number) + " not here; the audit log says that it could not be closed");
            }
            else if (closed != null || recovered.Count > 0)
            {
                Missing(number, "the audit log says that it was " + (closed != null ? "recorded and closed" : "closed by recovery"));
            }
            else
            {
                Began(number, _log.Of(AuditKind.RecordingBegan, number).Last());
            }
        }

        // The archive's receipts for segment 0 and on, without a hole. How many there were, the log says where it can.
        private bool IsReceipted(uint number)
        {
            HashSet<uint> segments = [.. _receipts!.Segments(_device, number).Select(r => r.Segment)];
            return segments.Count > 0 && segments.Max() == segments.Count - 1;
        }

        // What entries say that nobody signed, receipts for the same closes show. Where the log begins behind the first releases, receipts
        // are for those.
        private bool IsReceiptedAs(uint number, List<AuditEntry> released, AuditEntry? closed, List<AuditEntry> recovered)
        {
            if (_receipts == null || released.Count == 0)
            {
                return false;
            }

            IReadOnlyList<(uint Segment, ulong Digest)> receipts = _receipts.Segments(_device, number);
            bool isShown = released
                .Where(e => !e.Signed)
                .All(e => LogFacts.Digest(e) is ulong digest && receipts.Contains(((uint)e.Second, digest)));
            return isShown && (IsAll(released, closed, recovered) || (!_log!.Reaches(number) && closed == null && IsReceipted(number)));
        }

        private void Receipted(uint number)
        {
            Book(number, number, Whereabouts.Released, "receipts of the given archive");
            if (_isStore)
            {
                Say(Severity.Warning, Named(number, number) + " released by receipts of an archive, and not in this store");
            }
        }

        // Only its beginning was entered: at a power cut nothing of it may have reached the card.
        private void Began(uint number, AuditEntry began)
        {
            long last = _log!.Log.Entries.Where(e => e.Boot == began.Boot).Max(e => e.Monotonic);
            if (last - began.Monotonic > MostLostMs)
            {
                Missing(number, "the audit log says that it began, and goes on for " + Wording.Seconds(last - began.Monotonic));
                return;
            }

            Book(number, number, Whereabouts.NeverBegan, "it began less than 10 s before the log of its boot ends");
            Say(
                Severity.Warning,
                Named(number, number)
                    + " not here: it began less than 10 s before the audit log of boot "
                    + N(began.Boot)
                    + " ends; nothing of it had reached the card, or it was removed before the camera looked again"
            );
        }

        // Whether entries speak of the release of all its segments, up to the one that was its last.
        private static bool IsAll(List<AuditEntry> released, AuditEntry? closed, List<AuditEntry> recovered)
        {
            if (released.Count == 0)
            {
                return false;
            }

            var segments = released.Select(e => e.Second).ToHashSet();
            long last =
                closed is { Data.Length: > 0 }
                    ? released.Where(e => LogFacts.Digest(e) == LogFacts.Digest(closed)).Select(e => e.Second).DefaultIfEmpty(-1).Max()
                : recovered.Count > 0 ? recovered.Max(e => e.Second)
                : segments.Max();
            return last >= 0 && last < MostNumbers && Enumerable.Range(0, (int)last + 1).All(i => segments.Contains(i));
        }

        private void Missing(uint number, string why, FindingCode code = FindingCode.MissingRecording)
        {
            Book(number, number, Whereabouts.Missing, why);
            Say(Severity.Missing, Named(number, number) + " MISSING: " + why, code);
        }

        private void Book(uint from, uint to, Whereabouts where, string why)
        {
            if (_accounts.Count > 0 && _accounts[^1] is Account last && last.Where == where && last.Why == why && last.To + 1 == from)
            {
                _accounts[^1] = last with { To = to };
            }
            else
            {
                _accounts.Add(new Account(_device, from, to, where, why));
            }
        }

        private void Say(Severity severity, string text, FindingCode code = FindingCode.MissingRecording)
        {
            if (_said++ < MostFindings)
            {
                _findings.Add(new Finding(severity, code, text));
            }
        }

        private static string Named(uint from, uint to) =>
            from == to ? "recording " + N(from) + " is" : "recordings " + N(from) + " to " + N(to) + " are";

        private static string N(long value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
