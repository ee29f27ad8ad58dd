using System.Threading;
using Lapel.Link;

namespace Lapel.Intake
{
    /// <summary>Brings the camera's audit log: all of it, beside the segments.</summary>
    internal sealed class AuditLogIntake
    {
        private readonly CameraConnection _camera;
        private readonly DeviceStore _store;
        private readonly CancellationToken _cancel;

        public AuditLogIntake(CameraConnection camera, DeviceStore store, CancellationToken cancel)
        {
            (_camera, _store, _cancel) = (camera, store, cancel);
        }

        /// <summary>Fetches it, and puts it in the place of the one before. A camera without one brings none.</summary>
        public void Bring()
        {
            ItemFacts item;
            try
            {
                item = _camera.Evidence.Item(ItemFacts.AuditLog);
            }
            catch (LinkException error) when (error.Is(EvidenceGroup.Id, (int)EvidenceError.NoSuchItem))
            {
                return;
            }
            if (item.Length == 0) return;
            string path = _store.ArrivingLog;
            using (var part = new PartialFile(_store.Disk, path, item.Length, new byte[32]))
            {
                new BulkTransfer(_camera.Smp, _cancel).Fetch(item, new BlockMap(item.Length), part);
                part.Sync();
                part.Forget();
            }
            _store.Disk.Delete(_store.AuditLog);
            _store.Disk.Move(path, _store.AuditLog);
        }
    }
}
