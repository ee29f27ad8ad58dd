// SPDX-License-Identifier: MIT

using System;
using System.Threading;
using Lapel.Intake;
using Lapel.Link;

namespace Lapel.Cli
{
    /// <summary>
    /// One port of a dock, served by a thread of its own: waits for a camera, syncs it, and says when it may be taken. What goes wrong here
    /// disturbs no other bay; the next camera in this bay, or the same one again, starts anew.
    /// </summary>
    internal sealed class DockBay : ISyncWatch
    {
        private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2),
            CheckAgain = TimeSpan.FromSeconds(3);

        private readonly IPort _port;
        private readonly IStation _station;
        private readonly SyncOptions _options;
        private readonly bool _once;
        private string? _clock;
        private readonly Action<DockBay> _changed;
        private readonly Action<DockBay> _begun;
        private readonly Action<string, int> _ended;
        private CancellationTokenSource? _leaves;
        private volatile bool _isWanted = true;

        /// <param name="port">The port.</param>
        /// <param name="station">The dock's key.</param>
        /// <param name="options">How to sync.</param>
        /// <param name="once">Ends after one camera, or when there is none.</param>
        /// <param name="changed">Is told when the state changed.</param>
        /// <param name="begun">Is told when the sync of a camera begins, or goes on.</param>
        /// <param name="ended">Is told which camera's sync ended and how; the port's name when there was no camera.</param>
        public DockBay(
            IPort port,
            IStation station,
            SyncOptions options,
            bool once,
            Action<DockBay> changed,
            Action<DockBay> begun,
            Action<string, int> ended
        )
        {
            (_port, _station, _options, _once) = (port, station, options, once);
            (_changed, _begun, _ended) = (changed, begun, ended);
        }

        /// <summary>Name of the port.</summary>
        public string Port => _port.Name;

        /// <summary>The camera's id; empty without one.</summary>
        public string Device { get; private set; } = "";

        /// <summary>Unit of the camera.</summary>
        public string Unit { get; private set; } = "";

        /// <summary>empty, syncing, waiting, done, or failed.</summary>
        public string State { get; private set; } = "empty";

        /// <summary>More about the state.</summary>
        public string Detail { get; private set; } = "";

        /// <summary>Bytes done and in all of the sync under way.</summary>
        public (long Done, long Total) Progress { get; private set; }

        /// <summary>Whether there is a use for this bay: its port is there. Without one it ends when it has nothing under way.</summary>
        public bool IsWanted
        {
            get => _isWanted;
            set => _isWanted = value;
        }

        /// <summary>Whether nothing is lost when the camera is taken now, and all of it is here.</summary>
        public bool MayBeUnplugged => State == "done";

        /// <summary>Whether something was begun and is not done.</summary>
        public bool IsBusy => State is "syncing" or "waiting";

        /// <summary>The camera that is waited for here came back in another bay: this one is empty.</summary>
        public void LeaveToAnother()
        {
            if (State == "waiting")
            {
                try
                {
                    _leaves?.Cancel();
                }
                catch (ObjectDisposedException)
                {
                    // The wait ended by itself in this moment.
                }
            }
        }

        /// <summary>Serves the port.</summary>
        /// <param name="drain">Asks to end when what was begun is done.</param>
        /// <param name="abort">Asks to end at once.</param>
        public void Serve(CancellationToken drain, CancellationToken abort)
        {
            try
            {
                do
                {
                    Once(drain, abort);
                } while (!_once && IsWanted && !drain.IsCancellationRequested);
            }
            catch (OperationCanceledException)
            {
                Set(State == "done" ? "done" : "stopped", Detail);
            }
        }

        private void Once(CancellationToken drain, CancellationToken abort)
        {
            try
            {
                using var leaves = CancellationTokenSource.CreateLinkedTokenSource(abort);
                _leaves = leaves;
                SyncReport report = new CameraSync(_port, _station, _options, this) { Drain = drain }.Run(leaves.Token);
                bool good = report.IsGood;
                _ended(Device, good ? ExitCode.Ok : ExitCode.NotVerified);
                Set(
                    good ? "done" : "failed",
                    (good ? "may be unplugged; " : "")
                        + $"{report.Brought} brought, {report.Already} before, {report.Released} released"
                        + (good ? "" : $", {report.Refused + report.NotReleased} refused")
                        + (_clock == null ? "" : $"; {_clock}")
                );
                if (!_once)
                {
                    UntilTaken(drain);
                }
            }
            catch (OperationCanceledException) when (!abort.IsCancellationRequested)
            {
                (Device, Unit, _clock) = ("", "", null);
                Set("empty", "");
            }
            catch (LinkException error) when (error.Failure is LinkFailure.NoPort or LinkFailure.Silent && Device.Length == 0)
            {
                Set("empty", _once ? error.Message : "");
                if (_once)
                {
                    _ended(Port, ExitCode.Trouble);
                }

                Pause(LookAgain, drain);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // Whatever it is, the other bays go on. A port with something else than a camera is no failure of the dock's.
                if (_once || Device.Length > 0)
                {
                    _ended(Device.Length > 0 ? Device : Port, ExitCode.Trouble);
                }

                Set("failed", error.Message);
                Pause(LookAgain, drain);
                (Device, Unit, _clock) = ("", "", null);
            }
        }

        /// <summary>Looks now and then whether the camera is still there, or has something new.</summary>
        private void UntilTaken(CancellationToken drain)
        {
            while (true)
            {
                Pause(CheckAgain, drain);
                if (drain.IsCancellationRequested)
                {
                    return;
                }

                if (!IsWanted)
                {
                    break;
                }

                try
                {
                    using CameraConnection camera = CameraConnection.Open(_port, everyRate: false, drain);
                    if (camera.Hello.IdText != Device || camera.Hello.State is "recording" or "closing")
                    {
                        break;
                    }
                }
                catch (LinkException)
                {
                    break;
                }
            }
            (Device, Unit, _clock) = ("", "", null);
            Set("empty", "");
        }

        private void Pause(TimeSpan time, CancellationToken drain)
        {
            if (!_once)
            {
                drain.WaitHandle.WaitOne(time);
            }
        }

        private void Set(string state, string detail)
        {
            (State, Detail) = (state, detail);
            _changed(this);
        }

        void ISyncWatch.Begin(Hello hello, int segments, long bytes, int stored)
        {
            (Device, Unit) = (hello.IdText, hello.Unit);
            Progress = (0, bytes);
            _begun(this);
            Set("syncing", $"{segments} segments, {bytes / 1e6:0.0} MB");
        }

        void ISyncWatch.Bytes(long done, long total) => Progress = (done, total);

        void ISyncWatch.Stored(SlotEntry entry, string path) { }

        void ISyncWatch.Refused(SlotEntry entry, string why, string path) =>
            Set("syncing", $"recording {entry.Recording} segment {entry.Segment}: {why}");

        void ISyncWatch.Released(SlotEntry entry) { }

        void ISyncWatch.ClockSet(ClockSetting set) => _clock = ClockText.Notice(set);

        void ISyncWatch.ClockNotSet(string why) => _clock = "the clock was not set: " + why;

        void ISyncWatch.Waits(string why) => Set("waiting", why);
    }
}
