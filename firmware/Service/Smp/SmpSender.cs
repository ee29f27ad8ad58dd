// SPDX-License-Identifier: MIT

using System;
using System.Text;
using Lapel.Evidence;

namespace Lapel.Service
{
    /// <summary>Cuts an answer into lines, a few a step: a step is short, however long the answer.</summary>
    public sealed class SmpSender
    {
        private readonly byte[] _line = new byte[SmpLine.MaxBytes];
        private byte[] _packet;
        private int _total;
        private int _sent;
        private int _checked;
        private int _crc;

        /// <summary>The line that <see cref="Next"/> made.</summary>
        public byte[] Line
        {
            get { return _line; }
        }

        /// <summary>Whether lines are left.</summary>
        public bool IsBusy
        {
            get { return _sent < _total; }
        }

        /// <summary>Begins with a finished answer, which must stay as it is until all lines are made.</summary>
        public void Begin(SmpReply reply)
        {
            _packet = reply.Packet;
            _total = reply.PacketBytes;
            _sent = 0;
            _checked = SmpReply.MessageAt;
            _crc = 0;
        }

        /// <summary>Makes the next line.</summary>
        /// <returns>Its bytes, the line feed included.</returns>
        public int Next()
        {
            bool first = _sent == 0;
            int count = _total - _sent < SmpLine.MaxRaw ? _total - _sent : SmpLine.MaxRaw;
            Check(_sent + count);

            // Natives: a managed base64 loop would cost more than everything else together.
            string text = Convert.ToBase64String(_packet, _sent, count);
            _line[0] = first ? SmpLine.First0 : SmpLine.Next0;
            _line[1] = first ? SmpLine.First1 : SmpLine.Next1;
            int end = SmpLine.MarkBytes + Encoding.UTF8.GetBytes(text, 0, text.Length, _line, SmpLine.MarkBytes);

            // LF alone: a CR would be one byte more in 127.
            _line[end++] = (byte)'\n';
            _sent += count;
            return end;
        }

        // The CRC follows the lines, in whole slices, and is in the packet before a line carries it.
        private void Check(int upTo)
        {
            int message = _total - 2;
            int end = upTo < message ? _checked + ((upTo - _checked) & -SmpCrc.Slice) : message;
            _crc = SmpCrc.Update(_crc, _packet, _checked, end);
            _checked = end;
            if (upTo > message)
            {
                BigEndian.Put16(_packet, message, _crc);
            }
        }
    }
}
