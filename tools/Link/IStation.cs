// SPDX-License-Identifier: MIT

namespace Lapel.Link
{
    /// <summary>The key of a station, which proves who is at the port.</summary>
    public interface IStation
    {
        /// <summary>Fingerprint of its public key, 32 bytes.</summary>
        byte[] Fingerprint { get; }

        /// <summary>The proof for one challenge: an Ed25519 signature, 64 bytes.</summary>
        /// <param name="deviceId">The camera's id, 16 bytes.</param>
        /// <param name="nonce">Its challenge, 32 bytes.</param>
        /// <param name="role">The role asked for.</param>
        byte[] Prove(byte[] deviceId, byte[] nonce, CameraRole role);
    }
}
