// SPDX-License-Identifier: MIT

using Lapel.Authority;
using Lapel.Link;

namespace Lapel.Shift.Tests
{
    /// <summary>A station that counts its proofs.</summary>
    internal sealed class Station(SigningKey key, Truth truth) : IStation
    {
        public byte[] Fingerprint => key.Fingerprint;

        public byte[] PublicKey => key.Public.Bytes;

        public byte[] Prove(byte[] deviceId, byte[] nonce, CameraRole role)
        {
            truth.Proofs++;
            return Login.Prove(key, deviceId, nonce, (byte)role);
        }
    }
}
