namespace Lapel.Link
{
    /// <summary>What can be fetched under one id.</summary>
    /// <param name="Id">The id.</param>
    /// <param name="Length">Bytes.</param>
    /// <param name="BlockBytes">Payload of a frame that suits the rate in force.</param>
    /// <param name="CloseDigest">Close digest of a closed segment, 32 bytes; else null.</param>
    public sealed record ItemFacts(int Id, long Length, int BlockBytes, byte[]? CloseDigest)
    {
        /// <summary>The audit log.</summary>
        public const int AuditLog = 0x10000;
    }
}
