// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Formats.Cbor;

namespace Lapel.Verify.Tests
{
    /// <summary>Forges a certificate of retirement from CUSTODY.md 6.2.</summary>
    internal sealed class CertificateForge
    {
        public CertificateForge(ForgeDevice device)
        {
            Signer = device;
            Values =
            [
                to => to.WriteInt32(4),
                to => to.WriteInt32(1),
                to => to.WriteByteString(device.DeviceId),
                to => to.WriteByteString(device.PublicKey),
                to => to.WriteInt32(17),
                to => to.WriteInt32(9),
                to => to.WriteByteString(OrderDigest),
                to => to.WriteInt64(1_795_467_602_000),
                to => Runs(to, (8, 1, 2), (9, 0, 1)),
                to => to.WriteInt32(0),
                to => Runs(to, (7, 0, 3)),
                to => to.WriteInt32(0),
            ];
        }

        /// <summary>H of the order.</summary>
        public byte[] OrderDigest { get; set; } = new byte[32];

        /// <summary>Signs it.</summary>
        public ForgeDevice Signer { get; set; }

        /// <summary>The value of key i + 1.</summary>
        public List<Action<CborWriter>> Values { get; }

        /// <summary>The key that value i has.</summary>
        public Func<int, int> Key { get; set; } = i => i + 1;

        /// <summary>The first n values only: 8 when there was no card.</summary>
        public int Count { get; set; } = 12;

        /// <summary>Label of its digest.</summary>
        public string Label { get; set; } = "LAPEL-CERTIFICATE-1";

        public static void Runs(CborWriter to, params (uint Recording, uint First, uint Count)[] runs)
        {
            to.WriteStartArray(runs.Length);
            foreach ((uint recording, uint first, uint count) in runs)
            {
                to.WriteStartArray(3);
                to.WriteUInt32(recording);
                to.WriteUInt32(first);
                to.WriteUInt32(count);
                to.WriteEndArray();
            }
            to.WriteEndArray();
        }

        public byte[] Content()
        {
            var to = new CborWriter(CborConformanceMode.Lax);
            to.WriteStartMap(Math.Min(Count, Values.Count));
            for (int i = 0; i < Count && i < Values.Count; i++)
            {
                to.WriteInt32(Key(i));
                Values[i](to);
            }
            to.WriteEndMap();
            return to.Encode();
        }

        public byte[] Bytes() => Bytes(Content());

        /// <summary>With this content.</summary>
        public byte[] Bytes(byte[] content)
        {
            var to = new CborWriter(CborConformanceMode.Canonical);
            to.WriteStartArray(2);
            to.WriteByteString(content);
            to.WriteByteString(Signer.Sign1(ForgeDevice.Mac(Label, content)));
            to.WriteEndArray();
            return to.Encode();
        }
    }
}
