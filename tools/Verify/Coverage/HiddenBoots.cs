// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>
    /// What may have happened between two boots that are bound to UTC: boots that are bound to no time, boots of which the log says
    /// nothing, and entries that are gone. Where there is any of it, nobody can say that the camera was off.
    /// </summary>
    internal sealed class HiddenBoots
    {
        private readonly List<BootCoverage> _unbound = [];
        private long _silent;
        private bool _gone;

        /// <summary>Whether there is any.</summary>
        public bool Any => _unbound.Count > 0 || _silent > 0 || _gone;

        /// <summary>Takes a boot of which something is bound to no time, once.</summary>
        public void Add(BootCoverage boot)
        {
            if (_unbound.Count == 0 || _unbound[^1] != boot)
            {
                _unbound.Add(boot);
            }
        }

        /// <summary>Takes what lies between one boot's entries and the next one's.</summary>
        public void Between(BootCoverage? before, BootCoverage boot)
        {
            // Boot numbers rise by one: a boot without a card, or one that ended in its first second, leaves no entry.
            _silent += before == null || boot.Boot <= before.Boot ? 0 : boot.Boot - before.Boot - 1;
            _gone |= before != null && boot.FollowsGap;
        }

        public void Clear()
        {
            _unbound.Clear();
            _silent = 0;
            _gone = false;
        }

        /// <summary>It in words, each part behind a semicolon; empty when there is nothing.</summary>
        public override string ToString() =>
            // Within a boot the clock runs on: how long it was on at least is known, and when is not.
            Count(_unbound.Count, "without a clock in here, on for " + Wording.Seconds(_unbound.Sum(b => b.LastMs)) + " at least")
            + Count(_silent, "in here of which the log says nothing")
            + (_gone ? "; entries are gone in here" : "");

        private static string Count(long boots, string what) =>
            boots == 0 ? "" : "; " + boots.ToString(CultureInfo.InvariantCulture) + (boots == 1 ? " boot " : " boots ") + what;
    }
}
