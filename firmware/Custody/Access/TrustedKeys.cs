// SPDX-License-Identifier: MIT

using Lapel.Evidence;

namespace Lapel.Custody
{
    /// <summary>Whose keys have a say: looked up by fingerprint, as documents and log-ins name them.</summary>
    public sealed class TrustedKeys
    {
        private readonly Digests _digests;
        private readonly ConfigurationStore _store;

        /// <summary>The keys of the configuration that is installed.</summary>
        public TrustedKeys(Digests digests, ConfigurationStore store)
        {
            _digests = digests;
            _store = store;
        }

        /// <summary>The station with this fingerprint, or null.</summary>
        public Station FindStation(byte[] fingerprint)
        {
            if (_store.Installed == null)
            {
                return null;
            }

            Station[] stations = _store.Installed.Stations;
            for (int i = 0; i < stations.Length; i++)
            {
                // Computed at each look-up, by native code: so there is no table of them that would have to follow a new configuration.
                if (IsOf(stations[i].PublicKey, fingerprint))
                {
                    return stations[i];
                }
            }

            return null;
        }

        /// <summary>The archive's public key with this fingerprint, or null.</summary>
        public byte[] FindArchive(byte[] fingerprint)
        {
            if (_store.Installed == null)
            {
                return null;
            }

            byte[][] archives = _store.Installed.Archives;
            for (int i = 0; i < archives.Length; i++)
            {
                if (IsOf(archives[i], fingerprint))
                {
                    return archives[i];
                }
            }

            return null;
        }

        /// <summary>Whether a fingerprint is that of the authority in force.</summary>
        public bool IsAuthority(byte[] fingerprint)
        {
            // From the owner's entry, not the configuration: the authority still has its say when the configuration is damaged, to install
            // it again.
            return _store.Authority != null && IsOf(_store.Authority, fingerprint);
        }

        /// <summary>Whether a fingerprint is that of a public key.</summary>
        public bool IsOf(byte[] publicKey, byte[] fingerprint)
        {
            return SegmentHead.Same(fingerprint, 0, _digests.Fingerprint(publicKey));
        }
    }
}
