// SPDX-License-Identifier: MIT

namespace Lapel.Custody
{
    /// <summary>The payload of an order to change the device's key (CUSTODY.md section 7).</summary>
    public sealed class RotationOrder
    {
        private const int Version = 1;
        private const long MostUtcMs = 1L << 53;

        private RotationOrder() { }

        /// <summary>What is malformed; null when nothing is.</summary>
        public string Error { get; private set; }

        /// <summary>The device, 16 bytes. There is no order for any device.</summary>
        public byte[] DeviceId { get; private set; }

        /// <summary>Number of the rotation, from 1: the one that comes next on this device. So an order is carried out once.</summary>
        public int Number { get; private set; }

        /// <summary>Reads a payload; look at <see cref="Error"/> first.</summary>
        public static RotationOrder Parse(byte[] payload)
        {
            RotationOrder order = new RotationOrder();
            DocumentReader reader = new DocumentReader(payload, 0, payload.Length);
            reader.Map(5, "the order");
            reader.Key(1);
            reader.Int((int)DocumentKind.RotationOrder, (int)DocumentKind.RotationOrder, "the kind of document");
            reader.Key(2);
            reader.Int(Version, Version, "the version");
            reader.Key(3);
            order.DeviceId = reader.Bytes(16, "the device id");
            reader.Key(4);
            order.Number = (int)reader.Int(1, int.MaxValue, "the number of the rotation");
            reader.Key(5);
            reader.Int(0, MostUtcMs, "the time");
            reader.End();
            order.Error = reader.Error;
            return order;
        }
    }
}
