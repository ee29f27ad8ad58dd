// SPDX-License-Identifier: MIT

using System;
using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Recorder
{
    /// <summary>
    /// The latest presses as the fingers made them, beside what each was taken to mean: a dispute over a missing recording is
    /// settled by this. When it is full the oldest press makes room and is counted.
    /// </summary>
    public sealed class PressLog : IPresses
    {
        /// <summary>Presses kept unless told otherwise: ample for a recording, 1.5 KB.</summary>
        public const int DefaultCapacity = 64;

        // A second press that makes two of one begins half a second after the first ended at the latest (GestureDecoder.DoubleUs).
        private const int SettledMs = 600;

        // A button that is stuck must not keep the presses after it waiting.
        private const int StuckMs = 60000;

        /// <summary>Duration of a press that has not ended.</summary>
        public const int StillDown = -1;

        private readonly byte[] _button;
        private readonly long[] _downMs;
        private readonly int[] _durationMs;
        private readonly byte[] _meaning;
        private int _oldest;
        private int _next;
        private int _unentered;

        /// <summary>An empty log.</summary>
        /// <param name="capacity">Presses kept.</param>
        public PressLog(int capacity)
        {
            if (capacity < 1)
            {
                throw new ArgumentOutOfRangeException("capacity");
            }

            _button = new byte[capacity];
            _downMs = new long[capacity];
            _durationMs = new int[capacity];
            _meaning = new byte[capacity];
        }

        /// <summary>Presses held.</summary>
        public int Count
        {
            get { return _next - _oldest; }
        }

        /// <summary>Presses that made room for later ones since <see cref="Restart"/>.</summary>
        public int Lost { get; private set; }

        /// <summary>Drops presses that began before a time: the log of a recording begins with the press that started it.</summary>
        /// <param name="fromMs">Monotonic milliseconds.</param>
        public void Restart(long fromMs)
        {
            while (_oldest != _next && _downMs[_oldest % _downMs.Length] < fromMs)
            {
                _oldest++;
            }

            Lost = 0;
        }

        /// <summary>A button went down.</summary>
        /// <returns>The press's number, for <see cref="Up"/> and <see cref="Mean"/>.</returns>
        public int Down(Button button, long atMs)
        {
            if (Count == _downMs.Length)
            {
                _oldest++;
                Lost++;
            }

            int slot = _next % _downMs.Length;
            _button[slot] = (byte)button;
            _downMs[slot] = atMs;
            _durationMs[slot] = StillDown;
            _meaning[slot] = (byte)PressMeaning.None;
            return _next++;
        }

        /// <summary>The button of a press went up. Nothing happens when the press has made room already.</summary>
        public void Up(int press, int durationMs)
        {
            if (press >= _oldest && press < _next)
            {
                _durationMs[press % _downMs.Length] = durationMs;
            }
        }

        /// <summary>A press began earlier than was said. Nothing happens when it has made room already.</summary>
        /// <param name="press">The press's number.</param>
        /// <param name="earlierMs">Milliseconds.</param>
        public void Shift(int press, int earlierMs)
        {
            if (press >= _oldest && press < _next)
            {
                _downMs[press % _downMs.Length] -= earlierMs;
            }
        }

        /// <summary>States what a press was taken for. Nothing happens when the press has made room already.</summary>
        public void Mean(int press, PressMeaning meaning)
        {
            if (press >= _oldest && press < _next)
            {
                _meaning[press % _downMs.Length] = (byte)meaning;
            }
        }

        /// <summary>Whether there are presses that <see cref="TryEnter"/> has not given.</summary>
        public bool HasUnentered
        {
            get { return _unentered != _next; }
        }

        /// <summary>The press that <see cref="TryEnter"/> gave: its button.</summary>
        public Button EnteredButton { get; private set; }

        /// <summary>When it began, monotonic milliseconds.</summary>
        public long EnteredDownMs { get; private set; }

        /// <summary>How long it lasted, milliseconds, or <see cref="StillDown"/>.</summary>
        public int EnteredDurationMs { get; private set; }

        /// <summary>What it was taken for.</summary>
        public PressMeaning EnteredMeaning { get; private set; }

        /// <summary>
        /// Gives each press once, in order, when it is over and what it means is decided, whether or not a recording has dropped it: for
        /// the audit log.
        /// </summary>
        /// <param name="nowMs">Monotonic milliseconds.</param>
        public bool TryEnter(long nowMs)
        {
            if (_next - _unentered > _downMs.Length)
            {
                _unentered = _next - _downMs.Length;
            }

            if (_unentered == _next)
            {
                return false;
            }

            int slot = _unentered % _downMs.Length;
            long untilMs =
                _durationMs[slot] == StillDown ? _downMs[slot] + StuckMs
                : _meaning[slot] != (byte)PressMeaning.None ? 0
                : _downMs[slot] + _durationMs[slot] + SettledMs;
            if (nowMs < untilMs)
            {
                return false;
            }

            EnteredButton = (Button)_button[slot];
            EnteredDownMs = _downMs[slot];
            EnteredDurationMs = _durationMs[slot];
            EnteredMeaning = (PressMeaning)_meaning[slot];
            _unentered++;
            return true;
        }

        /// <summary>The button of a press, 0 the oldest held.</summary>
        public Button ButtonAt(int index)
        {
            return (Button)_button[Slot(index)];
        }

        /// <summary>When a press began, monotonic milliseconds.</summary>
        public long DownMsAt(int index)
        {
            return _downMs[Slot(index)];
        }

        /// <summary>How long a press lasted, milliseconds, or <see cref="StillDown"/>.</summary>
        public int DurationMsAt(int index)
        {
            return _durationMs[Slot(index)];
        }

        /// <inheritdoc/>
        public PressMeaning MeaningAt(int index)
        {
            return (PressMeaning)_meaning[Slot(index)];
        }

        private int Slot(int index)
        {
            if (index < 0 || index >= Count)
            {
                throw new ArgumentOutOfRangeException("index");
            }

            return (_oldest + index) % _downMs.Length;
        }
    }
}
