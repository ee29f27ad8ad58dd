// SPDX-License-Identifier: MIT

using Code = Lapel.Hal.Virtual.Nano.IOException.IOExceptionErrorCode;

namespace Lapel.Hal.Virtual
{
    /// <summary>The internal littlefs drive I:.</summary>
    public sealed class VirtualFlash : VirtualVolume
    {
        /// <summary>The flash of a machine.</summary>
        public VirtualFlash(VirtualMachine machine, IMedium medium)
            : base(machine, medium, 1) => Times = VolumeTimes.OfFlash();

        /// <summary>The partition does not mount: every operation fails.</summary>
        public bool Broken { get; set; }

        /// <inheritdoc/>
        protected override void CheckReachable()
        {
            if (Broken)
            {
                throw new Nano.IOException("I: is not mounted", Code.VolumeNotFound);
            }
        }
    }
}
