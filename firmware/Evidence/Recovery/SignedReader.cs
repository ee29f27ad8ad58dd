// SPDX-License-Identifier: MIT

using Lapel.Crypto;

namespace Lapel.Evidence
{
    /// <summary>
    /// A checkpoint or close block, read back from the card and checked in slices: whole to its last byte, signed by this device. A cut
    /// leaves blocks that are half there, and preallocated space holds old ones.
    /// </summary>
    public sealed class SignedReader
    {
        /// <summary>Bytes to read for a block: greater than any that this device writes.</summary>
        public const int Room = SegmentBudget.ManifestBlockBytes;

        private const int BodyHead = 12;
        private const int ManifestAt = UserType.BoxHeader + BodyHead;

        private readonly Digests _digests;
        private readonly DeviceIdentity _device;
        private readonly ManifestSigner _signer;
        private readonly ManifestProbe _probe = new ManifestProbe();
        private readonly Ed25519Verifier _verifier = new Ed25519Verifier();
        private byte[] _structure;

        /// <summary>Reads blocks of this device.</summary>
        /// <param name="digests">D and fingerprints.</param>
        /// <param name="device">The key in force, and those that were.</param>
        /// <param name="signer">Knows the envelope that must stand there.</param>
        public SignedReader(Digests digests, DeviceIdentity device, ManifestSigner signer)
        {
            _digests = digests;
            _device = device;
            _signer = signer;
        }

        /// <summary>What the block is: a checkpoint, a close or a close by recovery.</summary>
        public ManifestKind Kind { get; private set; }

        /// <summary>Bytes of the block, a multiple of 512.</summary>
        public int Length { get; private set; }

        /// <summary>Bytes of the manifest.</summary>
        public int ManifestBytes { get; private set; }

        /// <summary>D(manifest).</summary>
        public byte[] Digest { get; private set; }

        /// <summary>Whether the signature holds; the answer once <see cref="Step"/> has returned false.</summary>
        public bool IsValid
        {
            get { return _verifier.IsValid; }
        }

        /// <summary>
        /// Whether a whole block of the key in force stands at the array's start but for its signature, which <see cref="Step"/> goes on to
        /// check.
        /// </summary>
        /// <param name="bytes">The bytes.</param>
        /// <param name="count">How many.</param>
        /// <param name="bytesToIndexLimit">Bytes from the block to the slot's end.</param>
        public bool Begin(byte[] bytes, int count, int bytesToIndexLimit)
        {
            return Begin(bytes, count, bytesToIndexLimit, _device.PublicKey);
        }

        /// <summary>The same of the key that was in force in a recording's boot.</summary>
        /// <param name="bytes">The bytes.</param>
        /// <param name="count">How many.</param>
        /// <param name="bytesToIndexLimit">Bytes from the block to the slot's end.</param>
        /// <param name="bootNumber">The boot.</param>
        public bool BeginOf(byte[] bytes, int count, int bytesToIndexLimit, int bootNumber)
        {
            byte[] key = _device.KeyIn(bootNumber);
            return key != null && Begin(bytes, count, bytesToIndexLimit, key);
        }

        /// <summary>One slice of checking the signature; true while more is needed.</summary>
        public bool Step()
        {
            return _verifier.Step();
        }

        /// <summary>Whether the manifest states this chain value (key 9).</summary>
        /// <param name="bytes">The bytes that <see cref="Begin(byte[], int, int)"/> took.</param>
        /// <param name="chain">The value, 32 bytes.</param>
        public bool States(byte[] bytes, byte[] chain)
        {
            return _probe.IsBytes(bytes, ManifestAt, ManifestBytes, ManifestKey.Chain, chain);
        }

        /// <summary>Whether the manifest states these numbers: recording, segment and the sector at which the block begins.</summary>
        /// <param name="bytes">The block.</param>
        /// <param name="recording">Id and number of the recording.</param>
        /// <param name="segment">Segment number.</param>
        /// <param name="sector">Sector of the slot at which the block was read.</param>
        public bool IsOf(byte[] bytes, RecordingFacts recording, int segment, int sector)
        {
            return Int(bytes, ManifestKey.RecordingNumber) == recording.Number
                && Int(bytes, ManifestKey.Segment) == segment
                && Int(bytes, ManifestKey.Sector) == sector
                && _probe.IsBytes(bytes, ManifestAt, ManifestBytes, ManifestKey.RecordingId, recording.Id);
        }

        /// <summary>Fragments before the block; -1 when the manifest does not say.</summary>
        public int Fragments(byte[] bytes)
        {
            return Int(bytes, ManifestKey.Fragments);
        }

        private int Int(byte[] bytes, int key)
        {
            return _probe.Int(bytes, ManifestAt, ManifestBytes, key);
        }

        private bool Begin(byte[] bytes, int count, int bytesToIndexLimit, byte[] key)
        {
            if (!UserType.Is(bytes, 0, UserType.SignedManifest))
            {
                return false;
            }

            Kind = (ManifestKind)BigEndian.Get16(bytes, UserType.BoxHeader);
            ManifestBytes = BigEndian.Get32(bytes, UserType.BoxHeader + 4);
            bool known = Kind >= ManifestKind.Checkpoint && Kind <= ManifestKind.Recovery;
            if (!known || BigEndian.Get16(bytes, UserType.BoxHeader + 2) != 0 || ManifestBytes < 1 || ManifestBytes > count)
            {
                return false;
            }

            int box = ManifestAt + ManifestBytes + ManifestSigner.CoseBytes;
            Length = Sector.RoundUp(box + 8);
            if (
                Length > count
                || BigEndian.Get32(bytes, 0) != box
                || BigEndian.Get32(bytes, UserType.BoxHeader + 8) != ManifestSigner.CoseBytes
            )
            {
                return false;
            }

            if (!Tail(bytes, box, bytesToIndexLimit))
            {
                return false;
            }

            var manifest = new byte[ManifestBytes];
            System.Array.Copy(bytes, ManifestAt, manifest, 0, ManifestBytes);
            Digest = _digests.Manifest(manifest);
            byte[] fingerprint = key == _device.PublicKey ? _device.Fingerprint : _digests.Fingerprint(key);
            byte[] envelope = _signer.Envelope(Digest, fingerprint);
            int cose = ManifestAt + ManifestBytes;
            for (int i = 0; i < ManifestSigner.SignatureAt; i++)
            {
                if (bytes[cose + i] != envelope[i])
                {
                    return false;
                }
            }

            _structure = _signer.Structure(Digest, fingerprint);
            _verifier.Begin(key, _structure, 0, _structure.Length, bytes, cose + ManifestSigner.SignatureAt);
            return true;
        }

        private bool Tail(byte[] bytes, int box, int limit)
        {
            int free = BigEndian.Get32(bytes, box);
            if (bytes[box + 4] != 'f' || bytes[box + 5] != 'r' || bytes[box + 6] != 'e' || bytes[box + 7] != 'e')
            {
                return false;
            }

            if (Kind == ManifestKind.Checkpoint ? free != Length - box : free < Length - box || free > limit - box)
            {
                return false;
            }

            for (int i = box + 8; i < Length; i++)
            {
                if (bytes[i] != 0)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
