// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;

namespace Lapel.Verify.Tests
{
    /// <summary>Recordings that were signed with another time in one place than in another: it takes the camera's own key.</summary>
    internal static class ClockForgeries
    {
        private const string Signer = "who has the camera's key";

        public static IEnumerable<Forgery> All =>
            [
                Key13("other UTC", FindingCode.ManifestMismatch, "its UTC time of recording zero", s => (s.ZeroUtc + 1, 250, 2)),
                Key13("UTC of a clock that was unset", FindingCode.ManifestMismatch, "its UTC time of", _ => (null, null, 0)),
                Key13("a smaller uncertainty", FindingCode.ManifestMismatch, "the uncertainty or the source", s => (s.ZeroUtc, 20, 2)),
                Key13("an uncertainty that is not known", FindingCode.ManifestMismatch, "the uncertainty or", s => (s.ZeroUtc, null, 2)),
                Key13("another clock source", FindingCode.ManifestMismatch, "the source of its clock", s => (s.ZeroUtc, 250, 1)),
                Key13("a source of 0 with a UTC", FindingCode.ManifestMismatch, "contradict each other", s => (s.ZeroUtc, 250, 0)),
                Row(
                    "a recording whose pictures are dated an hour later than its header",
                    FindingCode.Clock,
                    "the clock in its text is 3600000 ms off",
                    again => again.Init(),
                    again => again.ZeroUtc += 3_600_000,
                    again => again.ZeroUtc -= 3_600_000
                ),
                Row(
                    "a recording whose pictures say that the clock was unset",
                    FindingCode.Clock,
                    "differ in whether the clock was set",
                    again => again.Init(),
                    again => again.ZeroUtc = 0,
                    again => again.ZeroUtc = 1_789_999_940_000 + again.ZeroMonotonic
                ),
                new(
                    "the second segment of a recording is signed with a later date",
                    Signer,
                    Place.Clear | Place.Sealed | Place.Store,
                    v =>
                    {
                        SegmentForge own = v.Segment(1, 1);
                        SegmentForge again = LogForgeries.Copy(own);
                        again.ZeroUtc += 3_600_000;
                        v.Put(again.Init().Fragment(701, 600).Checkpoint().Fragment(901).Close(2), 1, 1);
                    },
                    1,
                    FindingCode.HeaderDisagrees,
                    "its UTC time of recording zero is not that of segment 0",
                    1
                ),
            ];

        private static Forgery Key13(
            string what,
            FindingCode code,
            string says,
            Func<SegmentForge, (object? Utc, object? Uncertainty, int Source)> values
        ) =>
            Row(
                "key 13 is signed with " + what,
                code,
                says,
                again =>
                {
                    var own = again.Tweak!;
                    (object? utc, object? uncertainty, int source) = values(again);
                    again.Tweak = map =>
                    {
                        own(map);
                        map[13] = c => SegmentForge.Array(c, again.ZeroMonotonic, utc, uncertainty, source, again.Boot, again.Signed);
                    };
                    again.Init();
                },
                _ => { },
                _ => { }
            );

        private static Forgery Row(
            string what,
            FindingCode code,
            string says,
            Action<SegmentForge> begin,
            Action<SegmentForge> before,
            Action<SegmentForge> after
        ) =>
            new(
                what,
                Signer,
                Place.Clear | Place.Sealed | Place.Store,
                v =>
                {
                    SegmentForge again = LogForgeries.Copy(v.Segment(2, 0));
                    begin(again);
                    before(again);
                    again.Fragment(700, 600);
                    after(again);
                    v.Put(again.Checkpoint().Fragment(900).Close(1), 2, 0);
                },
                1,
                code,
                says,
                2
            );
    }
}
