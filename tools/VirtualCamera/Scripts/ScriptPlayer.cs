// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;

namespace Lapel.VirtualCamera.Scripts
{
    /// <summary>Plays a script on a camera.</summary>
    public sealed class ScriptPlayer
    {
        private readonly ICameraEngine _engine;
        private readonly IPacer _pacer;
        private readonly Func<bool> _tick;
        private readonly Action<ScriptCommand> _begins;

        /// <summary>Creates a player.</summary>
        /// <param name="engine">The camera.</param>
        /// <param name="pacer">How fast time passes.</param>
        /// <param name="begins">Told of each command before it is carried out.</param>
        /// <param name="tick">Called while time passes.</param>
        public ScriptPlayer(ICameraEngine engine, IPacer pacer, Action<ScriptCommand> begins, Action tick)
        {
            _engine = engine;
            _pacer = pacer;
            _begins = begins;
            _tick = () =>
            {
                tick();
                return false;
            };
        }

        /// <summary>Plays all commands, or up to quit.</summary>
        /// <returns>Null when every expectation held, otherwise the first that did not: line, what was expected, what was found.</returns>
        /// <exception cref="OperationCanceledException">It was cancelled.</exception>
        public string? Play(IReadOnlyList<ScriptCommand> script, CancellationToken cancel)
        {
            foreach (ScriptCommand command in script)
            {
                cancel.ThrowIfCancellationRequested();
                _begins(command);
                switch (command)
                {
                    case QuitCommand:
                        return null;
                    case WaitCommand wait:
                        Run(wait.DurationUs, cancel);
                        break;
                    case GestureCommand gesture:
                        Play(gesture, cancel);
                        break;
                    case ActCommand act:
                        act.Act(_engine);
                        break;
                    case ExpectCommand expect:
                        CameraStatus status = _engine.Status;
                        if (!expect.Holds(status))
                        {
                            return Failure(expect, status);
                        }

                        break;
                    default:
                        throw new InvalidOperationException($"no way to play a {command.GetType().Name}");
                }
            }
            return null;
        }

        private void Play(GestureCommand command, CancellationToken cancel)
        {
            _engine.Play(command.Button, command.Gesture);
            Run(command.Gesture.Sum(part => part.DurationUs), cancel);
        }

        private void Run(long durationUs, CancellationToken cancel)
        {
            _pacer.Run(_engine, _engine.NowUs + durationUs, _tick, cancel);
        }

        private static string Failure(ExpectCommand expect, CameraStatus status)
        {
            double seconds = status.NowUs / 1_000_000.0;
            return string.Create(
                CultureInfo.InvariantCulture,
                $"line {expect.Line}: '{expect.Text}' does not hold at {seconds:F3} s: {expect.Found(status)}"
            );
        }
    }
}
