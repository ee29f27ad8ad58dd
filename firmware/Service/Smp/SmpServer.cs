// SPDX-License-Identifier: MIT

using Lapel.Custody;
using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Service
{
    /// <summary>
    /// The lanes for machines: takes SMP requests from lines, has them handled by their groups, and answers in order; sends the bulk frames
    /// that were asked for. Never says anything unasked.
    /// </summary>
    public sealed class SmpServer : ISmpLane, IFileHolder
    {
        /// <summary>A role that nobody used for this long is given back, microseconds: the cable may be in other hands.</summary>
        public const long SessionUs = 120000000;

        // A dock asks each 10 s whether the camera is still in it (PROTOCOL.md 7): who has left that out twice has let it go.
        private const long DockSilentUs = 30000000;

        // Lines of an answer that are made in a step, 0.5 ms each: one alone would cost as much again for the turn of the loop.
        private const int LinesAStep = 8;

        private readonly AccessControl _access;
        private readonly ServiceOutput _output;
        private readonly EvidenceItems _items;
        private readonly BulkLane _lane;
        private readonly LineRate _rate;
        private readonly SmpReceiver _receiver = new SmpReceiver();
        private readonly SmpRequest _request = new SmpRequest();
        private readonly SmpReply _reply = new SmpReply();
        private readonly SmpSender _sender = new SmpSender();
        private readonly SmpGroup[] _groups;

        // A request that takes several steps: while it is set no other is begun, so that answers come in the order of requests.
        private SmpGroup _continuing;
        private long _heardUs;

        /// <summary>A server with all its groups.</summary>
        /// <param name="camera">The camera.</param>
        /// <param name="access">Says who may do what.</param>
        /// <param name="link">The port, for bulk frames.</param>
        /// <param name="output">The port, for lines.</param>
        /// <param name="console">Carries out shell commands.</param>
        public SmpServer(IServiceCamera camera, AccessControl access, ILink link, ServiceOutput output, Console console)
        {
            _access = access;
            _output = output;
            _items = new EvidenceItems(camera);
            camera.Store.Files.SetHolder(FileUse.Port, this);
            _lane = new BulkLane(camera, access, link, output, _items);
            _rate = new LineRate(link);
            var files = new ServiceFiles(camera, access);
            var enumeration = new EnumerationGroup();
            _groups = new SmpGroup[]
            {
                new OsGroup(camera, access),
                new ImageGroup(camera),
                new StatisticsGroup(camera),
                new SettingsGroup(camera, access, files),
                new FileGroup(camera, files),
                new ShellGroup(console),
                enumeration,
                new CameraGroup(
                    new SessionCommands(camera, access),
                    new EvidenceCommands(camera, access, _items, _lane, _rate),
                    _rate,
                    _lane
                ),
            };
            enumeration.SetGroups(_groups);
        }

        /// <inheritdoc/>
        public bool IsBusy
        {
            get { return _sender.IsBusy || _continuing != null || _receiver.Waiting != null || _lane.IsBusy; }
        }

        /// <summary>Requests received whole since boot.</summary>
        public int Requests
        {
            get { return _receiver.Received; }
        }

        /// <summary>SMP lines dropped since boot.</summary>
        public int LinesDropped
        {
            get { return _receiver.Dropped; }
        }

        /// <summary>Bulk frames sent since boot.</summary>
        public int Frames
        {
            get { return _lane.Frames; }
        }

        /// <summary>Whether the camera is in a dock: one has logged in, and asks for something now and then.</summary>
        public bool IsDocked(long nowUs)
        {
            return _access.Role == Role.Dock && (_lane.IsBusy || nowUs - _heardUs <= DockSilentUs);
        }

        /// <inheritdoc/>
        public void Line(byte[] buffer, int offset, int count, long nowMs)
        {
            _receiver.Line(buffer, offset, count);
        }

        /// <inheritdoc/>
        public bool Step(long nowUs)
        {
            bool worked = StepLine();
            if (!worked && StepRequest(nowUs))
            {
                // Its first lines at once: a client that waits for each answer pays for every turn.
                StepLine();
                worked = true;
            }

            worked = worked || _lane.Step(nowUs);
            _rate.Step(nowUs, !worked && _output.IsEmpty);

            // Looked at in every step, not when the next request comes: the next request may be a stranger's.
            if (_access.Role != Role.Nobody && nowUs - _heardUs > SessionUs)
            {
                _access.Logout();
            }

            return worked;
        }

        /// <inheritdoc/>
        public void Heard(long nowUs)
        {
            _heardUs = nowUs;
        }

        /// <summary>
        /// A recording, or another task, needs the place of the segment that is open here: it is closed, and ranges end with an error.
        /// </summary>
        public void PutOut()
        {
            _items.Close();
            _lane.End(CameraError.Recording);
        }

        private bool StepLine()
        {
            if (!_sender.IsBusy)
            {
                return false;
            }

            // True, though nothing may be written: the line moves by itself, and the loop is to come back soon.
            for (int lines = 0; lines < LinesAStep && _sender.IsBusy; lines++)
            {
                if (_output.Room < SmpLine.MaxBytes + SmpLine.MarkBytes)
                {
                    break;
                }

                // A person may be typing at the same port: a packet must not begin behind half a line of echo.
                _output.EnsureLineStart();
                int count = _sender.Next();
                _output.Write(_sender.Line, 0, count);
            }

            return true;
        }

        private bool StepRequest(long nowUs)
        {
            if (_continuing != null)
            {
                Progress(_continuing, _continuing.Continue(_reply));
                return true;
            }

            // Ranges are answered before the next request is taken: a host counts on answers in the order of its requests.
            BulkRange over = _lane.Over;
            if (over != null)
            {
                AnswerRange(over);
                return true;
            }

            SmpPacket packet = _receiver.Waiting;
            if (packet == null)
            {
                return false;
            }

            // Otherwise there is nobody to answer: what is no request has no sequence number that could be trusted.
            if (_request.ReadHeader(packet))
            {
                _heardUs = nowUs;
                _rate.Heard(nowUs);
                Handle(packet, nowUs);
            }

            _receiver.Done();
            return true;
        }

        private void Handle(SmpPacket packet, long nowUs)
        {
            _reply.Begin(_request);
            SmpGroup group = Find(_request.Group);
            SmpProgress progress = SmpProgress.Answered;

            // Before the map is read: a later version may write its data otherwise.
            if (_request.Version > 1)
            {
                _reply.Fail(SmpError.VersionTooNew);
            }
            else if (group == null)
            {
                _reply.Fail(SmpError.NotSupported);
            }
            else if (!_request.ReadMap(packet))
            {
                _reply.Fail(SmpError.Invalid);
            }
            else
            {
                progress = group.Handle(_request, _reply, nowUs);
            }

            Progress(group, progress);
        }

        private void Progress(SmpGroup group, SmpProgress progress)
        {
            // Queued means that the lane answers later: then nothing is sent now.
            _continuing = progress == SmpProgress.Continues ? group : null;
            if (progress == SmpProgress.Answered)
            {
                Answer();
            }
        }

        private void AnswerRange(BulkRange range)
        {
            // The request is long gone: what its answer needs was kept with the range.
            _reply.Begin(range.Version, SmpRequest.Read, CameraGroup.Id, range.Sequence, CameraGroup.Range);
            if (range.Error != CameraError.None)
            {
                CameraErrors.Fail(_reply, range.Error);
            }
            else
            {
                _reply.Key("off");
                _reply.Int(range.Offset);
                _reply.Key("len");
                _reply.Int(range.Sent);
            }

            _lane.Answered();
            Answer();
        }

        private void Answer()
        {
            _reply.Finish();
            _sender.Begin(_reply);
        }

        private SmpGroup Find(int number)
        {
            for (int i = 0; i < _groups.Length; i++)
            {
                if (_groups[i].Number == number)
                {
                    return _groups[i];
                }
            }

            return null;
        }
    }
}
