// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>What everything that the device signs is made with: its hashes, identity, signer and clock.</summary>
    public sealed class DeviceSigning
    {
        private readonly Digests _digests;
        private readonly DeviceIdentity _device;
        private readonly ManifestSigner _signer;
        private readonly IClock _clock;

        /// <summary>The signing of a device.</summary>
        /// <param name="digests">Hashes.</param>
        /// <param name="device">The device.</param>
        /// <param name="signer">Signs the manifests.</param>
        /// <param name="clock">For the time of signing.</param>
        public DeviceSigning(Digests digests, DeviceIdentity device, ManifestSigner signer, IClock clock)
        {
            _digests = digests;
            _device = device;
            _signer = signer;
            _clock = clock;
        }

        /// <summary>A writer of segments.</summary>
        /// <param name="statistics">Where its times and sizes are added up.</param>
        public SegmentWriter Writer(CardStatistics statistics)
        {
            return new SegmentWriter(_digests, _device, _signer, _clock, statistics);
        }
    }
}
