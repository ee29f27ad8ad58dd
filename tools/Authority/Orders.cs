using System;
using System.Formats.Cbor;

namespace Lapel.Authority
{
    /// <summary>Orders to retire (CUSTODY.md section 6).</summary>
    public static class Orders
    {
        /// <summary>Signs one for a camera.</summary>
        public static byte[] Retire(SigningKey authority, byte[] deviceId16, DateTime utc)
        {
            if (authority.Kind != KeyKind.Authority)
                throw new ArgumentException("an order takes the authority's key");
            if (deviceId16.Length != 16)
                throw new ArgumentException("a device id has 16 bytes");
            var writer = new CborWriter(CborConformanceMode.Canonical);
            writer.WriteStartMap(4);
            writer.WriteInt32(1);
            writer.WriteInt32((int)DocumentKind.RetirementOrder);
            writer.WriteInt32(2);
            writer.WriteInt32(1);
            writer.WriteInt32(3);
            writer.WriteByteString(deviceId16);
            writer.WriteInt32(4);
            writer.WriteInt64(new DateTimeOffset(utc.ToUniversalTime()).ToUnixTimeMilliseconds());
            writer.WriteEndMap();
            return SignedDocument.Sign(authority, writer.Encode());
        }
    }
}
