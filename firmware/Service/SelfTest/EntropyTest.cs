// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>
    /// The source of randomness: the two health tests of SP 800-90B, 4.4, for 4 bits of entropy a byte and one false alarm in a million.
    /// </summary>
    public sealed class EntropyTest : SelfTestItem
    {
        /// <summary>Bytes drawn: one window of the adaptive proportion test.</summary>
        public const int Window = 512;

        // 4.4.1: 1 + 20 / 4.
        private const int RepetitionCutoff = 6;

        // 4.4.2: 1 + the critical value of the binomial distribution of 512 trials at 1/16, at 1 - 2^-20.
        private const int ProportionCutoff = 62;

        /// <summary>The test.</summary>
        public EntropyTest()
            : base("entropy") { }

        /// <inheritdoc/>
        public override void Step(IServiceCamera camera, long nowUs)
        {
            byte[] drawn = new byte[Window];
            camera.Board.Entropy.Fill(drawn);
            int run = 1;
            int longest = 1;
            int same = 1;
            for (int i = 1; i < Window; i++)
            {
                run = drawn[i] == drawn[i - 1] ? run + 1 : 1;
                if (run > longest)
                {
                    longest = run;
                }

                // 4.4.2 counts the first value of the window: the bytes are not chosen, so it is as good as any.
                if (drawn[i] == drawn[0])
                {
                    same++;
                }
            }

            string statistics = "longest run " + longest.ToString() + ", first byte " + same.ToString() + " times in 512";
            if (longest >= RepetitionCutoff || same >= ProportionCutoff)
            {
                Fail(statistics + ": the source is broken");
            }
            else
            {
                Pass(statistics + "; the tests of SP 800-90B 4.4 hold");
            }
        }

        /// <inheritdoc/>
        protected override void Begin(IServiceCamera camera, long nowUs) { }
    }
}
