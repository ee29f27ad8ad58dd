// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Recorder
{
    /// <summary>
    /// How each situation is shown. Agencies and countries disagree about lights and tones, so this is a table and nothing else. A
    /// pattern is a row of durations in milliseconds, on and off in turn, beginning with on; a state's pattern repeats, an answer's and
    /// a warning's plays once. A state's pattern of one duration is on for good.
    /// </summary>
    public sealed class IndicationProfile
    {
        /// <summary>Indicators of a board.</summary>
        public const int Indicators = 4;

        /// <summary>Rows of a profile.</summary>
        public const int Situations = 20;

        private static readonly int[] Solid = { 1000 };
        private static readonly int[] OneShort = { 100 };
        private static readonly int[] OneLong = { 400 };
        private static readonly int[] TwoLong = { 250, 250, 250 };
        private static readonly int[] ThreeLong = { 250, 150, 250, 150, 250 };
        private static readonly int[] FourQuick = { 80, 120, 80, 120, 80, 120, 80 };
        private static readonly int[] FiveQuick = { 80, 120, 80, 120, 80, 120, 80, 120, 80 };
        private static readonly int[] OneVeryLong = { 800 };
        private static readonly int[] Fading = { 700, 300, 400, 300, 100 };
        private static readonly int[] Ticks = { 100, 500, 100, 500, 100, 500, 100, 500, 100 };
        private static readonly int[] Dark = { 0, 1800 };
        private static readonly int[] BlinkSlowly = { 200, 1800 };
        private static readonly int[] Blink = { 500, 500 };
        private static readonly int[] BlinkFast = { 250, 250 };
        private static readonly int[] BlinkVeryFast = { 125, 125 };
        private static readonly int[] BlinkOpposite = { 0, 500, 500, 0 };
        private static readonly int[] BlinkTwice = { 100, 150, 100, 1650 };
        private static readonly int[] ThreeEvery20s = { 150, 150, 150, 150, 150, 19250 };
        private static readonly int[] ShortAndLong = { 100, 200, 600 };
        private static readonly int[] OneEvery20s = { 400, 19600 };

        /// <summary>
        /// Blinking green ready, twice in turn while the slots of a new card are made, blinking red recording, solid red starting, both
        /// recovering, red and green in turn cannot record, both blinking at once recording and deaf to presses, red ever shorter switching
        /// off; the answers and warnings felt and heard.
        /// </summary>
        public static readonly IndicationProfile Standard = new IndicationProfile(true, true);

        /// <summary>No light and no tone; what the standard profile lets the officer feel stays.</summary>
        public static readonly IndicationProfile Covert = new IndicationProfile(false, false);

        private readonly int[][] _patterns = new int[Situations * Indicators][];
        private readonly int[] _everyMs = new int[Situations];

        private IndicationProfile(bool lights, bool tones)
        {
            Row(Situation.Booting, Solid, null, null, null, 0);
            Row(Situation.Recovering, Solid, Solid, null, null, 0);
            Row(Situation.Buffering, null, BlinkSlowly, null, null, 0);
            Row(Situation.Recording, Blink, null, null, null, 0);
            Row(Situation.RecordingBlind, BlinkVeryFast, null, OneEvery20s, null, 0);
            Row(Situation.Closing, BlinkTwice, null, null, null, 0);
            Row(Situation.CardFull, BlinkFast, null, null, ThreeEvery20s, 0);
            Row(Situation.Fault, Blink, BlinkOpposite, null, null, 0);
            Row(Situation.Preparing, null, BlinkTwice, null, null, 0);
            Row(Situation.RecordingDeaf, Blink, Blink, OneEvery20s, null, 0);
            Row(Situation.Started, null, null, OneLong, OneShort, 0);
            Row(Situation.Stopped, null, null, ThreeLong, TwoLong, 0);
            Row(Situation.Marked, null, null, OneShort, OneShort, 0);
            Row(Situation.Refused, null, null, FourQuick, OneVeryLong, 0);
            Row(Situation.Goodbye, Fading, Dark, Fading, Fading, 0);
            Row(Situation.HeldOn, Ticks, null, Ticks, null, 0);
            Row(Situation.BatteryLow, null, null, FourQuick, FourQuick, 20000);
            Row(Situation.ClockUnset, null, null, FiveQuick, FiveQuick, 20000);
            Row(Situation.LogFailing, ShortAndLong, ShortAndLong, ShortAndLong, ShortAndLong, 60000);
            Row(Situation.Reminder, null, null, TwoLong, TwoLong, 120000);
            if (!lights)
            {
                Silence(Indicator.Red);
                Silence(Indicator.Green);
            }

            if (!tones)
            {
                Silence(Indicator.Tone);
            }
        }

        /// <summary>
        /// The pattern of an indicator in a situation, or null: off in a state, as the state has it in an answer or warning.
        /// </summary>
        public int[] Pattern(Situation situation, Indicator indicator)
        {
            return _patterns[(int)situation * Indicators + (int)indicator];
        }

        /// <summary>How often a warning repeats, milliseconds; 0 for what does not.</summary>
        public int EveryMs(Situation situation)
        {
            return _everyMs[(int)situation];
        }

        private void Row(Situation situation, int[] red, int[] green, int[] vibration, int[] tone, int everyMs)
        {
            int at = (int)situation * Indicators;
            _patterns[at + (int)Indicator.Red] = red;
            _patterns[at + (int)Indicator.Green] = green;
            _patterns[at + (int)Indicator.Vibration] = vibration;
            _patterns[at + (int)Indicator.Tone] = tone;
            _everyMs[(int)situation] = everyMs;
        }

        private void Silence(Indicator indicator)
        {
            for (int i = (int)indicator; i < _patterns.Length; i += Indicators)
            {
                _patterns[i] = null;
            }
        }
    }
}
