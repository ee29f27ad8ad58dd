// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>Parts that failed since boot and were begun anew: whether one of them is left alone now.</summary>
    public sealed class FenceTest : SelfTestItem
    {
        private const string Prefix = "fence.";
        private const string Resting = "fence.resting";

        /// <summary>The test.</summary>
        public FenceTest()
            : base("fences") { }

        /// <summary>Which part failed how often since boot, and how many restarts there were before; empty without any.</summary>
        public static string Text(IServiceCamera camera)
        {
            string text = "";
            for (int i = 0; i < camera.Figures; i++)
            {
                string name = camera.FigureName(i);
                long count = name.StartsWith(Prefix) && name != Resting ? camera.Figure(i) : 0;
                if (count > 0)
                {
                    text += (text.Length == 0 ? "" : ", ") + name.Substring(Prefix.Length) + " " + count.ToString();
                }
            }

            return text;
        }

        /// <inheritdoc/>
        public override void Step(IServiceCamera camera, long nowUs)
        {
            string caught = Text(camera);
            string text = "caught since boot: " + (caught.Length == 0 ? "nothing" : caught);
            if (StatisticsLookup.Of(camera, Resting) > 0)
            {
                Fail(text + "; one is left alone now");
            }
            else
            {
                Pass(text);
            }
        }

        /// <inheritdoc/>
        protected override void Begin(IServiceCamera camera, long nowUs) { }
    }
}
