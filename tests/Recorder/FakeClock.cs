// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Recorder.Tests
{
    /// <summary>A clock that the test moves.</summary>
    public sealed class FakeClock : IClock
    {
        public long NowUs;

        public long Microseconds
        {
            get { return NowUs; }
        }

        public long UtcTicks
        {
            get { return 0; }
        }

        public bool SetUtc(long utcTicks)
        {
            return false;
        }

        public void Sleep(int milliseconds)
        {
            NowUs += milliseconds * 1000L;
        }
    }
}
