// SPDX-License-Identifier: MIT

using Lapel.Custody;

namespace Lapel.Service
{
    /// <summary>date: shows the clock, or sets it.</summary>
    public sealed class DateCommand : ConsoleCommand
    {
        // Somebody typed it.
        private const int TypedUncertaintyMs = 60000;

        private readonly AccessControl _access;

        /// <summary>The command.</summary>
        public DateCommand(AccessControl access)
            : base("date", "[UTC]", "the clock; a technician sets it, as 2026-11-23T20:00:00Z")
        {
            _access = access;
        }

        /// <inheritdoc/>
        public override string Example
        {
            get { return "date 2026-11-23T20:00:00Z"; }
        }

        /// <inheritdoc/>
        public override void Begin(ConsoleCall call)
        {
            if (call.Count == 1 && !Set(call, call.Argument(0)))
            {
                return;
            }

            if (call.Count > 1)
            {
                call.Fail(ErrorCode.Usage, "date takes one time");
                return;
            }

            if (call.Camera.IsClockSet)
            {
                call.Report.Field("clock", UtcText.Of(call.Camera.UtcMs));
            }
            else
            {
                call.Report.Absent("clock", "unset");
            }

            call.Ok();
        }

        private bool Set(ConsoleCall call, string text)
        {
            if (!Permission.Has(call, _access, Role.Technician))
            {
                return false;
            }

            long utcMs = UtcText.Parse(text);
            if (utcMs < 0)
            {
                call.Fail(ErrorCode.Malformed, "a time is written like 2026-11-23T20:00:00Z, and there is " + Printable.Quote(text));
                return false;
            }

            if (call.Camera.SetClock(utcMs, TypedUncertaintyMs))
            {
                return true;
            }

            call.Fail(ErrorCode.Failed, "the board refused");
            return false;
        }
    }
}
