// SPDX-License-Identifier: MIT

using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Lapel.Cli;
using Lapel.Hal.Virtual;
using Lapel.VirtualCamera;

namespace Lapel.Link.Tests
{
    /// <summary>
    /// A whole virtual camera in real time at a pseudo terminal whose cable can be pulled: the terminal is gone then, and comes back under
    /// whatever name is free. It runs on a thread of its own.
    /// </summary>
    internal sealed class TerminalCamera : IDisposable
    {
        /// <summary>What the camera may fall behind the clock on the wall before it stays behind.</summary>
        private const long MostLagUs = 50_000;

        private readonly ConcurrentQueue<Action> _acts = new();
        private readonly ManualResetEventSlim _ready = new();
        private readonly CancellationTokenSource _ends = new();
        private readonly Task _thread;
        private long _unplugAt = long.MaxValue,
            _plugAt = long.MaxValue,
            _unpluggedAt;
        private TimeSpan _out;

        /// <param name="make">Makes the camera, and records what it is to have, in virtual time.</param>
        public TerminalCamera(Func<CameraBench> make)
        {
            _thread = Task.Factory.StartNew(() => Run(make), TaskCreationOptions.LongRunning);
            while (!_ready.Wait(50))
            {
                if (_thread.IsCompleted)
                {
                    _thread.GetAwaiter().GetResult();
                }
            }
        }

        public CameraBench Bench { get; private set; } = null!;

        /// <summary>Its name now; null while the cable is out.</summary>
        public volatile string? Path;

        /// <summary>Times that the cable was pulled.</summary>
        public volatile int Unplugs;

        /// <summary>Called when it was pulled, on the camera's thread.</summary>
        public Action? OnUnplugged { get; set; }

        /// <summary>Since the cable was pulled last.</summary>
        public TimeSpan SinceUnplugged => Stopwatch.GetElapsedTime(Interlocked.Read(ref _unpluggedAt));

        /// <summary>Bytes that passed, both ways.</summary>
        public long Passed => Do(() => Bench.Camera.Line.BytesToHost + Bench.Camera.Line.BytesToDevice);

        /// <summary>Does something with the camera on its thread.</summary>
        public T Do<T>(Func<T> act)
        {
            var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
            _acts.Enqueue(() =>
            {
                try
                {
                    done.SetResult(act());
                }
                catch (Exception error)
                {
                    done.SetException(error);
                }
            });
            Task.WaitAny(done.Task, _thread);
            return done.Task.IsCompleted ? done.Task.GetAwaiter().GetResult() : throw new InvalidOperationException("the camera ended");
        }

        public void Do(Action act) =>
            Do(() =>
            {
                act();
                return true;
            });

        /// <summary>The cable comes out after so many bytes more, for a time.</summary>
        public void UnplugAfter(long bytes, TimeSpan outFor) => Do(() => Plan(bytes, outFor));

        /// <summary>The same, on the camera's own thread.</summary>
        public void Plan(long bytes, TimeSpan outFor)
        {
            _out = outFor;
            _unplugAt = Bench.Camera.Line.BytesToHost + Bench.Camera.Line.BytesToDevice + bytes;
        }

        /// <summary>Puts it in again, and plans nothing.</summary>
        public void Plug() =>
            Do(() =>
            {
                (_unplugAt, _plugAt) = (long.MaxValue, long.MaxValue);
                Bench.Camera.Line.Plug();
            });

        public void Dispose()
        {
            _ends.Cancel();
            _thread.GetAwaiter().GetResult();
        }

        private void Run(Func<CameraBench> make)
        {
            using CameraBench bench = Bench = make();
            bench.Camera.Line.Receive();
            using var terminal = new TerminalLine(bench.Camera.Line, paced: true);
            using VirtualPorts? link = VirtualPorts.Announce(terminal.Path!);
            Path = terminal.Path;
            terminal.Moved = path =>
            {
                link?.Move(path);
                Path = path;
            };
            _ready.Set();
            long from = bench.Camera.NowUs,
                start = Stopwatch.GetTimestamp();
            while (!_ends.IsCancellationRequested)
            {
                while (_acts.TryDequeue(out Action? act))
                {
                    act();
                }

                long wall = from + (long)Stopwatch.GetElapsedTime(start).TotalMicroseconds;
                if (wall - bench.Camera.NowUs > MostLagUs)
                {
                    from -= wall - bench.Camera.NowUs - MostLagUs;
                }

                if (bench.Camera.NowUs < wall)
                {
                    bench.Camera.Step();
                }
                else
                {
                    Thread.Sleep(1);
                }

                Pull(bench);
                terminal.Pump();
            }
        }

        private void Pull(CameraBench bench)
        {
            VirtualCable line = bench.Camera.Line;
            if (line.IsPlugged && line.BytesToHost + line.BytesToDevice >= _unplugAt)
            {
                _unplugAt = long.MaxValue;
                line.Unplug();
                Interlocked.Exchange(ref _unpluggedAt, Stopwatch.GetTimestamp());
                Unplugs++;
                _plugAt =
                    _out == Timeout.InfiniteTimeSpan
                        ? long.MaxValue
                        : Stopwatch.GetTimestamp() + (long)(_out.TotalSeconds * Stopwatch.Frequency);
                OnUnplugged?.Invoke();
            }
            else if (!line.IsPlugged && Stopwatch.GetTimestamp() >= _plugAt)
            {
                _plugAt = long.MaxValue;
                line.Plug();
            }
        }
    }
}
