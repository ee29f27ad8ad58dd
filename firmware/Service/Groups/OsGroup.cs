// SPDX-License-Identifier: MIT

using Lapel.Custody;

namespace Lapel.Service
{
    /// <summary>Group 0: echo, tasks, memory, clock, restart, parameters, information, boot loader.</summary>
    public sealed class OsGroup : SmpGroup
    {
        private const int Echo = 0;
        private const int Tasks = 2;
        private const int Memory = 3;
        private const int Clock = 4;
        private const int Restart = 5;
        private const int Parameters = 6;
        private const int Information = 7;
        private const int Loader = 8;

        private const int InvalidFormat = 2;
        private const int NoAnswer = 3;
        private const int ClockNotSet = 4;
        private const int ClockFailed = 5;

        private const int LongestFormat = 16;

        // The line takes 10 ms for a request, the loop may look a frame later: a host's time is old by so much when it arrives.
        private const int TransferMs = 200;

        private const string Pool = "frames";

        private readonly IServiceCamera _camera;
        private readonly AccessControl _access;

        /// <summary>Commands of this camera.</summary>
        public OsGroup(IServiceCamera camera, AccessControl access)
        {
            _camera = camera;
            _access = access;
        }

        /// <inheritdoc/>
        public override int Number
        {
            get { return 0; }
        }

        /// <inheritdoc/>
        public override string Name
        {
            get { return "os mgmt"; }
        }

        /// <inheritdoc/>
        public override int Commands
        {
            get { return 8; }
        }

        /// <inheritdoc/>
        public override SmpProgress Handle(SmpRequest request, SmpReply reply, long nowUs)
        {
            bool write = request.IsWrite;
            if (request.Command == Echo)
            {
                AnswerEcho(request, reply);
            }
            else if (request.Command == Clock && write)
            {
                SetClock(request, reply);
            }
            else if (request.Command == Clock)
            {
                TellClock(reply);
            }
            else if (request.Command == Restart && write)
            {
                AskRestart(request, reply);
            }
            else if (request.Command == Parameters && !write)
            {
                TellParameters(reply);
            }
            else if (request.Command == Information && !write)
            {
                TellInformation(request, reply);
            }
            else if (request.Command == Tasks && !write)
            {
                TellTasks(reply);
            }
            else if (request.Command == Memory && !write)
            {
                TellMemory(reply);
            }
            else if (request.Command == Loader && !write)
            {
                TellLoader(request, reply);
            }
            else
            {
                reply.Fail(SmpError.NotSupported);
            }

            return SmpProgress.Answered;
        }

        private static void AnswerEcho(SmpRequest request, SmpReply reply)
        {
            // Echoed as bytes: what it says is the client's business, and it never becomes a string here.
            if (!request.Map.Text("d"))
            {
                reply.Fail(SmpError.Invalid);
                return;
            }

            reply.Key("r");
            reply.Text(request.Buffer, request.Map.Offset, request.Map.Length);
        }

        private void TellClock(SmpReply reply)
        {
            if (!_camera.IsClockSet)
            {
                reply.Fail(ClockNotSet, SmpError.NoEntry);
                return;
            }

            reply.Key("datetime");
            reply.Text(SmpTime.Of(_camera.UtcMs));
        }

        private void SetClock(SmpRequest request, SmpReply reply)
        {
            if (_access.Role < Role.Technician)
            {
                reply.Fail(SmpError.AccessDenied);
                return;
            }

            string text = "";
            long utcMs = request.Map.Ascii("datetime", SmpTime.MaxLength, ref text) ? SmpTime.Parse(text) : -1;
            if (utcMs < 0)
            {
                reply.Fail(SmpError.Invalid);
            }
            else if (!_camera.SetClock(utcMs, SmpTime.HasFraction(text) ? TransferMs : 1000 + TransferMs))
            {
                // A text of whole seconds may be a second old when it is sent: how far off it can be is stated, never guessed smaller.
                reply.Fail(ClockFailed, SmpError.Unknown);
            }
        }

        private void AskRestart(SmpRequest request, SmpReply reply)
        {
            bool force = false;
            long bootMode = 0;
            if (!request.Map.Truth("force", ref force) || !request.Map.Unsigned("boot_mode", ref bootMode))
            {
                reply.Fail(SmpError.Invalid);
            }
            else if (_access.Role < Role.Technician)
            {
                reply.Fail(SmpError.AccessDenied);
            }
            else if (bootMode != 0)
            {
                // Any other mode is a boot loader's, which this board has none of.
                reply.Fail(SmpError.NotSupported);
            }
            else if (!_camera.RequestRestart(force))
            {
                reply.Fail(SmpError.Busy);
            }
        }

        private static void TellParameters(SmpReply reply)
        {
            reply.Key("buf_size");
            reply.Int(SmpPacket.MaxBytes);
            reply.Key("buf_count");
            reply.Int(SmpReceiver.Packets);
        }

        private void TellInformation(SmpRequest request, SmpReply reply)
        {
            string format = "s";
            string text = request.Map.Ascii("format", LongestFormat, ref format) ? OsInformation.Text(format, _camera) : null;
            if (text == null)
            {
                reply.Fail(InvalidFormat, SmpError.Invalid);
                return;
            }

            reply.Key("output");
            reply.Text(text);
        }

        // One loop does everything. Its stack and what it took of the processor are not known, so they are left out, as Zephyr leaves out
        // what it was not built to measure.
        private static void TellTasks(SmpReply reply)
        {
            reply.Key("tasks");
            reply.BeginMap();
            reply.Key("loop");
            reply.BeginMap();
            reply.Key("prio");
            reply.Int(0);
            reply.Key("tid");
            reply.Int(0);
            reply.Key("state");
            reply.Int(0);
            reply.Close();
            reply.Close();
        }

        private static void TellLoader(SmpRequest request, SmpReply reply)
        {
            if (!request.Map.Text("query"))
            {
                reply.Fail(SmpError.Invalid);
            }
            else if (request.Map.Has("query"))
            {
                // Its mode, or whether it goes back to older images: those are questions to MCUboot.
                reply.Fail(NoAnswer, SmpError.NoEntry);
            }
            else
            {
                reply.Key("bootloader");
                reply.Text("ESP-IDF");
            }
        }

        // The pages that pictures wait in: the one memory of the camera whose filling says something.
        private void TellMemory(SmpReply reply)
        {
            reply.Key(Pool);
            reply.BeginMap();
            Figure(reply, "blksiz", "recorder.page_bytes");
            Figure(reply, "nblks", "recorder.pages");
            Figure(reply, "nfree", "recorder.pages_free");
            Figure(reply, "min", "recorder.pages_least");
            reply.Close();
        }

        private void Figure(SmpReply reply, string key, string name)
        {
            reply.Key(key);
            reply.Int(StatisticsLookup.Of(_camera, name));
        }
    }
}
