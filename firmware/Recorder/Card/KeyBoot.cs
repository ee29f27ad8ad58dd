// SPDX-License-Identifier: MIT

using Lapel.Crypto;
using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Recorder
{
    /// <summary>
    /// Brings the device's keys up after power-on, in slices: secrets, a change of the key that was ordered, key pair, identity, the first
    /// signature nonce. A device without a key stays without one until a key is ordered.
    /// </summary>
    public sealed class KeyBoot
    {
        private readonly IBoard _board;
        private readonly Digests _digests;
        private readonly string _unit;
        private Ed25519Key _key;
        private KeyRotation _rotation;
        private bool _isOrdered;

        /// <summary>Keys of this board.</summary>
        public KeyBoot(IBoard board, Digests digests, string unit)
        {
            _board = board;
            _digests = digests;
            _unit = unit;
            Keys = new DeviceKeys(board);
        }

        /// <summary>Secrets and counters.</summary>
        public DeviceKeys Keys { get; private set; }

        /// <summary>The device's identity, once known.</summary>
        public DeviceIdentity Device { get; private set; }

        /// <summary>The signer, once it has a nonce ready.</summary>
        public ManifestSigner Signer { get; private set; }

        /// <summary>Whether this boot brought a new key into force.</summary>
        public bool HasRotated
        {
            get { return _rotation != null && _rotation.IsDone; }
        }

        /// <summary>Whether the device's first key was made in this boot.</summary>
        public bool HasMade { get; private set; }

        /// <summary>The keys do not come up, now: nothing can be signed. <see cref="DeviceKeys.Status"/> says why.</summary>
        public bool Failed { get; private set; }

        /// <summary>
        /// A technician orders the device's first key; the steps that follow make it. False when there is one, when internal storage
        /// holds anything of a device, readable or not, and before it was looked at.
        /// </summary>
        public bool OrderKey()
        {
            if (!Failed || Keys.Status != KeyStatus.NoKey)
            {
                return false;
            }

            _isOrdered = true;
            Failed = false;
            return true;
        }

        /// <summary>Whether everything is up.</summary>
        public bool IsReady
        {
            get { return Signer != null && Signer.IsPrepared; }
        }

        /// <summary>One slice. True while work remains.</summary>
        public bool Step()
        {
            if (Failed || IsReady)
            {
                return false;
            }

            if (_rotation != null && _key == null)
            {
                Rotate();
            }
            else if (_key == null)
            {
                HasMade = _isOrdered && Keys.Make();
                Failed = _isOrdered != HasMade || !Keys.Boot();
                _isOrdered = false;
                if (Failed)
                {
                    return false;
                }

                if (Keys.Next == null)
                {
                    _key = new Ed25519Key(Keys.Seed);
                }
                else
                {
                    _rotation = new KeyRotation(_board, _digests, Keys);
                }
            }
            else if (!_key.IsReady)
            {
                _key.Step();
            }
            else if (Signer == null)
            {
                Device = new DeviceIdentity(_digests, _key.PublicKey, Keys, _unit);
                Signer = new ManifestSigner(_key, Device.Fingerprint, _board.Natives, Keys.NonceSeed());
            }
            else
            {
                Signer.Step();
            }

            return !IsReady;
        }

        private void Rotate()
        {
            _rotation.Step();
            Failed = _rotation.HasFailed;
            if (Failed)
            {
                Keys.Fail();
            }

            if (_rotation.IsDone)
            {
                _key = new Ed25519Key(Keys.Seed);
            }
        }
    }
}
