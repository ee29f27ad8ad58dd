// SPDX-License-Identifier: MIT

namespace Lapel.Custody
{
    /// <summary>The payload of an order to retire (CUSTODY.md section 6).</summary>
    public sealed class RetirementOrder
    {
        private const int Version = 1;
        private const long MostUtcMs = 1L << 53;

        private RetirementOrder() { }

        /// <summary>What is malformed; null when nothing is.</summary>
        public string Error { get; private set; }

        /// <summary>The device, 16 bytes. There is no order for any device.</summary>
        public byte[] DeviceId { get; private set; }

        /// <summary>Reads a payload; look at <see cref="Error"/> first.</summary>
        public static RetirementOrder Parse(byte[] payload)
        {
            RetirementOrder order = new RetirementOrder();
            DocumentReader reader = new DocumentReader(payload, 0, payload.Length);
            reader.Map(4, "the order");
            reader.Key(1);
            reader.Int((int)DocumentKind.RetirementOrder, (int)DocumentKind.RetirementOrder, "the kind of document");
            reader.Key(2);
            reader.Int(Version, Version, "the version");
            reader.Key(3);
            order.DeviceId = reader.Bytes(16, "the device id");
            reader.Key(4);
            reader.Int(0, MostUtcMs, "the time");
            reader.End();
            order.Error = reader.Error;
            return order;
        }
    }
}
