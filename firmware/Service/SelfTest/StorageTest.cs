// SPDX-License-Identifier: MIT

using Lapel.Evidence;

namespace Lapel.Service
{
    /// <summary>Internal storage: whether the device's secrets and counters could be read and the boot was counted.</summary>
    public sealed class StorageTest : SelfTestItem
    {
        /// <summary>The test.</summary>
        public StorageTest()
            : base("storage") { }

        /// <inheritdoc/>
        public override void Step(IServiceCamera camera, long nowUs)
        {
            DeviceKeys keys = camera.Keys;
            if (keys.Status == KeyStatus.Up)
            {
                Pass("boot " + keys.BootNumber.ToString());
            }
            else
            {
                Fail(keys.FaultText);
            }
        }

        /// <inheritdoc/>
        protected override void Begin(IServiceCamera camera, long nowUs) { }
    }
}
