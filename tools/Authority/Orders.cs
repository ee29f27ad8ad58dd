// SPDX-License-Identifier: MIT

using System;
using System.Formats.Cbor;

namespace Lapel.Authority
{
    /// <summary>Orders to retire, to change the device's key and to repair its storage (CUSTODY.md 6, 7 and 9.4).</summary>
    public static class Orders
    {
        /// <summary>Signs an order to retire for a camera.</summary>
        public static byte[] Retire(SigningKey authority, byte[] deviceId16, DateTime utc)
        {
            CborWriter writer = Begin(authority, DocumentKind.RetirementOrder, 4, deviceId16);
            writer.WriteInt32(4);
            return End(authority, writer, utc);
        }

        /// <summary>Signs an order to change a camera's key.</summary>
        /// <param name="authority">The authority in force.</param>
        /// <param name="deviceId16">The camera.</param>
        /// <param name="number">Number of the rotation: 1 for the first, then one more each time.</param>
        /// <param name="utc">When it is signed.</param>
        public static byte[] Rotate(SigningKey authority, byte[] deviceId16, int number, DateTime utc)
        {
            if (number < 1)
            {
                throw new ArgumentException("rotations are counted from 1");
            }

            CborWriter writer = Begin(authority, DocumentKind.RotationOrder, 5, deviceId16);
            writer.WriteInt32(4);
            writer.WriteInt32(number);
            writer.WriteInt32(5);
            return End(authority, writer, utc);
        }

        /// <summary>Signs an order to repair a camera's internal storage (CUSTODY.md 9.4).</summary>
        /// <param name="authority">The authority in force.</param>
        /// <param name="deviceId16">The camera, as it was called before.</param>
        /// <param name="publicKey32">Its public key before.</param>
        /// <param name="state32">The state that the camera names.</param>
        /// <param name="actions">What may be repaired, as the camera names it: 1 a new identity, 2 counters, 4 a key that may wait.</param>
        /// <param name="boots">Highest boot number that is known.</param>
        /// <param name="recordings">Highest recording number that is known.</param>
        /// <param name="utc">When it is signed.</param>
        public static byte[] Repair(
            SigningKey authority,
            byte[] deviceId16,
            byte[] publicKey32,
            byte[] state32,
            int actions,
            int boots,
            int recordings,
            DateTime utc
        )
        {
            if (publicKey32.Length != 32 || state32.Length != 32)
            {
                throw new ArgumentException("a public key and a state have 32 bytes");
            }

            CborWriter writer = Begin(authority, DocumentKind.RepairOrder, 9, deviceId16);
            writer.WriteInt32(4);
            writer.WriteByteString(publicKey32);
            writer.WriteInt32(5);
            writer.WriteByteString(state32);
            int[] numbers = [actions, boots, recordings];
            for (int i = 0; i < numbers.Length; i++)
            {
                writer.WriteInt32(6 + i);
                writer.WriteInt32(numbers[i]);
            }

            writer.WriteInt32(9);
            return End(authority, writer, utc);
        }

        private static CborWriter Begin(SigningKey authority, DocumentKind kind, int pairs, byte[] deviceId16)
        {
            if (authority.Kind != KeyKind.Authority)
            {
                throw new ArgumentException("an order takes the authority's key");
            }

            if (deviceId16.Length != 16)
            {
                throw new ArgumentException("a device id has 16 bytes");
            }

            var writer = new CborWriter(CborConformanceMode.Canonical);
            writer.WriteStartMap(pairs);
            writer.WriteInt32(1);
            writer.WriteInt32((int)kind);
            writer.WriteInt32(2);
            writer.WriteInt32(1);
            writer.WriteInt32(3);
            writer.WriteByteString(deviceId16);
            return writer;
        }

        private static byte[] End(SigningKey authority, CborWriter writer, DateTime utc)
        {
            writer.WriteInt64(new DateTimeOffset(utc.ToUniversalTime()).ToUnixTimeMilliseconds());
            writer.WriteEndMap();
            return SignedDocument.Sign(authority, writer.Encode());
        }
    }
}
