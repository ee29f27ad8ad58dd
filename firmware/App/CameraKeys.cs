// SPDX-License-Identifier: MIT

using Lapel.Custody;
using Lapel.Evidence;
using Lapel.Hal;
using Lapel.Recorder;

namespace Lapel.App
{
    /// <summary>
    /// The device's keys, and what exists only once they are up: the signer, the seals, the recovery of segments that a power cut left.
    /// </summary>
    public sealed class CameraKeys
    {
        // Whoever sets a camera up may order its key as soon as it is known to have none, without a fault being shown first.
        private const long OrderUs = 3000000;

        private readonly IBoard _board;
        private readonly CameraConfiguration _configuration;
        private readonly Digests _digests;
        private readonly FirmwareIdentity _firmware;
        private readonly KeyBoot _boot;
        private long _failedUs;

        /// <summary>Keys of a board; nothing is loaded yet.</summary>
        /// <param name="board">The board.</param>
        /// <param name="configuration">How the camera is set up.</param>
        /// <param name="digests">Hashes.</param>
        /// <param name="firmware">The firmware that runs.</param>
        public CameraKeys(IBoard board, CameraConfiguration configuration, Digests digests, FirmwareIdentity firmware)
        {
            _firmware = firmware;
            _board = board;
            _configuration = configuration;
            _digests = digests;
            _boot = new KeyBoot(board, digests, configuration.Unit);
        }

        /// <summary>Whether everything is up.</summary>
        public bool IsReady
        {
            get { return Signer != null; }
        }

        /// <summary>The keys do not come up, now: nothing can be signed, so nothing is recorded.</summary>
        public bool HasFailed
        {
            get
            {
                bool mayBeOrdered = _boot.Keys.Status == KeyStatus.NoKey && _board.Clock.Microseconds - _failedUs < OrderUs;
                return _boot.Failed && !mayBeOrdered;
            }
        }

        /// <summary>A technician orders the device's first key (CUSTODY.md 9.1). False when none may be made.</summary>
        public bool OrderKey()
        {
            return _boot.OrderKey();
        }

        /// <summary>Secrets and counters.</summary>
        public DeviceKeys Keys
        {
            get { return _boot.Keys; }
        }

        /// <summary>Whether this boot brought a new key into force.</summary>
        public bool HasRotated
        {
            get { return _boot.HasRotated; }
        }

        /// <summary>Whether the device's first key was made in this boot.</summary>
        public bool HasMade
        {
            get { return _boot.HasMade; }
        }

        /// <summary>The device's identity; null until its key is up.</summary>
        public DeviceIdentity Device
        {
            get { return _boot.Device; }
        }

        /// <summary>Signs; null until everything is up.</summary>
        public ManifestSigner Signer { get; private set; }

        /// <summary>Makes the seals of recordings; null until everything is up, and when recordings are in the clear.</summary>
        public SealMaker Seals { get; private set; }

        /// <summary>Closes what a power cut left; null until everything is up.</summary>
        public SlotRecovery Recovery { get; private set; }

        /// <summary>One slice. True while work remains; <see cref="IsReady"/> when it has succeeded.</summary>
        /// <param name="store">The card.</param>
        public bool Step(CardStore store)
        {
            if (_boot.Step())
            {
                return true;
            }

            if (_boot.Failed && _failedUs == 0)
            {
                _failedUs = _board.Clock.Microseconds;
            }

            if (!_boot.IsReady || IsReady)
            {
                return false;
            }

            Signer = _boot.Signer;
            if (_configuration.IsSealed)
            {
                Seals = new SealMaker(_board.Natives, _digests, _boot.Keys, _configuration.Recipients, _configuration.Private);
            }

            Recovery = new SlotRecovery(
                store,
                new SegmentRecovery(_digests, _boot.Device, Signer, _board.Clock, _firmware),
                new SlotInspector(_digests, _boot.Device, Signer)
            );
            Recovery.SetCommitments(_boot.Keys.Commitments);
            return true;
        }
    }
}
