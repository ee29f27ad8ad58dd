// SPDX-License-Identifier: MIT

namespace Lapel.Custody
{
    /// <summary>Who may log in at the service port, and as what at most.</summary>
    public sealed class Station
    {
        /// <summary>Ed25519 public key, 32 bytes.</summary>
        public byte[] PublicKey;

        /// <summary>Highest role.</summary>
        public Role HighestRole;
    }
}
