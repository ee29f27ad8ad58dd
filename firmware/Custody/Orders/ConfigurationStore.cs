// SPDX-License-Identifier: MIT

using System;
using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Custody
{
    /// <summary>
    /// The installed configuration in internal storage (CUSTODY.md section 3.3): the signed document and, apart from it, who owns the
    /// camera. Its signature was
    /// checked when it was installed; from then on the device's own MAC stands for it, so that a boot does not take half a second longer.
    /// </summary>
    public sealed class ConfigurationStore
    {
        /// <summary>Entry of the signed document.</summary>
        public const string DocumentEntry = "CONFIG";

        /// <summary>Entry of the authority and the serial number.</summary>
        public const string OwnerEntry = "OWNER";

        private const int OwnerBytes = 4 + Digests.Size;

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
                byte[] key = Installed == null ? null : DeviceKeys.StorageKey(_board);
                return key == null ? null : Opened(key, DocumentEntry, DocumentLabel);
            }
        }

        /// <summary>Digest of its payload; null without one.</summary>
        public byte[] Digest { get; private set; }

        /// <summary>Ed25519 public key of the authority in force; null while the camera is unowned.</summary>
        public byte[] Authority { get; private set; }

        /// <summary>Serial number of the newest configuration ever installed; 0 when there was none.</summary>
        public int Serial { get; private set; }

        /// <summary>
        /// The camera is owned but its configuration is damaged: it must be installed again, and nothing may be recorded without it.
        /// </summary>
        public bool IsLost
        {
            get { return Authority != null && Installed == null; }
        }

        /// <summary>Reads what is installed. Nothing, when the device has no secrets yet.</summary>
        public void Load()
        {
            Forget();
            byte[] key = DeviceKeys.StorageKey(_board);
            if (key == null)
            {
                return;
            }

            byte[] owner = Opened(key, OwnerEntry, OwnerLabel);
            if (owner != null && owner.Length == OwnerBytes)
            {
                Serial = BigEndian.Get32(owner, 0);
                Authority = Part(owner, 4, Digests.Size);
            }

            byte[] document = Opened(key, DocumentEntry, DocumentLabel);
            if (document != null)
            {
                Take(SignedDocument.Parse(document));
            }
        }

        /// <summary>
        /// Stores a configuration whose signature was checked. False when internal storage failed: then the old one is still in force.
        /// </summary>
        public bool Install(byte[] document)
        {
            byte[] key = DeviceKeys.StorageKey(_board);
            if (key == null || !Save(key, DocumentEntry, DocumentLabel, document))
            {
                return false;
            }

            Take(SignedDocument.Parse(document));
            SaveOwner(key);
            return true;
        }

        private void Forget()
        {
            Installed = null;
            Digest = null;
            Authority = null;
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
            if (configuration.Error != null || configuration.Serial < Serial)
            {
                return;
            }

            Installed = configuration;
            Digest = _digests.Configuration(document.Payload);
            Authority = configuration.Authority;
            Serial = configuration.Serial;
        }

        private void SaveOwner(byte[] key)
        {
            byte[] owner = new byte[OwnerBytes];
            BigEndian.Put32(owner, 0, Serial);
            Array.Copy(Authority, 0, owner, 4, Digests.Size);
            Save(key, OwnerEntry, OwnerLabel, owner);
        }

        private bool Save(byte[] key, string name, byte[] label, byte[] content)
        {
            byte[] entry = new byte[content.Length + Digests.Size];
            Array.Copy(content, 0, entry, 0, content.Length);
            Array.Copy(Mac(key, label, content), 0, entry, content.Length, Digests.Size);
            return _board.Store.Save(name, entry);
        }

        private byte[] Opened(byte[] key, string name, byte[] label)
        {
            byte[] entry = _board.Store.Load(name);
            if (entry == null || entry.Length <= Digests.Size)
            {
                return null;
            }

            byte[] content = Part(entry, 0, entry.Length - Digests.Size);
            return SegmentHead.Same(entry, content.Length, Mac(key, label, content)) ? content : null;
        }

        private byte[] Mac(byte[] key, byte[] label, byte[] content)
        {
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
