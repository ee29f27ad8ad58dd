// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>What the camera was doing in one boot, by its entries, in milliseconds since that boot.</summary>
    internal sealed class BootCoverage
    {
        /// <summary>
        /// A sign of life comes every 60 s and is on the card a second later: so much at most after the last entry the power went.
        /// </summary>
        public const long CutBoundMs = 61_000;

        private const int Recording = 2,
            Closing = 3,
            CardFull = 4,
            Fault = 5;
        private const int SensorFault = 1;
        private const int BatteryEmpty = 5;

        private readonly List<(long From, long To, CoverageState State, string Detail, bool Signed)> _spans = [];
        private long _at;
        private int _state;
        private int _faults;
        private bool _muted;
        private bool _docked;

        // Behind a setting of the clock another span begins: its UTC may be another.
        private bool _isSet;

        /// <summary>Follows a boot's entries.</summary>
        /// <param name="entries">Its entries, in order.</param>
        /// <param name="unlinked">Sequence numbers of sectors before which sectors are gone.</param>
        public BootCoverage(IReadOnlyList<AuditEntry> entries, IReadOnlySet<long> unlinked)
        {
            Boot = entries[0].Boot;
            FollowsGap = unlinked.Contains(entries[0].Sequence);
            bool first = true;
            long sector = 0;
            foreach (AuditEntry entry in entries)
            {
                bool gap = entry.Sequence != sector && unlinked.Contains(entry.Sequence);
                sector = entry.Sequence;
                long now = System.Math.Max(_at, entry.Monotonic);
                if (gap)
                {
                    Until(now, CoverageState.Unknown, "entries are gone", entry.Signed);
                }
                else if (first && entry.Kind != AuditKind.Boot)
                {
                    Until(now, CoverageState.Unknown, "the beginning of this boot is not in the log", entry.Signed);
                }
                else
                {
                    Until(now, State(), Detail(), entry.Signed);
                }

                first = false;
                Take(entry, now);
            }
            LastMs = _at;
            IsSigned = entries[^1].Signed;
        }

        public uint Boot { get; }

        /// <summary>Whether sectors are gone before its first entry.</summary>
        public bool FollowsGap { get; }

        /// <summary>Time of the last entry.</summary>
        public long LastMs { get; }

        /// <summary>Whether a signature covers the last entry.</summary>
        public bool IsSigned { get; }

        /// <summary>Whether the log says that the boot ended, and when.</summary>
        public bool Ended { get; private set; }

        /// <summary>How it ended, in words; empty when the log does not say.</summary>
        public string How { get; private set; } = "";

        /// <summary>What it was doing when the entries end.</summary>
        public CoverageState Last => State();

        public IReadOnlyList<(long From, long To, CoverageState State, string Detail, bool Signed)> Spans => _spans;

        private void Take(AuditEntry entry, long now)
        {
            switch (entry.Kind)
            {
                case AuditKind.State:
                    _state = entry.Code;
                    break;
                case AuditKind.Faults:
                    _faults = entry.Code;
                    break;
                case AuditKind.Mute:
                    _muted = entry.Code == 1;
                    break;
                case AuditKind.Dock:
                    _docked = entry.Code == 1;
                    break;
                case AuditKind.ClockSet:
                    _isSet = true;
                    break;
                case AuditKind.Ended:
                    Ended = true;
                    How = entry.Code == BatteryEmpty ? "switched itself off, battery empty" : "ended properly";
                    break;
                case AuditKind.Lost:
                    if (_spans.Count > 0 && _spans[^1].To == now && _spans[^1].Signed == entry.Signed)
                    {
                        _spans[^1] = _spans[^1] with
                        {
                            Detail = (
                                _spans[^1].Detail + "; " + entry.Code.ToString(CultureInfo.InvariantCulture) + " entries were lost in here"
                            ).TrimStart(';', ' '),
                        };
                    }

                    break;
            }
        }

        private CoverageState State() =>
            _state switch
            {
                0 => CoverageState.Booting,
                Recording when (_faults & SensorFault) != 0 => CoverageState.Fault,
                Recording => _muted ? CoverageState.Muted : CoverageState.Recording,
                CardFull or Fault => CoverageState.Fault,
                1 or Closing => _docked ? CoverageState.Docked : CoverageState.Buffering,
                _ => CoverageState.Unknown,
            };

        private string Detail() =>
            _state switch
            {
                Recording when (_faults & SensorFault) != 0 => "recording without pictures",
                CardFull => "card full",
                Fault => Wording.Faults(_faults),
                Closing => "the recording before is being closed",
                _ => "",
            };

        private void Until(long now, CoverageState state, string detail, bool signed)
        {
            if (now <= _at)
            {
                return;
            }

            if (!_isSet && _spans.Count > 0 && _spans[^1].State == state && _spans[^1].Detail == detail && _spans[^1].Signed == signed)
            {
                _spans[^1] = _spans[^1] with { To = now };
            }
            else
            {
                _spans.Add((_at, now, state, detail, signed));
            }

            _isSet = false;
            _at = now;
        }
    }
}
