// SPDX-License-Identifier: MIT

using System;
using System.Threading;
using Lapel.Link;

namespace Lapel.Intake
{
    /// <summary>
    /// A sync that lasts through pulled cables and through recordings: connects, logs in, goes to the best rate, brings what is missing,
    /// and begins again where it stopped when the connection is lost, as long as its patience lasts without anything new having come.
    /// </summary>
    public sealed class CameraSync
    {
        private readonly IPort _port;
        private readonly IStation _station;
        private readonly SyncOptions _options;
        private readonly ISyncWatch _watch;

        /// <param name="port">Where the camera is.</param>
        /// <param name="station">Who syncs.</param>
        /// <param name="options">How.</param>
        /// <param name="watch">Is told how it gets on.</param>
        public CameraSync(IPort port, IStation station, SyncOptions options, ISyncWatch watch)
        {
            (_port, _station, _options, _watch) = (port, station, options, watch);
        }

        /// <summary>Lets time pass between two attempts while there is no line; replaced where time is virtual.</summary>
        public Action<TimeSpan>? Wait { get; init; }

        /// <summary>Asks to end when what was begun is done: it waits for nothing any more.</summary>
        public CancellationToken Drain { get; init; }

        /// <summary>Time while there is no line; replaced where time is virtual.</summary>
        public Func<TimeSpan>? Now { get; init; }

        /// <summary>
        /// Syncs. Throws <see cref="LinkException"/>, <see cref="StoreException"/>, <see cref="OperationCanceledException"/>; what was
        /// brought until then is whole.
        /// </summary>
        public SyncReport Run(CancellationToken cancel)
        {
            var report = new SyncReport();
            var session = new SyncSession(_options, _watch, report, cancel);
            TimeSpan since = Time();
            long before = 0;
            bool connected = _options.WaitsAtFirst,
                clockSet = false;
            while (true)
            {
                bool loggedIn = false;
                try
                {
                    using CameraConnection camera = CameraConnection.Open(_port, cancel: cancel);
                    connected = true;
                    if (!camera.Hello.HasKey)
                    {
                        throw new LinkException(LinkFailure.Silent, "the camera is still starting", "try again in a few seconds");
                    }

                    if (Drain.IsCancellationRequested && session.Advances == 0)
                    {
                        throw new OperationCanceledException("nothing was begun");
                    }

                    camera.Evidence.Login(_station, CameraRole.Dock);
                    loggedIn = true;
                    if (_options.SetsClock && !clockSet && camera.Hello.State is not ("recording" or "closing"))
                    {
                        SetClock(camera);
                        clockSet = true;
                    }

                    camera.Raise(_options.MostBaud);
                    session.Run(camera);
                    if (!_options.StaysLoggedIn)
                    {
                        Logout(camera);
                    }

                    return report;
                }
                catch (LinkException error)
                    when ((connected || error.Failure == LinkFailure.Unplugged) && IsPassing(error) || loggedIn && IsRoleGone(error))
                {
                    if (session.Advances != before)
                    {
                        since = Time();
                    }

                    before = session.Advances;
                    if (Time() - since >= _options.Patience || Drain.IsCancellationRequested)
                    {
                        throw;
                    }

                    _watch.Waits(IsRoleGone(error) ? "the camera has restarted" : error.Message);
                    Pause(cancel);
                }
                catch (Exception error) when (StoreException.IsDisk(error))
                {
                    throw StoreException.Of(_options.Folder, error);
                }
            }
        }

        // A clock that cannot be set is no reason to leave evidence on the camera.
        private void SetClock(CameraConnection camera)
        {
            try
            {
                _watch.ClockSet(ClockSetting.Set(camera, _options.UtcNow));
            }
            catch (LinkException error) when (error.Failure == LinkFailure.Refused)
            {
                _watch.ClockNotSet(error.Message);
            }
        }

        // Whoever has the cable next is nobody. All is brought: when the cable is out already, the camera ends the role by itself.
        private static void Logout(CameraConnection camera)
        {
            try
            {
                camera.Evidence.Logout();
            }
            catch (LinkException) { }
        }

        /// <summary>Whether the camera knows nothing of the log-in any more: it has restarted.</summary>
        private static bool IsRoleGone(LinkException error) =>
            error.Is(EvidenceGroup.Id, (int)EvidenceError.RoleNeeded) || error.Is(LinkException.SmpItself, 11);

        /// <summary>Whether waiting may help.</summary>
        private static bool IsPassing(LinkException error) =>
            error.Failure
                is LinkFailure.Unplugged
                    or LinkFailure.Silent
                    or LinkFailure.NoPort
                    or LinkFailure.PortBusy
                    or LinkFailure.Restarted
            || error.Is(EvidenceGroup.Id, (int)EvidenceError.Busy)
            || error.Is(LinkException.SmpItself, 10);

        private TimeSpan Time() => Now?.Invoke() ?? TimeSpan.FromMilliseconds(Environment.TickCount64);

        private void Pause(CancellationToken cancel)
        {
            TimeSpan pause = TimeSpan.FromMilliseconds(250);
            if (Wait != null)
            {
                Wait(pause);
            }
            else
            {
                cancel.WaitHandle.WaitOne(pause);
            }

            cancel.ThrowIfCancellationRequested();
        }
    }
}
