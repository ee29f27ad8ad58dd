// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Formats.Cbor;
using System.Threading;

namespace Lapel.Link
{
    /// <summary>
    /// Asks and takes answers on one line. Whatever comes in between goes where it belongs: text to <see cref="TextReceived"/>, frames to
    /// <see cref="FrameReceived"/>, answers that nobody waits for any more nowhere.
    /// </summary>
    public sealed class SmpClient : ILaneReader, IDisposable
    {
        /// <summary>
        /// A camera answers within 1 s; what takes longer was lost. While frames come an answer waits its turn, and the time begins anew.
        /// </summary>
        public static readonly TimeSpan AnswerTime = TimeSpan.FromMilliseconds(1500);

        /// <summary>Times that something is asked before the other end counts as silent.</summary>
        private const int Tries = 3;

        /// <summary>SMP "version 2": errors name their group.</summary>
        private const int Version = 1;

        /// <summary>A wait ends this soon after it was cancelled.</summary>
        private static readonly TimeSpan CancelTime = TimeSpan.FromMilliseconds(50);

        /// <summary>For what is said at the end; a line that is silent then is left as it is.</summary>
        private static readonly TimeSpan PartingTime = TimeSpan.FromMilliseconds(700);

        private readonly ILine _line;
        private readonly CancellationToken _cancel;
        private TimeSpan? _parts;
        private readonly Lanes _lanes;
        private readonly Queue<SmpMessage> _messages = new();
        private readonly byte[] _buffer = new byte[16384];
        private byte _sequence;
        private bool _heard;

        /// <param name="line">Closed by <see cref="Dispose"/>.</param>
        /// <param name="cancel">Ends every wait with <see cref="OperationCanceledException"/>.</param>
        public SmpClient(ILine line, CancellationToken cancel = default)
        {
            _line = line;
            _cancel = cancel;
            _lanes = new Lanes(this);
        }

        /// <summary>Takes console text.</summary>
        public delegate void TextHandler(ReadOnlySpan<byte> text);

        /// <summary>Takes a frame, whose payload is valid only meanwhile.</summary>
        public delegate void FrameHandler(in BulkFrame frame);

        /// <summary>Takes bytes as they come.</summary>
        internal delegate void BytesHandler(ReadOnlySpan<byte> bytes);

        /// <summary>Console text came.</summary>
        public event TextHandler? TextReceived;

        /// <summary>A frame came.</summary>
        public event FrameHandler? FrameReceived;

        /// <summary>Bytes came, before anything is made of them; what is thrown ends the wait for them.</summary>
        internal event BytesHandler? BytesArrived;

        /// <summary>Requests that came: a camera sends none, so it is what was said here that comes back.</summary>
        public int Echoes { get; private set; }

        /// <summary>Frames that came damaged.</summary>
        public long DamagedFrames { get; private set; }

        /// <summary>Bytes received.</summary>
        public long BytesReceived { get; private set; }

        /// <summary>The line.</summary>
        public ILine Line => _line;

        /// <summary>Sends a request without waiting; returns its sequence number.</summary>
        public byte Send(SmpOp op, int group, int command, Action<CborWriter>? content)
        {
            byte sequence = _sequence++;
            _line.Write(SmpLines.Encode(new SmpMessage(op, Version, group, command, sequence, Encode(content)).Encode()));
            return sequence;
        }

        /// <summary>Waits for the next answer, whosever it is; null when the line was silent for so long.</summary>
        public SmpMessage? Next(TimeSpan silence)
        {
            TimeSpan end = _line.Now + silence;
            while (true)
            {
                if (_messages.TryDequeue(out SmpMessage? message))
                {
                    return message;
                }

                TimeSpan left = end - _line.Now;
                if (left <= TimeSpan.Zero)
                {
                    _lanes.Silence();
                    return _messages.TryDequeue(out message) ? message : null;
                }
                Pump(left);
                if (!_heard)
                {
                    continue;
                }

                end = _line.Now + silence;
            }
        }

