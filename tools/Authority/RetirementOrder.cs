// SPDX-License-Identifier: MIT

using System;
using System.Formats.Cbor;

namespace Lapel.Authority
{
    /// <summary>An order to retire as it was signed (CUSTODY.md 6.1).</summary>
    public sealed class RetirementOrder
    {
        private RetirementOrder(byte[] payload, byte[] deviceId)
        {
            Payload = payload;
            DeviceId = deviceId;
        }

        /// <summary>What the authority signed.</summary>
        public byte[] Payload { get; }

        /// <summary>The camera that it is for, 16 bytes.</summary>
        public byte[] DeviceId { get; }

        /// <summary>Reads a signed order; the signature is not checked, that is the camera's business.</summary>
        /// <exception cref="FormatException">It is no such order.</exception>
        public static RetirementOrder Read(byte[] document)
        {
            byte[] payload = SignedDocument.Read(document).Payload;
            try
            {
                var reader = new CborReader(payload, CborConformanceMode.Canonical);
                if (
                    reader.ReadStartMap() != 4
                    || !Has(reader, 1, (int)DocumentKind.RetirementOrder)
                    || !Has(reader, 2, 1)
                    || reader.ReadInt32() != 3
                )
                {
                    throw new FormatException("it is signed, but no order to retire");
                }

                byte[] deviceId = reader.ReadByteString();
                if (deviceId.Length != 16 || reader.ReadInt32() != 4)
                {
                    throw new FormatException("its device id has not 16 bytes, or its time is missing");
                }

                reader.ReadUInt64();
                reader.ReadEndMap();
                return reader.BytesRemaining == 0
                    ? new RetirementOrder(payload, deviceId)
                    : throw new FormatException("bytes follow its content");
            }
            catch (Exception error) when (error is CborContentException or InvalidOperationException or OverflowException)
            {
                throw new FormatException("it is signed, but no order to retire", error);
            }
        }

        private static bool Has(CborReader reader, int key, int value) => reader.ReadInt32() == key && reader.ReadInt32() == value;
    }
}
