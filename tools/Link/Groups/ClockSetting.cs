// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Link
{
    /// <summary>What came of setting a camera's clock.</summary>
    /// <param name="Device">The camera's id.</param>
    /// <param name="Before">Its clock before, UTC; null when it was unset.</param>
    /// <param name="After">Its clock after, UTC; null when it is unset still.</param>
    /// <param name="Off">How far it was off before, this machine's time less the camera's; null when it was unset.</param>
    /// <param name="UncertaintyMs">How far off its recordings say that it may be, milliseconds; null when they say nothing.</param>
    /// <param name="Holds">Whether it is what it was set to, within what it states.</param>
    public sealed record ClockSetting(
        string Device,
        DateTime? Before,
        DateTime? After,
        TimeSpan? Off,
        long? UncertaintyMs,
        bool Holds
    )
    {
        /// <summary>Round trips measured; the shortest counts.</summary>
        private const int Measured = 5;

        /// <summary>Sets a camera's clock to this machine's; the role of a technician is needed.</summary>
        /// <param name="camera">The camera.</param>
        /// <param name="utcNow">This machine's clock.</param>
        public static ClockSetting Set(CameraConnection camera, Func<DateTime> utcNow)
        {
            ILine line = camera.Smp.Line;
            TimeSpan trip = TimeSpan.MaxValue;
            Hello before = camera.Hello;
            DateTime asked = utcNow();
            for (int i = 0; i < Measured; i++)
            {
                TimeSpan from = line.Now;
                asked = utcNow();
                before = camera.Evidence.Hello();
                TimeSpan took = line.Now - from;
                trip = took < trip ? took : trip;
            }

            DateTime utc = utcNow() + trip / 2;
            TimeSpan sent = line.Now;
            new OsGroup(camera.Smp).SetClock(utc);
            Hello now = camera.Evidence.Hello();

            // The answer left the camera half a round trip ago.
            DateTime due = utc + (line.Now - sent) - trip;
            double off = now.Utc == null ? double.NaN : (due - now.Utc.Value).TotalMilliseconds;
            return new ClockSetting(
                now.IdText,
                before.Utc,
                now.Utc,
                before.Utc == null ? null : asked + trip / 2 - before.Utc.Value,
                now.UncertaintyMs,
                now.UncertaintyMs is long stated && Math.Abs(off) <= stated + trip.TotalMilliseconds
            );
        }
    }
}
