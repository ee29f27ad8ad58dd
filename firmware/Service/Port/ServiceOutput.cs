// SPDX-License-Identifier: MIT

using System;
using System.Text;
using Lapel.Hal;

namespace Lapel.Service
{
    /// <summary>What goes out at the service port, text and SMP lines alike.</summary>
    /// <remarks>
    /// It is gathered here and leaves in pieces that the transmitter takes at once, or that are sent from here while the loop goes on, so
    /// that nobody ever waits for the line.
    /// </remarks>
    public sealed class ServiceOutput : TextOutput
    {
        /// <summary>Bytes that can wait for the line: 16 SMP lines, 0.18 s at 115,200 baud.</summary>
        public const int Capacity = 2048;

        // Longest piece that is sent behind the loop: 89 ms at 115,200 baud, so that what is typed waits no longer for it.
        private const int LongestPiece = 1024;

        // What the transmitter's own memory takes. More is sent from here: at 3,000,000 baud it is empty after 0.4 ms, long before the loop
        // looks again.
        private const int ShortPiece = 128;

        private readonly ILink _link;
        private readonly byte[] _buffer = new byte[Capacity];
        private int _begin;
        private int _end;

        // Bytes from the beginning on that are being sent from where they are: they must stay there.
        private int _sending;

        // Whether a frame was given to the link behind them.
        private bool _isFollowed;

        // Followed here, since text and packets come from different lanes and none knows of the other.
        private bool _atLineStart = true;

        /// <summary>Output to a link.</summary>
        public ServiceOutput(ILink link)
        {
            _link = link;
        }

        /// <inheritdoc/>
        public override int Room
        {
            get { return _sending > 0 ? Capacity - _end : Capacity - (_end - _begin); }
        }

        /// <summary>Whether nothing waits here; the transmitter may still hold the last bytes.</summary>
        public bool IsEmpty
        {
            get { return _begin == _end; }
        }

        /// <summary>Whether the cursor is at column 0.</summary>
        public bool IsAtLineStart
        {
            get { return _atLineStart; }
        }

        /// <summary>Bytes written by others that found no room, since boot.</summary>
        public int Lost { get; private set; }

        /// <summary>Bytes that left, since boot.</summary>
        public long Sent { get; private set; }

        /// <summary>Ends the line, if one has begun: an SMP line must stand at the beginning of its own.</summary>
        public void EnsureLineStart()
        {
            if (!_atLineStart)
            {
                Text("\r\n");
            }
        }

        /// <summary>Writes bytes; when they do not fit, none of them.</summary>
        /// <param name="bytes">Source.</param>
        /// <param name="offset">First byte in it.</param>
        /// <param name="count">Bytes.</param>
        public void Write(byte[] bytes, int offset, int count)
        {
            // All or nothing: half a packet or half a line is worth less than none, and Lost says how much was.
            if (count == 0 || !MakeRoom(count))
            {
                return;
            }

            Array.Copy(bytes, offset, _buffer, _end, count);
            Wrote(count);
        }

        /// <inheritdoc/>
        public override void Text(string text)
        {
            if (text.Length == 0 || !MakeRoom(text.Length))
            {
                return;
            }

            Wrote(Encoding.UTF8.GetBytes(text, 0, text.Length, _buffer, _end));
        }

        /// <summary>Gives the link a frame, behind all that was written here. Only when <see cref="Step"/> left nothing.</summary>
        /// <param name="frame">It must stay as it is until it was sent.</param>
        /// <param name="count">Its bytes.</param>
        public void Send(byte[] frame, int count)
        {
            _isFollowed = true;
            _link.Send(frame, 0, count);
        }

        /// <summary>Hands the link what it takes without waiting.</summary>
        /// <returns>Whether anything is left that the link was not given.</returns>
        public bool Step()
        {
            if (_begin == _end)
            {
                return false;
            }

            bool isSending = _link.IsSending;
            if (_sending > 0)
            {
                // Two sends are under way at most, so a piece has left when the line is idle, or when there is room behind the frame that
                // followed it.
                if (isSending && !(_isFollowed && _link.CanSend))
                {
                    return _begin + _sending < _end;
                }

                int sent = _sending;
                _sending = 0;
                Left(sent);
            }

            int count = _end - _begin;
            if (count == 0)
            {
                return false;
            }

            if (count > ShortPiece || isSending)
            {
                if (_link.CanSend)
                {
                    _sending = count < LongestPiece ? count : LongestPiece;
                    _isFollowed = false;
                    _link.Send(_buffer, _begin, _sending);
                }

                return _begin + _sending < _end;
            }

            // Never more than the transmitter takes at once: a write of one byte more would hold the loop until the line has room.
            int room = _link.Room;
            count = count < room ? count : room;
            if (count > 0)
            {
                _link.Write(_buffer, _begin, count);
                Left(count);
            }

            return _begin < _end;
        }

        /// <summary>Forgets what waits here.</summary>
        public void Clear()
        {
            _begin = 0;
            _end = 0;
            _sending = 0;
        }

        private void Left(int count)
        {
            _begin += count;
            Sent += count;
            if (_begin == _end)
            {
                _begin = 0;
                _end = 0;
            }
        }

        private bool MakeRoom(int count)
        {
            if (count > Room)
            {
                Lost += count;
                return false;
            }

            if (_end + count > Capacity)
            {
                Array.Copy(_buffer, _begin, _buffer, 0, _end - _begin);
                _end -= _begin;
                _begin = 0;
            }

            return true;
        }

        private void Wrote(int count)
        {
            _end += count;
            _atLineStart = _buffer[_end - 1] == (byte)'\n';
        }
    }
}
