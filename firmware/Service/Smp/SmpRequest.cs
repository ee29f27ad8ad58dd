// SPDX-License-Identifier: MIT

using Lapel.Evidence;

namespace Lapel.Service
{
    /// <summary>A request as received: header and map.</summary>
    public sealed class SmpRequest
    {
        /// <summary>Operation of a read request.</summary>
        public const int Read = 0;

        /// <summary>Operation of a write request.</summary>
        public const int Write = 2;

        private readonly SmpMap _map = new SmpMap();

        /// <summary>Version field: 0 the original protocol, 1 "SMP version 2"; 2 and 3 are reserved.</summary>
        public int Version { get; private set; }

        /// <summary>Operation: <see cref="Read"/> or <see cref="Write"/>.</summary>
        public int Operation { get; private set; }

        /// <summary>Group.</summary>
        public int Group { get; private set; }

        /// <summary>Sequence number, repeated in the answer.</summary>
        public int Sequence { get; private set; }

        /// <summary>Command of the group.</summary>
        public int Command { get; private set; }

        /// <summary>Whether it asks for a change.</summary>
        public bool IsWrite
        {
            get { return Operation == Write; }
        }

        /// <summary>The bytes that offsets of <see cref="Map"/> count in.</summary>
        public byte[] Buffer { get; private set; }

        /// <summary>The request's map.</summary>
        public SmpMap Map
        {
            get { return _map; }
        }

        /// <summary>Reads the header.</summary>
        /// <returns>False when it is no request or its length lies: that is not answered.</returns>
        public bool ReadHeader(SmpPacket packet)
        {
            byte[] bytes = packet.Buffer;
            Buffer = bytes;
            Version = (bytes[0] >> 3) & 3;
            Operation = bytes[0] & 7;
            Group = BigEndian.Get16(bytes, 4);
            Sequence = bytes[6];
            Command = bytes[7];
            bool known = Operation == Read || Operation == Write;
            return known && (bytes[0] & 0xE0) == 0 && BigEndian.Get16(bytes, 2) == packet.Length - SmpPacket.HeaderBytes;
        }

        /// <summary>Reads the data.</summary>
        /// <returns>False when it is no well-formed map.</returns>
        public bool ReadMap(SmpPacket packet)
        {
            return _map.Read(packet.Buffer, SmpPacket.HeaderBytes, packet.Length);
        }
    }
}
