// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Evidence
{
    /// <summary>Who the device is, as its evidence states it, and the secret with which it recognises its own fragments.</summary>
    public sealed class DeviceIdentity
    {
        /// <summary>Longest unit name, characters.</summary>
        public const int MaxUnitName = 16;

        private readonly byte[] _publicKey;
        private readonly byte[] _fingerprint;
        private readonly byte[] _id;
        private readonly byte[] _macKey;
        private readonly string _unit;
        private readonly int _bootNumber;
        private readonly KeyHistory _history;

        /// <summary>Derives fingerprint and id from the public key.</summary>
        /// <param name="digests">Hashes.</param>
        /// <param name="publicKey">Ed25519 public key, 32 bytes.</param>
        /// <param name="macKey">Secret of the fragment MAC, 32 bytes.</param>
        /// <param name="unit">Unit name, at most 16 ASCII characters.</param>
        /// <param name="bootNumber">How often the device has booted, from 1.</param>
        public DeviceIdentity(Digests digests, byte[] publicKey, byte[] macKey, string unit, int bootNumber)
        {
            _publicKey = publicKey;
            _macKey = macKey;
            _unit = unit;
            _bootNumber = bootNumber;
            _fingerprint = digests.Fingerprint(publicKey);
            _id = new byte[16];
            Array.Copy(_fingerprint, 0, _id, 0, _id.Length);
            _history = KeyHistory.None();
        }

        /// <summary>The identity that stays when the key is changed: the id is that of the first key.</summary>
        /// <param name="digests">Hashes.</param>
        /// <param name="publicKey">Ed25519 public key in force, 32 bytes.</param>
        /// <param name="keys">Secrets, counters, former keys.</param>
        /// <param name="unit">Unit name, at most 16 ASCII characters.</param>
        public DeviceIdentity(Digests digests, byte[] publicKey, DeviceKeys keys, string unit)
            : this(digests, publicKey, keys.MacKey, unit, keys.BootNumber)
        {
            if (keys.Id == null)
            {
                return;
            }

            _id = keys.Id;
            _history = keys.History;
            RotationBoot = keys.RotationBoot;
            RotationRecordings = keys.RotationRecordings;
        }

        /// <summary>The former keys.</summary>
        public KeyHistory History
        {
            get { return _history; }
        }

        /// <summary>The first boot under the key and the secret in force; 0 when there were no others.</summary>
        public int RotationBoot { get; }

        /// <summary>Number of the newest recording under a former key; 0 when there is none.</summary>
        public int RotationRecordings { get; }

        /// <summary>The public key that was in force in a boot; null when it is not known any more.</summary>
        public byte[] KeyIn(int bootNumber)
        {
            return bootNumber >= RotationBoot ? _publicKey : _history.FormerKey(bootNumber);
        }

        /// <summary>Ed25519 public key, 32 bytes.</summary>
        public byte[] PublicKey
        {
            get { return _publicKey; }
        }

        /// <summary>Fingerprint of the public key, 32 bytes.</summary>
        public byte[] Fingerprint
        {
            get { return _fingerprint; }
        }

        /// <summary>Device id, 16 bytes.</summary>
        public byte[] Id
        {
            get { return _id; }
        }

        /// <summary>Secret of the fragment MAC; never leaves the device.</summary>
        public byte[] MacKey
        {
            get { return _macKey; }
        }

        /// <summary>Unit name.</summary>
        public string Unit
        {
            get { return _unit; }
        }

        /// <summary>How often the device has booted.</summary>
        public int BootNumber
        {
            get { return _bootNumber; }
        }
    }
}
