// SPDX-License-Identifier: MIT

using Lapel.Evidence;

namespace Lapel.Service
{
    /// <summary>log: the newest entries of the audit log; -f goes on with those that come, until anything is typed.</summary>
    public sealed class LogCommand : ConsoleCommand
    {
        private const int ShownWithoutNumber = 16;

        // Names of the kinds, by number; the log's format gives their meaning.
        private static readonly string[] Names =
        {
            "",
            "boot",
            "state",
            "press",
            "recording-started",
            "recording-closed",
            "marker",
            "mute",
            "clock",
            "login",
            "login-refused",
            "configuration",
            "fault",
            "battery",
            "card",
            "released",
            "receipt-refused",
            "recovered",
            "retired",
            "alive",
            "lost",
            "docked",
            "self-test",
            "log-found",
            "ended",
            "configuration-refused",
            "order-refused",
            "key-rotation",
            "rotation-refused",
            "key-made",
            "recovery-refused",
            "recording-cut",
            "part-failed",
            "restarted-after",
            "continued",
            "repaired",
            "former-device",
        };

        private readonly AuditTail _tail;
        private int _next;
        private bool _follows;

        /// <summary>The command.</summary>
        public LogCommand(AuditTail tail)
            : base("log", "[-n N] [-f]", "newest entries of the audit log since boot: ms, what, code, numbers; -f until anything is typed")
        {
            _tail = tail;
        }

        /// <inheritdoc/>
        public override string Example
        {
            get { return "log -n 64"; }
        }

        /// <inheritdoc/>
        public override void Begin(ConsoleCall call)
        {
            _follows = false;
            int wanted = ShownWithoutNumber;
            for (int i = 0; i < call.Count; i++)
            {
                if (call.Argument(i) == "-f")
                {
                    _follows = true;
                    continue;
                }

                wanted =
                    call.Argument(i) == "-n" && i + 1 < call.Count ? WholeNumber.Parse(call.Argument(i + 1), 1, AuditTail.Capacity) : -1;
                if (wanted < 0)
                {
                    call.Fail(
                        ErrorCode.Usage,
                        "-n wants a number from 1 to 64, -f nothing, and there is " + Printable.Quote(call.Argument(i))
                    );
                    return;
                }

                i++;
            }

            if (_follows && (!call.MayLast || call.Report.IsJson))
            {
                call.Fail(ErrorCode.Usage, "-f is for people at the console");
                return;
            }

            call.EndsAtInput = _follows;
            _next = _tail.Count - wanted;
            call.Report.BeginList("entries");
        }

        /// <inheritdoc/>
        public override void Step(ConsoleCall call)
        {
            if (_next < _tail.Oldest)
            {
                _next = _tail.Oldest;
            }

            if (_next < _tail.Count)
            {
                Show(call, _next++);
            }
            else if (!_follows)
            {
                call.Report.EndList();
                call.Ok();
            }
        }

        private void Show(ConsoleCall call, int number)
        {
            int kind = (int)_tail.Kind(number);
            call.Report.BeginRow();
            call.Report.Field("ms", _tail.AtMs(number));
            call.Report.Field("what", kind > 0 && kind < Names.Length ? Names[kind] : "kind-" + kind.ToString());
            call.Report.Field("code", _tail.Code(number));
            call.Report.Field("first", _tail.First(number));
            call.Report.Field("second", _tail.Second(number));
            call.Report.EndRow();
        }
    }
}
