// SPDX-License-Identifier: MIT

namespace Lapel.App
{
    /// <summary>
    /// Which part failed how often, and how long it is left alone. In memory taken once: it works when there is none left.
    /// </summary>
    public sealed class PartFences
    {
        /// <summary>Parts, <see cref="FencedPart.Camera"/> included.</summary>
        public const int Parts = 8;

        /// <summary>The first pause of a part, microseconds; each further one is twice as long.</summary>
        public const long FirstPauseUs = 1000000;

        /// <summary>The longest pause, microseconds.</summary>
        public const long LongestPauseUs = 60000000;

        /// <summary>
        /// A part that did not fail for so long after its pause begins with the first pause again, microseconds: a shift may have a fault
        /// an hour without being any worse for it.
        /// </summary>
        public const long CalmUs = 60000000;

        // One that fails so often without being calm in between fails for longer than its first pauses.
        private const int Lasting = 3;

        private const int MostTasks = 24;

        private readonly ILoopTask[] _tasks = new ILoopTask[MostTasks];
        private readonly FencedPart[] _owners = new FencedPart[MostTasks];
        private readonly int[] _caught = new int[Parts];
        private readonly int[] _inRow = new int[Parts];
        private readonly Thrown[] _what = new Thrown[Parts];
        private readonly long[] _untilUs = new long[Parts];
        private int _owned;

        /// <summary>
        /// The part that a task which serves several is at work for; Camera: the one that owns the task. Set around the call, so that it
        /// still stands when the call throws.
        /// </summary>
        public FencedPart Doing { get; set; }

        /// <summary>What a task throws is a fault of this part. What no part owns is the camera's.</summary>
        public void Own(ILoopTask task, FencedPart part)
        {
            _tasks[_owned] = task;
            _owners[_owned++] = part;
        }

        /// <summary>Whose fault it is that a task threw.</summary>
        public FencedPart PartOf(ILoopTask task)
        {
            FencedPart doing = Doing;
            Doing = FencedPart.Camera;
            if (doing != FencedPart.Camera)
            {
                return doing;
            }

            for (int i = 0; i < _owned; i++)
            {
                if (_tasks[i] == task)
                {
                    return _owners[i];
                }
            }

            return FencedPart.Camera;
        }

        /// <summary>A part failed.</summary>
        /// <param name="part">Which.</param>
        /// <param name="what">What was thrown.</param>
        /// <param name="nowUs">Monotonic microseconds.</param>
        /// <returns>Until when it is left alone, monotonic microseconds.</returns>
        public long Catch(FencedPart part, Thrown what, long nowUs)
        {
            int at = (int)part;
            _caught[at]++;
            _what[at] = what;
            _inRow[at] = nowUs - _untilUs[at] > CalmUs ? 1 : _inRow[at] + 1;
            long pauseUs = FirstPauseUs;
            for (int i = 1; i < _inRow[at] && pauseUs < LongestPauseUs; i++)
            {
                pauseUs *= 2;
            }

            // A finger waits for the buttons, and a light that was left on says what is not so: they are tried again soon, always.
            if (pauseUs > LongestPauseUs)
            {
                pauseUs = LongestPauseUs;
            }

            if (part == FencedPart.Buttons || part == FencedPart.Lights)
            {
                pauseUs = FirstPauseUs;
            }

            _untilUs[at] = nowUs + pauseUs;
            return _untilUs[at];
        }

        /// <summary>How often a part failed since boot.</summary>
        public int Caught(FencedPart part)
        {
            return _caught[(int)part];
        }

        /// <summary>How often it failed without being calm in between.</summary>
        public int InRow(FencedPart part)
        {
            return _inRow[(int)part];
        }

        /// <summary>What it threw last.</summary>
        public Thrown What(FencedPart part)
        {
            return _what[(int)part];
        }

        /// <summary>Whether a part is left alone for now.</summary>
        public bool Rests(FencedPart part, long nowUs)
        {
            return nowUs < _untilUs[(int)part];
        }

        /// <summary>Whether a part fails again and again: a third time without being calm since.</summary>
        public bool Lasts(FencedPart part, long nowUs)
        {
            return _inRow[(int)part] >= Lasting && nowUs - _untilUs[(int)part] <= CalmUs;
        }

        /// <summary>Parts that are left alone for now.</summary>
        public int Resting(long nowUs)
        {
            int resting = 0;
            for (int i = 0; i < Parts; i++)
            {
                resting += nowUs < _untilUs[i] ? 1 : 0;
            }

            return resting;
        }

        /// <summary>
        /// Whether this count is entered in the log: the first, and each time that it has doubled. A part that fails all day fills no log.
        /// </summary>
        public static bool IsEntered(int caught)
        {
            return (caught & (caught - 1)) == 0;
        }

        /// <summary>A part in a word.</summary>
        public static string Name(FencedPart part)
        {
            switch (part)
            {
                case FencedPart.Sensor:
                    return "sensor";
                case FencedPart.Card:
                    return "card";
                case FencedPart.Log:
                    return "log";
                case FencedPart.Port:
                    return "port";
                case FencedPart.Buttons:
                    return "buttons";
                case FencedPart.Lights:
                    return "lights";
                case FencedPart.Battery:
                    return "battery";
                default:
                    return "camera";
            }
        }
    }
}
