namespace Lapel.Evidence
{
    /// <summary>Where whatever must not be forgotten is entered. Never waits, never fails: what finds no room is counted and stated.</summary>
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
        /// Asks for what was entered to go to the card at once: for what must not be done before the log has it. True when it is there, or when no card takes entries; false: ask again.
        /// </summary>
        bool Settle();
    }
}
