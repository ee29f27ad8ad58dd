// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;

namespace Lapel.Cli
{
    /// <summary>
    /// The bays of a dock: one for each port that is there or was named. New ports are looked for all the time; a port with a name that
    /// stays keeps its bay when it comes back under another number.
    /// </summary>
    internal sealed class Dock
    {
        private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1),
            Turn = TimeSpan.FromMilliseconds(100);

        private readonly Host _host;
        private readonly Func<string, DockBay> _make;
        private readonly IReadOnlyList<string> _named;
        private readonly bool _once;
        private readonly CancellationToken _abort;
        private readonly Lock _lock = new();
        private readonly List<(DockBay Bay, Thread Thread)> _bays = [];
        private readonly Dictionary<string, int> _results = [];
        private Stopwatch? _sinceLook;

        /// <param name="host">The ports of this machine.</param>
        /// <param name="make">Makes a bay for a port.</param>
        /// <param name="named">The ports that were named; none: all that there are.</param>
        /// <param name="once">Serves what is there, and looks for nothing more.</param>
        /// <param name="abort">Asks to end at once.</param>
        public Dock(Host host, Func<string, DockBay> make, IReadOnlyList<string> named, bool once, CancellationToken abort)
        {
            (_host, _make, _named, _once, _abort) = (host, make, named, once, abort);
        }

        /// <summary>The bays, in order of their ports.</summary>
        public IReadOnlyList<DockBay> Bays
        {
            get
            {
                lock (_lock)
                {
                    return [.. _bays.Select(b => b.Bay).OrderBy(b => b.Port, StringComparer.Ordinal)];
                }
            }
        }

        /// <summary>
        /// What is to be told the shell. Each camera counts as its last sync ended, in whatever bay, and each bay that ended without a
        /// camera. The worst of them is told, whichever came last: refused evidence (1), then a failure (2), then all well (0).
        /// </summary>
        public int Result
        {
            get
            {
                lock (_lock)
                {
                    int[] all = [.. _results.Values];
                    return all.Contains(ExitCode.NotVerified) ? ExitCode.NotVerified
                        : all.Contains(ExitCode.Trouble) ? ExitCode.Trouble
                        : ExitCode.Ok;
                }
            }
        }

        /// <summary>
        /// A camera is in this bay: another that waits for it is told. A port without a name that stays comes back under another number,
        /// and nothing else tells the bay of the old number.
        /// </summary>
        public void Begun(DockBay at)
        {
            foreach (DockBay bay in Bays)
            {
                if (bay != at && bay.Device == at.Device)
                {
                    bay.LeaveToAnother();
                }
            }
        }

        /// <summary>Notes how a sync ended.</summary>
        /// <param name="of">The camera, or the port when there was none.</param>
        /// <param name="code">The exit code that it alone would have.</param>
        public void Ended(string of, int code)
        {
            lock (_lock)
            {
                _results[of] = code;
            }
        }

        /// <summary>
        /// Looks for ports when it is time, and lets a short time pass. False when there is nothing to wait for: after the first Ctrl-C a
        /// bay that has begun nothing is not waited for, since looking for a camera at a silent port takes its time.
        /// </summary>
        public bool Goes()
        {
            bool drains = _host.Cancel.IsCancellationRequested;
            if (_sinceLook == null || !_once && !drains && _sinceLook.Elapsed > LookAgain)
            {
                Look();
                _sinceLook = Stopwatch.StartNew();
            }

            bool goes =
                !_abort.IsCancellationRequested
                && (drains || _once ? _bays.Any(b => b.Thread.IsAlive && (!drains || b.Bay.IsBusy)) : true);
            if (goes)
            {
                WaitHandle.WaitAny([_abort.WaitHandle], Turn);
            }

            return goes;
        }

        private void Look()
        {
            IEnumerable<string> there = _named.Count > 0 ? _named : _host.PortNames();
            List<string> names = [.. there.Select(name => _host.LastingName(name) ?? name).Distinct()];
            lock (_lock)
            {
                // Of a port that is not there any more the bay goes too, unless it has something to say.
                if (_named.Count == 0 && !_once)
                {
                    _bays.RemoveAll(b => !b.Thread.IsAlive);
                    _bays.ForEach(b => b.Bay.IsWanted = names.Contains(b.Bay.Port));
                }

                foreach (string name in names.Where(name => _bays.All(b => b.Bay.Port != name)))
                {
                    DockBay bay = _make(name);
                    var thread = new Thread(() => bay.Serve(_host.Cancel, _abort)) { IsBackground = true, Name = name };
                    _bays.Add((bay, thread));
                    thread.Start();
                }
            }
        }
    }
}
