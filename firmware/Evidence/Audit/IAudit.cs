// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>Where whatever must not be forgotten is entered.</summary>
    /// <remarks>Never waits, never fails: what finds no room is counted and stated.</remarks>
    public interface IAudit
    {
        /// <summary>Adds an entry, dated now.</summary>
        /// <param name="kind">What happened; says what the others mean.</param>
        /// <param name="code">A number.</param>
        /// <param name="first">A number.</param>
        /// <param name="second">A number.</param>
        /// <param name="data">At most 64 bytes, copied; null for none. Never a secret, never a person's name.</param>
        void Add(AuditKind kind, int code, long first, long second, byte[] data);

        /// <summary>
        /// Asks for all that was added to be written without delay: what must not happen without its entry waits for this.
        /// </summary>
        /// <returns>True when it is on the card, or no card takes it; else ask again.</returns>
        bool Settle();

        /// <summary>
        /// Signs what is on the card and enters nothing more in this boot: the secret that a sector's MAC needs goes. What is added
        /// afterwards is dropped. It takes as long as a signature.
        /// </summary>
        void Finish();
    }
}
