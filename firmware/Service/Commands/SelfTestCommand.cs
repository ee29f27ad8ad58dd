// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>selftest: runs the self-test and shows each result as it comes.</summary>
    /// <remarks>Over SMP it only begins, and selftest -r shows how far it is.</remarks>
    public sealed class SelfTestCommand : ConsoleCommand
    {
        private const string Results = "-r";

        private readonly SelfTest _test;
        private int _shown;

        /// <summary>The command.</summary>
        public SelfTestCommand(SelfTest test)
            : base("selftest", "[NAME|-r]", "test the device, all of it or one part; -r shows the last results")
        {
            _test = test;
        }

        /// <inheritdoc/>
        public override string Example
        {
            get { return "selftest card"; }
        }

        /// <inheritdoc/>
        public override void Begin(ConsoleCall call)
        {
            _shown = 0;
            if (call.Count > 1)
            {
                call.Fail(ErrorCode.Usage, "one test or all: " + _test.Names);
                return;
            }

            string name = call.Count == 0 ? null : call.Argument(0);
            if (name == Results)
            {
                call.Report.BeginList("tests");
                return;
            }

            if (_test.IsRunning)
            {
                call.Fail(ErrorCode.Busy, "a self-test is under way; selftest -r shows it");
                return;
            }

            if (call.Camera.IsRecording)
            {
                call.Fail(ErrorCode.Busy, "a recording has priority");
                return;
            }

            if (!_test.Start(name, call.NowUs))
            {
                call.Fail(ErrorCode.Missing, "no test " + Printable.Quote(name) + "; there are: " + _test.Names);
                return;
            }

            // Over SMP it runs on by itself and is asked for with -r.
            if (call.MayLast)
            {
                call.Report.BeginList("tests");
                return;
            }

            call.Report.Field("started", _test.Count);
            call.Ok();
        }

        /// <inheritdoc/>
        public override void Step(ConsoleCall call)
        {
            if (_shown < _test.Done)
            {
                Show(call, _test.Item(_shown++));
                return;
            }

            bool waits = call.Count == 0 || call.Argument(0) != Results;
            if (waits && _test.IsRunning)
            {
                return;
            }

            call.Report.EndList();
            Summarise(call);
        }

        /// <inheritdoc/>
        public override void Abandon()
        {
            _test.Cancel();
        }

        private static void Show(ConsoleCall call, SelfTestItem item)
        {
            call.Report.BeginRow();
            call.Report.Field(
                "result",
                item.Outcome == SelfTestOutcome.Pass ? "PASS"
                    : item.Outcome == SelfTestOutcome.Fail ? "FAIL"
                    : "SKIP"
            );
            call.Report.Field("name", item.Name);
            call.Report.Field("detail", item.Detail);
            call.Report.EndRow();
        }

        private void Summarise(ConsoleCall call)
        {
            int failed = _test.Failed;
            if (call.Report.IsJson)
            {
                call.Report.Field("passed", _test.Passed);
                call.Report.Field("failed", failed);
                call.Report.Field("skipped", _test.Skipped);
                call.Report.Flag("running", _test.IsRunning);
            }
            else
            {
                call.Output.Line(
                    _test.Passed.ToString()
                        + " passed, "
                        + failed.ToString()
                        + " failed, "
                        + _test.Skipped.ToString()
                        + " skipped"
                        + (_test.IsRunning ? ", " + (_test.Count - _test.Done).ToString() + " to come" : "")
                );
            }

            // The command fails when a test does: a script sees it without reading the list.
            if (failed > 0)
            {
                call.Fail(ErrorCode.Failed, failed == 1 ? "a test failed" : failed.ToString() + " tests failed");
            }
            else
            {
                call.Ok();
            }
        }
    }
}
