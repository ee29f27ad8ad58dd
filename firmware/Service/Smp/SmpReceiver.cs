// SPDX-License-Identifier: MIT

using System;
using System.Text;

namespace Lapel.Service
{
    /// <summary>
    /// Puts packets together from lines, in bounded memory: one packet is being received while another may wait to be answered.
    /// </summary>
    /// <remarks>What is damaged is dropped without a word, as every SMP server does: the client's timeout is the recovery.</remarks>
    public sealed class SmpReceiver
    {
        /// <summary>Packets held: `buf_count` of the parameters command.</summary>
        public const int Packets = 2;

        // A packet on the line: length (2), message, CRC (2), cut into lines of base64.
        private const int LengthBytes = 2;
        private const int CrcBytes = 2;

        private readonly SmpPacket[] _packets = new SmpPacket[Packets];
        private int _oldest;
        private int _waiting;
        private byte[] _filling;
        private bool _receiving;
        private int _expected;
        private int _received;
        private int _checked;
        private int _crc;

        /// <summary>Allocates the packets, 4 KB in all.</summary>
        public SmpReceiver()
        {
            for (int i = 0; i < Packets; i++)
            {
                _packets[i] = new SmpPacket();
            }
        }

        /// <summary>Packets received whole since boot.</summary>
        public int Received { get; private set; }

        /// <summary>Lines dropped since boot: malformed, out of place, damaged or without room.</summary>
        public int Dropped { get; private set; }

        /// <summary>The oldest whole packet that waits; null when there is none.</summary>
        public SmpPacket Waiting
        {
            get { return _waiting == 0 ? null : _packets[_oldest]; }
        }

        /// <summary>Gives the room of the oldest packet back.</summary>
        public void Done()
        {
            _oldest = (_oldest + 1) % Packets;
            _waiting--;
        }

        /// <summary>Takes one line.</summary>
        /// <param name="buffer">Holds it.</param>
        /// <param name="offset">Its mark.</param>
        /// <param name="count">Bytes, the mark included, the line's end not.</param>
        public void Line(byte[] buffer, int offset, int count)
        {
            if (Take(buffer, offset, count))
            {
                return;
            }

            // Half a line that another client left may stand before it, without an end: the last mark counts. Looked for only now, since
            // it costs a search, and base64 has no byte of a mark.
            int end = offset + count;
            int last = SmpLine.LastMark(buffer, offset + SmpLine.MarkBytes, end);
            if (last < 0 || !Take(buffer, last, end - last))
            {
                // One bad line spoils its packet: what follows is dropped up to the next first line, and the client asks again.
                _receiving = false;
                Dropped++;
            }
        }

        private bool Take(byte[] buffer, int offset, int count)
        {
            if (count <= SmpLine.MarkBytes || count > SmpLine.MaxTaken)
            {
                return false;
            }

            int mark = (buffer[offset] << 8) | buffer[offset + 1];
            bool first = mark == SmpLine.First;

            // A first line in the midst of a packet begins a new one: the client has given the old one up.
            if (!first && (mark != SmpLine.Next || !_receiving))
            {
                return false;
            }

            byte[] raw = Decode(buffer, offset + SmpLine.MarkBytes, count - SmpLine.MarkBytes);
            if (raw == null)
            {
                return false;
            }

            int from = 0;
            if (first)
            {
                if (!Begin(raw))
                {
                    return false;
                }

                from = LengthBytes;
            }

            return Append(raw, from);
        }

        // Natives only: a string and two arrays a line is what they return. Exact: white space, padding elsewhere than at the end and a
        // rest that is no multiple of 4 change the length of what comes out, or are refused by the native itself.
        private static byte[] Decode(byte[] buffer, int offset, int count)
        {
            // Checked first: the native would throw, which costs more than everything else here, and a stranger could have it at every
            // line.
            if ((count & 3) != 0)
            {
                return null;
            }

            try
            {
                byte[] raw = Convert.FromBase64String(Encoding.UTF8.GetString(buffer, offset, count));
                int whole = (count >> 2) * 3;
                if (raw.Length == whole)
                {
                    return raw;
                }

                int padding =
                    buffer[offset + count - 1] != '=' ? 0
                    : buffer[offset + count - 2] != '=' ? 1
                    : 2;
                return raw.Length == whole - padding ? raw : null;
            }

            // Whatever the native throws means one thing here: no base64.
            catch (Exception)
            {
                return null;
            }
        }

        private bool Begin(byte[] raw)
        {
            _receiving = false;

            // Without room for another packet nothing is overwritten: the client sent more than buf_count allows.
            if (raw.Length < LengthBytes || _waiting == Packets)
            {
                return false;
            }

            _expected = (raw[0] << 8) | raw[1];
            if (_expected < SmpPacket.HeaderBytes + CrcBytes || _expected > SmpPacket.MaxBytes + CrcBytes)
            {
                return false;
            }

            _received = 0;
            _checked = 0;
            _crc = 0;
            _filling = _packets[(_oldest + _waiting) % Packets].Buffer;
            _receiving = true;
            return true;
        }

        private bool Append(byte[] raw, int from)
        {
            int count = raw.Length - from;

            // More than was announced is no packet of ours; the length was checked against the buffer, so nothing is written past it.
            if (count > _expected - _received)
            {
                return false;
            }

            int received = _received + count;
            byte[] packet = _filling;
            Array.Copy(raw, from, packet, _received, count);
            _received = received;
            bool whole = received == _expected;

            // In whole slices of 8 as lines come in, the rest at the end: a step is then one line's work, never a packet's.
            int checkedTo = whole ? received : received & -SmpCrc.Slice;
            _crc = SmpCrc.Update(_crc, packet, _checked, checkedTo);
            _checked = checkedTo;
            if (!whole)
            {
                return true;
            }

            // The CRC over a message and its own CRC is 0.
            _receiving = false;
            if (_crc != 0)
            {
                return false;
            }

            // Counted as waiting only now: until the CRC has agreed nobody looks at the buffer.
            _packets[(_oldest + _waiting) % Packets].Length = _expected - CrcBytes;
            _waiting++;
            Received++;
            return true;
        }
    }
}
