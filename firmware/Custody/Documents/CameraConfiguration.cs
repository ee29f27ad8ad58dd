// SPDX-License-Identifier: MIT

using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Custody
{
    /// <summary>How a camera is set up.</summary>
    /// <remarks>Each setting states its unit, effect, default and trade-off.</remarks>
    public sealed class CameraConfiguration
    {
        /// <summary>Longest pre-event that can be asked for, seconds.</summary>
        public const int MaxPreEventSeconds = 120;

        /// <summary>Longest time after which a recording may go on by itself, seconds.</summary>
        public const int MaxContinueSeconds = 600;

        /// <summary>Seconds before the press that a recording keeps, 0 to 120; default 30.</summary>
        /// <remarks>
        /// Bounded by memory: what was obtained is in every recording. More keeps more of what led to the press, and more of people who did
        /// nothing.
        /// </remarks>
        public int PreEventSeconds = 30;

        /// <summary>Frame size; default VGA. Larger needs a faster card and shortens the pre-event.</summary>
        public FrameSize Size = FrameSize.Vga;

        /// <summary>Best quality the governor may use; default is the module's own.</summary>
        public FrameQuality Quality = FrameQuality.Default;

        /// <summary>
        /// Milliseconds between frames, 66 to 1000; default 125, which is 8 a second: 30 s of VGA at 18 KB a frame are 4.3 MB, what the
        /// reference board's memory holds.
        /// </summary>
        public int IntervalMs = 125;

        /// <summary>Unit name shown in the text track, at most 16 ASCII characters. Must not name a person.</summary>
        public string Unit = "LAPEL";

        /// <summary>Whether the event button starts a recording; default no: it only marks.</summary>
        public bool EventStarts;

        /// <summary>Whether lights and tones stay off; default no.</summary>
        public bool Covert;

        /// <summary>
        /// Bytes of a slot when a card is made, a multiple of 512; default 8 MiB, about 40 s of VGA: 64 GB are 8,000 slots.
        /// </summary>
        /// <remarks>Smaller wastes less at the end of a recording, larger makes fewer files.</remarks>
        public int SlotBytes = 8 * 1024 * 1024;

        /// <summary>
        /// A recording that a power cut or a restart ended goes on when the camera is up again within so many seconds of the last
        /// commitment to it, 0 to 600; default 60; 0: it never does. Where no clock survived, it goes on unless this is 0.
        /// </summary>
        /// <remarks>
        /// Longer bridges a longer change of batteries. It may also record somebody after the matter is over.
        /// </remarks>
        public int ContinueSeconds = 60;

        /// <summary>X25519 public keys, 32 bytes each, of those who may open recordings, at most 4.</summary>
        /// <remarks>
        /// Null or empty, the default, records in the clear: for demonstration, since whoever finds the card can watch it. Each recipient
        /// adds 80 bytes a segment and half a second of idle time before the next recording.
        /// </remarks>
        public byte[][] Recipients;

        /// <summary>
        /// Who wears the camera, where, and free text: recorded in the sealed private box only, so not at all in the clear. Default empty.
        /// </summary>
        public PrivateFacts Private = new PrivateFacts();

        /// <summary>What is wrong with the configuration, or null.</summary>
        public string Malformed()
        {
            if (PreEventSeconds < 0 || PreEventSeconds > MaxPreEventSeconds)
            {
                return "pre-event must be 0 to 120 s";
            }

            if (IntervalMs < 66 || IntervalMs > 1000)
            {
                return "frame interval must be 66 to 1000 ms";
            }

            if (SlotBytes < 256 * 1024 || SlotBytes % Sector.Size != 0)
            {
                return "slots must be 256 KiB or more, a multiple of 512";
            }

            if (SlotBytes < LeastSlotBytes)
            {
                return "slots must hold half a second of pictures: " + LeastSlotBytes.ToString() + " bytes or more";
            }

            if (ContinueSeconds < 0 || ContinueSeconds > MaxContinueSeconds)
            {
                return "the time within which a recording goes on must be 0 to 600 s";
            }

            if (Unit == null || Unit.Length == 0 || Unit.Length > DeviceIdentity.MaxUnitName)
            {
                return "unit name must have 1 to 16 characters";
            }

            for (int i = 0; i < Unit.Length; i++)
            {
                if (Unit[i] <= ' ' || Unit[i] > '~')
                {
                    return "unit name must be printable ASCII without spaces";
                }
            }

            return MalformedRecipients() ?? (Private == null ? "the private facts are missing" : Private.Malformed());
        }

        private string MalformedRecipients()
        {
            if (Recipients == null)
            {
                return null;
            }

            if (Recipients.Length > EnvelopeBox.MaxRecipients)
            {
                return "there may be at most 4 recipients";
            }

            for (int i = 0; i < Recipients.Length; i++)
            {
                if (Recipients[i] == null || Recipients[i].Length != 32)
                {
                    return "a recipient's public key has 32 bytes";
                }
            }

            return null;
        }

        /// <summary>Whether recordings are sealed.</summary>
        public bool IsSealed
        {
            get { return Recipients != null && Recipients.Length > 0; }
        }

        /// <summary>
        /// Least bytes of a slot: half a second of pictures must fit, of the size that such pictures were seen to have in daylight at the
        /// default quality (CUSTODY.md 3).
        /// </summary>
        public int LeastSlotBytes
        {
            get
            {
                int pictures = (FragmentGatherer.FragmentMs + IntervalMs - 1) / IntervalMs;
                return SegmentBudget.LeastSlotBytes(pictures, DaylightPictureBytes, IsSealed);
            }
        }

        private int DaylightPictureBytes
        {
            get
            {
                return Size == FrameSize.Qvga ? 8192
                    : Size == FrameSize.Vga ? 30720
                    : Size == FrameSize.Svga ? 53248
                    : 102400;
            }
        }

        /// <summary>Width of the frames, pixels.</summary>
        public int Width
        {
            get
            {
                return Size == FrameSize.Qvga ? 320
                    : Size == FrameSize.Vga ? 640
                    : Size == FrameSize.Svga ? 800
                    : 1280;
            }
        }

        /// <summary>Height of the frames, pixels.</summary>
        public int Height
        {
            get
            {
                return Size == FrameSize.Qvga ? 240
                    : Size == FrameSize.Vga ? 480
                    : Size == FrameSize.Svga ? 600
                    : 720;
            }
        }

        /// <summary>The configuration as deterministic CBOR, for its digest: an array of its settings in the order above.</summary>
        /// <remarks>Who wears the camera and where is not in it: a digest of something short in the clear could be guessed.</remarks>
        public byte[] Encode()
        {
            var cbor = new CborWriter(256);
            cbor.BeginArray(10);
            cbor.Int(PreEventSeconds);
            cbor.Int((int)Size);
            cbor.Int((int)Quality);
            cbor.Int(IntervalMs);
            cbor.Text(Unit);
            cbor.Int(EventStarts ? 1 : 0);
            cbor.Int(Covert ? 1 : 0);
            cbor.Int(SlotBytes);
            cbor.Int(ContinueSeconds);
            cbor.BeginArray(IsSealed ? Recipients.Length : 0);
            for (int i = 0; IsSealed && i < Recipients.Length; i++)
            {
                cbor.Bytes(Recipients[i]);
            }

            return cbor.ToArray();
        }
    }
}
