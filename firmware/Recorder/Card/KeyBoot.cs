// SPDX-License-Identifier: MIT

using Lapel.Crypto;
using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Recorder
{
    /// <summary>
    /// Brings the device's keys up after power-on, in slices: secrets, a change of the key that was ordered, key pair, identity, the first
    /// signature nonce.
    /// </summary>
    public sealed class KeyBoot
    {
        private readonly IBoard _board;
        private readonly Digests _digests;
        private readonly string _unit;
        private Ed25519Key _key;
        private KeyRotation _rotation;

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

        /// <summary>Internal storage cannot be written: nothing can be signed.</summary>
        public bool Failed { get; private set; }

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
                Failed = !Keys.Boot();
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
            if (_rotation.IsDone)
            {
                _key = new Ed25519Key(Keys.Seed);
            }
        }
    }
}
