// SPDX-License-Identifier: MIT

using Lapel.Verify.Tests;

namespace Lapel.Link.Tests
{
    /// <summary>A station's key, and the proof as PROTOCOL.md has it.</summary>
    internal sealed class ForgedStation(byte seed) : IStation
    {
        private readonly ForgeDevice _key = new(seed);

        public byte[] PublicKey => _key.PublicKey;

        public byte[] Fingerprint => _key.Fingerprint;

        public byte[] Prove(byte[] deviceId, byte[] nonce, CameraRole role)
        {
            var label = new byte[32];
            "LAPEL-LOGIN-1"u8.CopyTo(label);
            return _key.Sign([.. label, .. deviceId, .. nonce, (byte)role]);
        }
    }
}
