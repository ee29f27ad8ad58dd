// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Lapel.Hal;
using Lapel.VirtualCamera;
using Lapel.VirtualCamera.Scripts;

namespace Lapel.Cli
{
    /// <summary>Handles the camera by the keys of a terminal, which tells of strokes but not of how long a key is down.</summary>
    internal sealed class KeyboardPresses
    {
        /// <summary>The keys, for the line of help.</summary>
        public const string Help = "r tap record   d double press   h hold 3 s   e event   c card out/in   x cut the power/boot   q quit";

        private const long IdleUs = 50_000;

        private readonly ICameraEngine _engine;
        private readonly IPacer _pacer;
        private readonly Func<char?> _key;
        private readonly Action _tick;
        private readonly Action<string> _struck;
        private readonly Queue<(Button Button, IReadOnlyList<GesturePart> Parts)> _gestures = new();
        private bool _powered = true;
        private bool _cardIn = true;
        private bool _quit;

        /// <summary>Creates the hands.</summary>
        /// <param name="engine">The camera.</param>
        /// <param name="pacer">How fast time passes.</param>
        /// <param name="key">The next key stroke; null when there is none.</param>
        /// <param name="tick">Called while time passes.</param>
        /// <param name="struck">Is told what a key does; null when nobody looks.</param>
        public KeyboardPresses(ICameraEngine engine, IPacer pacer, Func<char?> key, Action tick, Action<string>? struck = null)
        {
            _struck = struck ?? (_ => { });
            _engine = engine;
            _pacer = pacer;
            _key = key;
            _tick = tick;
        }

        /// <summary>Runs the camera until the key to quit, or until it is cancelled.</summary>
        public void Run(CancellationToken cancel)
        {
            try
            {
                while (!_quit)
                {
                    if (_gestures.TryDequeue(out (Button Button, IReadOnlyList<GesturePart> Parts) gesture))
                    {
                        Play(gesture.Button, gesture.Parts, cancel);
                    }
                    else
                    {
                        _pacer.Run(_engine, _engine.NowUs + IdleUs, Tick, cancel);
                    }
                }
            }
            catch (OperationCanceledException)
            {
                // Ctrl-C and the key to quit are one.
            }
        }

        /// <summary>Plays a gesture to its end, unless the power or the program goes before that.</summary>
        private void Play(Button button, IReadOnlyList<GesturePart> parts, CancellationToken cancel)
        {
            bool powered = _powered;
            long end = _engine.NowUs + parts.Sum(part => part.DurationUs);
            _engine.Play(button, parts);
            while (_engine.NowUs < end && !_quit && powered == _powered)
            {
                _pacer.Run(_engine, end, Tick, cancel);
            }

            if (_quit || powered != _powered)
            {
                _engine.Release(button);
            }
        }

        private bool Tick()
        {
            _tick();
            return _key() is { } key && Handle(key);
        }

        /// <summary>Carries out a key stroke; true when what is under way ends with it.</summary>
        private bool Handle(char key)
        {
            switch (key)
            {
                case 'r':
                    _struck("record tapped");
                    _gestures.Enqueue((Button.Record, Gestures.Tap));
                    return false;
                case 'd':
                    _struck("record pressed twice");
                    _gestures.Enqueue((Button.Record, Gestures.Double));
                    return false;
                case 'h':
                    _struck("record held for 3 s");
                    _gestures.Enqueue((Button.Record, Gestures.Hold(Gestures.StopHoldUs)));
                    return false;
                case 'e':
                    _struck("event pressed");
                    _gestures.Enqueue((Button.Event, Gestures.Tap));
                    return false;
                case 'c':
                    _cardIn = !_cardIn;
                    _struck(_cardIn ? "card put in" : "card pulled out");
                    if (_cardIn)
                    {
                        _engine.InsertCard();
                    }
                    else
                    {
                        _engine.PullCard();
                    }

                    return false;
                case 'x':
                    _powered = !_powered;
                    _struck(_powered ? "power on" : "power cut");
                    _gestures.Clear();
                    if (_powered)
                    {
                        _engine.Boot();
                    }
                    else
                    {
                        _engine.CutPower();
                    }

                    return true;
                case 'q':
                    _quit = true;
                    return true;
                default:
                    _struck($"{(char.IsControl(key) ? "that key" : key.ToString())} does nothing");
                    return false;
            }
        }
    }
}
