// SPDX-License-Identifier: MIT

using System;
using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Custody
{
    /// <summary>
    /// The installed configuration in internal storage (CUSTODY.md section 3.3): the signed document and, apart from it, who owns the
    /// camera.
    /// </summary>
    /// <remarks>
    /// Its signature was checked when it was installed; from then on the device's own MAC stands for it, so that a boot does not take half
    /// a second longer.
    /// </remarks>
    public sealed class ConfigurationStore
    {
        private const int OwnerBytes = 4 + Digests.Size;

        // One label for each entry: a stored document cannot be moved into the owner's place, nor the reverse.
        private static readonly byte[] DocumentLabel = Digests.Label("LAPEL-STORED-CONFIG-1");
        private static readonly byte[] OwnerLabel = Digests.Label("LAPEL-STORED-OWNER-1");

        private readonly IBoard _board;
        private readonly Digests _digests;

        /// <summary>The store of a board.</summary>
        public ConfigurationStore(IBoard board, Digests digests)
        {
            _board = board;
            _digests = digests;
        }

        /// <summary>The configuration that is installed; null when there is none or it is damaged.</summary>
        public SignedConfiguration Installed { get; private set; }

        /// <summary>The signed document that is installed, as it came; null without one. Read from storage at each call.</summary>
        public byte[] Document
        {
            get
            {
                byte[] entry = null;
                if (Installed != null)
                {
                    _board.Store.Load(StoreEntries.Configuration, out entry);
                }

                return Opened(DeviceKeys.StorageKey(_board), DocumentLabel, entry);
            }
        }

        /// <summary>Digest of its payload; null without one.</summary>
        public byte[] Digest { get; private set; }

        /// <summary>Ed25519 public key of the authority in force; null while the camera is unowned.</summary>
        public byte[] Authority { get; private set; }

        /// <summary>Serial number of the newest configuration ever installed; 0 when there was none.</summary>
        public int Serial { get; private set; }

        /// <summary>
        /// The camera is owned but its configuration is damaged: it must be installed again, and nothing may be recorded without it. So
        /// it is too when it cannot be read who owns it.
        /// </summary>
        public bool IsLost
        {
            get { return Installed == null && IsOwned; }
        }

        /// <summary>
        /// Whether the camera has an owner. It has none only when internal storage holds neither of the two entries: what cannot be read
        /// may name one.
        /// </summary>
        public bool IsOwned
        {
            get { return Authority != null || IsOwnerUnknown; }
        }

        /// <summary>Whether the camera may have an owner, and which one cannot be read: then it takes no configuration.</summary>
        public bool IsOwnerUnknown { get; private set; }

        /// <summary>Reads what is installed. Without the device's secret nothing of it can be checked.</summary>
        public void Load()
        {
            // Load may be called again: nothing of what was read before may stay when an entry has gone since.
            Forget();
            byte[] owner;
            byte[] document;
            StoreStatus ownerStatus = _board.Store.Load(StoreEntries.Owner, out owner);
            StoreStatus documentStatus = _board.Store.Load(StoreEntries.Configuration, out document);
            bool isUnowned = IsNothing(ownerStatus, owner);
            bool isUnset = IsNothing(documentStatus, document);
            byte[] key = isUnowned && isUnset ? null : DeviceKeys.StorageKey(_board);
            owner = Opened(key, OwnerLabel, owner);
            if (owner != null && owner.Length == OwnerBytes)
            {
                Serial = BigEndian.Get32(owner, 0);
                Authority = Part(owner, 4, Digests.Size);
            }

            document = Opened(key, DocumentLabel, document);
            if (document != null)
            {
                Take(SignedDocument.Parse(document));
            }

            IsOwnerUnknown = Authority == null && !(isUnowned && isUnset);
        }

        /// <summary>Stores a configuration whose signature was checked.</summary>
        /// <returns>False when internal storage failed: then the old one is still in force.</returns>
        public bool Install(byte[] document)
        {
            byte[] key = DeviceKeys.StorageKey(_board);
            if (key == null || !Save(key, StoreEntries.Configuration, DocumentLabel, document))
            {
                return false;
            }

            Take(SignedDocument.Parse(document));
            SaveOwner(key, Authority, Serial);
            return true;
        }

        /// <summary>
        /// The authority that the entries name, and the serial number, when the device's secret is gone and nothing proves them; null when
        /// they name none, or not the same one. It counts for an order to repair alone: the device that comes of it is another one.
        /// </summary>
        /// <param name="serial">Serial number of the newest configuration; 0 when none is named.</param>
        public byte[] UnprovedAuthority(out int serial)
        {
            byte[] owner;
            byte[] entry;
            serial = 0;
            byte[] authority = null;
            _board.Store.Load(StoreEntries.Owner, out owner);
            if (owner != null && owner.Length == OwnerBytes + Digests.Size && !StoreEntries.IsZero(owner))
            {
                serial = BigEndian.Get32(owner, 0);
                authority = Part(owner, 4, Digests.Size);
            }

            _board.Store.Load(StoreEntries.Configuration, out entry);
            SignedDocument document =
                entry == null || entry.Length <= Digests.Size ? null : SignedDocument.Parse(Part(entry, 0, entry.Length - Digests.Size));
            if (document == null || document.Error != null)
            {
                return authority;
            }

            SignedConfiguration configuration = SignedConfiguration.Parse(document.Payload);
            if (configuration.Error != null || (authority != null && configuration.Serial < serial))
            {
                return authority;
            }

            // Of the same serial number both entries come from the same document.
            if (authority != null && configuration.Serial == serial && !SegmentHead.Same(authority, 0, configuration.Authority))
            {
                return null;
            }

            serial = configuration.Serial;
            return configuration.Authority;
        }

        /// <summary>
        /// Stores who owns the camera that comes of a repair, under a secret that is not in force yet. False when internal storage cannot
        /// be written.
        /// </summary>
        /// <param name="secret">The next device's secret.</param>
        /// <param name="authority">The authority, 32 bytes.</param>
        /// <param name="serial">Serial number of the newest configuration.</param>
        public bool SaveOwnerUnder(byte[] secret, byte[] authority, int serial)
        {
            return SaveOwner(DeviceKeys.StorageKeyOf(_board, secret), authority, serial);
        }

        // A retired camera's entries are zeros.
        private static bool IsNothing(StoreStatus status, byte[] content)
        {
            return status == StoreStatus.Absent || (status == StoreStatus.Ok && StoreEntries.IsZero(content));
        }

        private void Forget()
        {
            Installed = null;
            Digest = null;
            Authority = null;
            IsOwnerUnknown = false;
            Serial = 0;
        }

        // The document is stored first and names the authority itself: should the power go before the owner's entry is written, the next
        // boot takes it from the document, and writes the entry with the next configuration.
        private void Take(SignedDocument document)
        {
            if (document.Error != null)
            {
                return;
            }

            SignedConfiguration configuration = SignedConfiguration.Parse(document.Payload);

            // An older document beside a newer owner's entry is one that somebody put back into the flash: the camera then counts as lost,
            // not as set up so.
            if (configuration.Error != null || configuration.Serial < Serial)
            {
                return;
            }

            Installed = configuration;
            Digest = _digests.Configuration(document.Payload);
            Authority = configuration.Authority;
            Serial = configuration.Serial;
        }

        private bool SaveOwner(byte[] key, byte[] authority, int serial)
        {
            byte[] owner = new byte[OwnerBytes];
            BigEndian.Put32(owner, 0, serial);
            Array.Copy(authority, 0, owner, 4, Digests.Size);
            return Save(key, StoreEntries.Owner, OwnerLabel, owner);
        }

        private bool Save(byte[] key, string name, byte[] label, byte[] content)
        {
            byte[] entry = new byte[content.Length + Digests.Size];
            Array.Copy(content, 0, entry, 0, content.Length);
            Array.Copy(Mac(key, label, content), 0, entry, content.Length, Digests.Size);
            return _board.Store.Save(name, entry);
        }

        private byte[] Opened(byte[] key, byte[] label, byte[] entry)
        {
            if (key == null || entry == null || entry.Length <= Digests.Size)
            {
                return null;
            }

            byte[] content = Part(entry, 0, entry.Length - Digests.Size);
            return SegmentHead.Same(entry, content.Length, Mac(key, label, content)) ? content : null;
        }

        private byte[] Mac(byte[] key, byte[] label, byte[] content)
        {
            // A key for each label, derived: MACs of different entries are never of the same key.
            return _digests.Mac(_digests.Mac(key, label), content);
        }

        private static byte[] Part(byte[] from, int offset, int count)
        {
            byte[] part = new byte[count];
            Array.Copy(from, offset, part, 0, count);
            return part;
        }
    }
}