        /// <summary>Takes what comes in within a time, at least once; answers are kept. Returns whether anything came.</summary>
        public bool Pump(TimeSpan wait)
        {
            _heard = false;
            TimeSpan end = _line.Now + wait;
            while (true)
            {
                RequireGoing();
                TimeSpan left = end - _line.Now;
                int n = _line.Read(_buffer, left > CancelTime ? CancelTime : left > TimeSpan.Zero ? left : TimeSpan.Zero);
                if (n > 0)
                {
                    BytesReceived += n;
                    BytesArrived?.Invoke(_buffer.AsSpan(0, n));
                    _lanes.Add(_buffer.AsSpan(0, n));
                    return true;
                }

                if (_line.Now >= end)
                {
                    return false;
                }
            }
        }

        /// <summary>
        /// From now on what is asked is the last: it is asked also when all was cancelled, and for a short time only.
        /// </summary>
        public void Part() => _parts ??= _line.Now + PartingTime;

        /// <summary>Throws when it was cancelled, or when the time for the parting is over.</summary>
        private void RequireGoing()
        {
            if (_parts == null)
            {
                _cancel.ThrowIfCancellationRequested();
            }
            else if (_line.Now > _parts)
            {
                throw new LinkException(LinkFailure.Silent, "the camera does not answer");
            }
        }

        /// <summary>
        /// Asks and waits for the answer, again when none comes. Throws <see cref="LinkException"/>: silent, refused, malformed.
        /// </summary>
        public CborMap Ask(SmpOp op, int group, int command, Action<CborWriter>? content, int tries = Tries, TimeSpan? answerTime = null)
        {
            for (int i = 0; i < tries; i++)
            {
                byte sequence = Send(op, group, command, content);
                while (Next(answerTime ?? AnswerTime) is SmpMessage message)
                {
                    if (Answers(message, sequence, op, group, command))
                    {
                        return Content(message);
                    }
                }
            }
            throw new LinkException(
                LinkFailure.Silent,
                "the camera does not answer",
                "check the cable, the port and that the camera is on"
            );
        }

        /// <summary>The map of an answer; throws when it is an error.</summary>
        public static CborMap Content(SmpMessage message)
        {
            CborMap map = CborMap.Read(message.Data);
            if (map.Has("err"))
            {
                CborMap error = map.Map("err");
                throw Refusals.Of((int)error.Number("group"), (int)error.Number("rc"), map.Text("t", ""));
            }
            if (map.Number("rc", 0) is var rc and not 0)
            {
                throw Refusals.Of(LinkException.SmpItself, (int)rc, "");
            }

            return map;
        }

        /// <summary>Whether a message is the answer to a request.</summary>
        public static bool Answers(SmpMessage message, byte sequence, SmpOp op, int group, int command) =>
            message.Sequence == sequence && message.Op == op + 1 && message.Group == group && message.Command == command;

        /// <summary>Sends bytes as they are: console text.</summary>
        public void Type(ReadOnlySpan<byte> text) => _line.Write(text);

        /// <inheritdoc/>
        public void Dispose() => _line.Dispose();

        void ILaneReader.Text(ReadOnlySpan<byte> text) => TextReceived?.Invoke(text);

        void ILaneReader.Message(SmpMessage message)
        {
            if (message.Op is SmpOp.Read or SmpOp.Write)
            {
                Echoes++;
                return;
            }

            _heard = true;
            _messages.Enqueue(message);
        }

        void ILaneReader.Frame(in BulkFrame frame)
        {
            _heard = true;
            FrameReceived?.Invoke(frame);
        }

        void ILaneReader.DamagedFrame()
        {
            _heard = true;
            DamagedFrames++;
        }

        private static byte[] Encode(Action<CborWriter>? content)
        {
            var writer = new CborWriter(CborConformanceMode.Lax, convertIndefiniteLengthEncodings: true);
            writer.WriteStartMap(null);
            content?.Invoke(writer);
            writer.WriteEndMap();
            return writer.Encode();
        }
    }
}
