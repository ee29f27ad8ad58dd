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

        /// <summary>Operations asked of it so far: look-ups, opens, reads, writes, closes.</summary>
        public long Operations { get; private set; }

        /// <summary>The operation with this number fails, and only that one; 0 for none.</summary>
        public long FailingOperation { get; set; }

        /// <inheritdoc/>
        protected override void CheckReachable()
        {
            if (++Operations == FailingOperation)
            {
                throw new Nano.IOException("I: gave an error once", Code.Others);
            }

            if (Broken)
            {
                throw new Nano.IOException("I: is not mounted", Code.VolumeNotFound);
            }
        }
    }
}
