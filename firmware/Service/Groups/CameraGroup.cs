// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>Group 64: what a camera has beyond SMP's own groups (PROTOCOL.md section 5).</summary>
    public sealed class CameraGroup : SmpGroup
    {
        /// <summary>Number of the group.</summary>
        public const int Id = 64;

        /// <summary>Command that has part of an item sent.</summary>
        public const int Range = 5;

        private const int Hello = 0;
        private const int Authenticate = 1;
        private const int Outcome = 2;
        private const int List = 3;
        private const int Item = 4;
        private const int Cancel = 6;
        private const int Baud = 7;
        private const int Receipt = 8;
        private const int Logout = 9;
        private const int Retire = 10;
        private const int Rotate = 11;
        private const int Key = 12;
        private const int Log = 13;
        private const int Repair = 14;

        private readonly SessionCommands _session;
        private readonly EvidenceCommands _evidence;
        private readonly LineRate _rate;
        private readonly BulkLane _lane;

        /// <summary>The group, of its parts.</summary>
        public CameraGroup(SessionCommands session, EvidenceCommands evidence, LineRate rate, BulkLane lane)
        {
            _session = session;
            _evidence = evidence;
            _rate = rate;
            _lane = lane;
        }

        /// <inheritdoc/>
        public override int Number
        {
            get { return Id; }
        }

        /// <inheritdoc/>
        public override string Name
        {
            get { return "lapel"; }
        }

        /// <inheritdoc/>
        public override int Commands
        {
            get { return 15; }
        }

        /// <inheritdoc/>
        public override SmpProgress Handle(SmpRequest request, SmpReply reply, long nowUs)
        {
            if (request.IsWrite)
            {
                return HandleWrite(request, reply, nowUs / 1000);
            }

            switch (request.Command)
            {
                case Hello:
                    _session.Hello(reply);
                    break;
                case Outcome:
                    _session.TellOutcome(reply);
                    break;
                case List:
                    return _evidence.BeginList(request, reply);
                case Item:
                    return _evidence.BeginItem(request, reply);
                case Range:
                    return _evidence.QueueRange(request, reply);
                case Retire:
                    _session.TellCertificate(request, reply);
                    break;
                case Rotate:
                    _session.TellRotations(request, reply);
                    break;
                case Key:
                    _session.TellKey(reply);
                    break;
                case Log:
                    _session.TellLog(reply);
                    break;
                case Repair:
                    _session.TellDamage(reply);
                    break;
                default:
                    reply.Fail(SmpError.NotSupported);
                    break;
            }

            return SmpProgress.Answered;
        }

        /// <inheritdoc/>
        public override SmpProgress Continue(SmpReply reply)
        {
            return _evidence.Continue(reply);
        }

        private SmpProgress HandleWrite(SmpRequest request, SmpReply reply, long nowMs)
        {
            switch (request.Command)
            {
                case Authenticate:
                    _session.Authenticate(request, reply, nowMs);
                    break;
                case Cancel:
                    // Anybody may cancel: it takes nothing from anyone but the host that asks, and a new host finds a silent line.
                    _lane.End(CameraError.None);
                    break;
                case Baud:
                    AskBaud(request, reply);
                    break;
                case Receipt:
                    _session.TakeReceipt(request, reply, nowMs);
                    break;
                case Logout:
                    _session.Logout();
                    break;
                case Retire:
                    _session.Retire(request, reply, nowMs);
                    break;
                case Rotate:
                    _session.Rotate(request, reply, nowMs);
                    break;
                case Key:
                    _session.OrderKey(reply);
                    break;
                case Repair:
                    _session.Repair(request, reply, nowMs);
                    break;
                default:
                    reply.Fail(SmpError.NotSupported);
                    break;
            }

            return SmpProgress.Answered;
        }

        private void AskBaud(SmpRequest request, SmpReply reply)
        {
            long baud = 0;
            if (!request.Map.Unsigned("baud", ref baud))
            {
                CameraErrors.Fail(reply, CameraError.Malformed);
            }
            else if (!LineRate.IsRate(baud))
            {
                CameraErrors.Fail(reply, CameraError.BaudNotSupported);
            }
            else if (_lane.IsBusy)
            {
                // Frames under way would be cut by a new rate in their midst.
                reply.Fail(SmpError.Busy);
            }
            else
            {
                _rate.Ask((int)baud);
            }
        }
    }
}
