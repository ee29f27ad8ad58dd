// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>How long operations took, in classes that matter to a recording: pictures come every 66 to 1,000 ms.</summary>
    public sealed class LatencyHistogram
    {
        // Upper bounds, milliseconds; the last class has none.
        private static readonly int[] Bounds = { 10, 20, 50, 100, 250, 500 };

        private readonly int[] _counts = new int[Bounds.Length + 1];

        /// <summary>Longest, microseconds.</summary>
        public long SlowestUs { get; private set; }

        /// <summary>Sum, microseconds.</summary>
        public long TotalUs { get; private set; }

        /// <summary>Adds one.</summary>
        public void Add(long us)
        {
            int place = 0;
            while (place < Bounds.Length && us >= Bounds[place] * 1000L)
            {
                place++;
            }

            _counts[place]++;
            TotalUs += us;
            if (us > SlowestUs)
            {
                SlowestUs = us;
            }
        }

        /// <summary>The classes that are not empty: under 50 ms 14, under 100 ms 2.</summary>
        public override string ToString()
        {
            string text = "";
            for (int i = 0; i < _counts.Length; i++)
            {
                if (_counts[i] == 0)
                {
                    continue;
                }

                if (text.Length > 0)
                {
                    text += ", ";
                }

                text += (i < Bounds.Length ? "under " + Bounds[i].ToString() : "500 and more") + " ms: " + _counts[i].ToString();
            }

            return text;
        }
    }
}
