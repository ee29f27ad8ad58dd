namespace Lapel.App
{
    internal sealed class TemporaryAudit : Lapel.Evidence.IAudit
    {
        public void Add(Lapel.Evidence.AuditKind kind, int code, long first, long second, byte[] data)
        {
        }
    }
}
