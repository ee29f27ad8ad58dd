// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Recorder
{
    /// <summary>
    /// Plays a profile: one state always, over it one answer or warning at a time. An answer begins at once and cuts short what is
    /// playing: the officer waits for it. A warning waits until nothing plays.
    /// </summary>
    public sealed class Indications
    {
        // Pause after an answer or warning, so that two of them are told apart.
        private const int PauseMs = 500;

        private const int FirstState = (int)Situation.Booting;
        private const int FirstAnswer = (int)Situation.Started;
        private const int FirstWarning = (int)Situation.BatteryLow;
        private const int Warnings = IndicationProfile.Situations - FirstWarning;
        private const byte Unknown = 2;

        private readonly IIndicators _indicators;
        private readonly byte[] _shown = new byte[IndicationProfile.Indicators];
        private readonly bool[] _warn = new bool[Warnings];
        private readonly bool[] _warnFresh = new bool[Warnings];
        private readonly long[] _warnDueMs = new long[Warnings];
        private IndicationProfile _profile;
        private Situation _state = Situation.Booting;
        private bool _stateFresh = true;
        private long _stateSinceMs;
        private Situation _over;
        private bool _playing;
        private bool _playFresh;
        private long _playSinceMs;
        private long _playEndMs;
        private long _nextMs;

        // What At found besides the level: when it changes.
        private long _changeMs;

        /// <summary>Shows Booting from the first step on.</summary>
        public Indications(IIndicators indicators, IndicationProfile profile)
        {
            _indicators = indicators;
            _profile = profile;
            Mistrust();
        }

        /// <summary>The profile; setting another one takes effect with the next step.</summary>
        public IndicationProfile Profile
        {
            get { return _profile; }
            set
            {
                _profile = value;
                _nextMs = 0;
            }
        }

        /// <summary>When <see cref="Step"/> has something to do, monotonic milliseconds.</summary>
        public long NextDueMs
        {
            get { return _nextMs; }
        }

        /// <summary>It is not known what is lit: everything is switched anew with the next step.</summary>
        public void Mistrust()
        {
            for (int i = 0; i < _shown.Length; i++)
            {
                _shown[i] = Unknown;
            }

            _nextMs = 0;
        }

        /// <summary>Shows a state, Booting to RecordingDeaf. Showing the one that is shown changes nothing.</summary>
        public void Show(Situation state)
        {
            if ((int)state < FirstState || (int)state >= FirstAnswer)
            {
                throw new ArgumentOutOfRangeException("state");
            }

            if (state == _state)
            {
                return;
            }

            bool recorded = IsRecording(_state);
            _state = state;
            _stateFresh = true;
            _nextMs = 0;
            if (recorded != IsRecording(state))
            {
                Warn(Situation.Reminder, !recorded);
            }
        }

        /// <summary>Plays an answer, Started to HeldOn, once and at once.</summary>
        public void Answer(Situation answer)
        {
            if ((int)answer < FirstAnswer || (int)answer >= FirstWarning)
            {
                throw new ArgumentOutOfRangeException("answer");
            }

            Play(answer);
        }

        /// <summary>
        /// Begins or ends a warning. It plays at once and then as often as the profile says; the reminder, which recording begins and
        /// ends by itself, plays for the first time after its interval.
        /// </summary>
        public void Warn(Situation warning, bool on)
        {
            int index = (int)warning - FirstWarning;
            if (index < 0 || index >= Warnings)
            {
                throw new ArgumentOutOfRangeException("warning");
            }

            if (_warn[index] != on)
            {
                _warn[index] = on;
                _warnFresh[index] = on;
                _nextMs = 0;
            }
        }

        /// <summary>Switches what has to be switched.</summary>
        /// <param name="nowMs">Monotonic time, milliseconds.</param>
        /// <returns>When to step again, monotonic milliseconds.</returns>
        public long Step(long nowMs)
        {
            if (nowMs < _nextMs)
            {
                return _nextMs;
            }

            if (_stateFresh)
            {
                _stateFresh = false;
                _stateSinceMs = nowMs;
            }

            long next = StepWarnings(nowMs);
            if (_playing)
            {
                if (_playFresh)
                {
                    _playFresh = false;
                    _playSinceMs = nowMs;
                    _playEndMs = nowMs + LongestMs(_over);
                }

                if (nowMs >= _playEndMs + PauseMs)
                {
                    _playing = false;
                }
                else
                {
                    next = Earlier(next, nowMs < _playEndMs ? _playEndMs : _playEndMs + PauseMs);
                }
            }

            for (int i = 0; i < IndicationProfile.Indicators; i++)
            {
                bool on = false;
                int[] over = _playing && nowMs < _playEndMs ? _profile.Pattern(_over, (Indicator)i) : null;
                int[] pattern = over ?? _profile.Pattern(_state, (Indicator)i);
                if (pattern != null)
                {
                    on = over != null ? Once(over, nowMs) : Repeated(pattern, nowMs);
                    next = Earlier(next, _changeMs);
                }

                byte level = on ? (byte)1 : (byte)0;
                if (_shown[i] != level)
                {
                    _shown[i] = level;
                    _indicators.Set((Indicator)i, on);
                }
            }

            _nextMs = next;
            return next;
        }

        private static bool IsRecording(Situation state)
        {
            return state == Situation.Recording || state == Situation.RecordingBlind || state == Situation.RecordingDeaf;
        }

        private static long Earlier(long a, long b)
        {
            return a < b ? a : b;
        }

        private void Play(Situation over)
        {
            _over = over;
            _playing = true;
            _playFresh = true;
            _nextMs = 0;
        }

        private long StepWarnings(long nowMs)
        {
            long next = long.MaxValue;
            for (int i = 0; i < Warnings; i++)
            {
                if (!_warn[i])
                {
                    continue;
                }

                Situation warning = (Situation)(FirstWarning + i);
                if (_warnFresh[i])
                {
                    _warnFresh[i] = false;
                    _warnDueMs[i] = warning == Situation.Reminder ? nowMs + _profile.EveryMs(warning) : nowMs;
                }

                // While something plays, the end of that is the next step.
                if (nowMs >= _warnDueMs[i] && !(_playing && (_playFresh || nowMs < _playEndMs + PauseMs)))
                {
                    _warnDueMs[i] = nowMs + _profile.EveryMs(warning);
                    Play(warning);
                }

                if (_warnDueMs[i] > nowMs)
                {
                    next = Earlier(next, _warnDueMs[i]);
                }
            }

            return next;
        }

        private long LongestMs(Situation over)
        {
            int longest = 0;
            for (int i = 0; i < IndicationProfile.Indicators; i++)
            {
                int[] pattern = _profile.Pattern(over, (Indicator)i);
                int sum = pattern == null ? 0 : SumMs(pattern);
                if (sum > longest)
                {
                    longest = sum;
                }
            }

            return longest;
        }

        private static int SumMs(int[] pattern)
        {
            int sum = 0;
            for (int i = 0; i < pattern.Length; i++)
            {
                sum += pattern[i];
            }

            return sum;
        }

        private bool Once(int[] pattern, long nowMs)
        {
            return At(pattern, _playSinceMs, nowMs);
        }

        private bool Repeated(int[] pattern, long nowMs)
        {
            if (pattern.Length == 1)
            {
                _changeMs = long.MaxValue;
                return true;
            }

            long period = SumMs(pattern);
            return At(pattern, nowMs - (nowMs - _stateSinceMs) % period, nowMs);
        }

        private bool At(int[] pattern, long sinceMs, long nowMs)
        {
            long end = sinceMs;
            for (int i = 0; i < pattern.Length; i++)
            {
                end += pattern[i];
                if (nowMs < end)
                {
                    _changeMs = end;
                    return (i & 1) == 0;
                }
            }

            _changeMs = long.MaxValue;
            return false;
        }
    }
}
