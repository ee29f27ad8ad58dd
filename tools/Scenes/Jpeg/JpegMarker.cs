// SPDX-License-Identifier: MIT

namespace Lapel.Scenes
{
    /// <summary>Second byte of the JPEG markers used here (ITU-T T.81, table B.1).</summary>
    internal static class JpegMarker
    {
        /// <summary>Temporary private use; stands alone.</summary>
        public const byte Tem = 0x01;

        /// <summary>Start of frame, baseline DCT, Huffman coding.</summary>
        public const byte Sof0 = 0xC0;

        /// <summary>Start of frame, progressive DCT, Huffman coding.</summary>
        public const byte Sof2 = 0xC2;

        /// <summary>Huffman tables.</summary>
        public const byte Dht = 0xC4;

        /// <summary>Reserved for extensions; no start of frame although among their codes.</summary>
        public const byte Jpg = 0xC8;

        /// <summary>Arithmetic coding conditioning; no start of frame although among their codes.</summary>
        public const byte Dac = 0xCC;

        /// <summary>Last start of frame code.</summary>
        public const byte Sof15 = 0xCF;

        /// <summary>First of the eight restart markers.</summary>
        public const byte Rst0 = 0xD0;

        /// <summary>Last of the eight restart markers.</summary>
        public const byte Rst7 = 0xD7;

        /// <summary>Start of image.</summary>
        public const byte Soi = 0xD8;

        /// <summary>End of image.</summary>
        public const byte Eoi = 0xD9;

        /// <summary>Start of scan.</summary>
        public const byte Sos = 0xDA;

        /// <summary>Quantization tables.</summary>
        public const byte Dqt = 0xDB;

        /// <summary>Restart interval.</summary>
        public const byte Dri = 0xDD;

        /// <summary>Application segment 0 (JFIF).</summary>
        public const byte App0 = 0xE0;

        /// <summary>Whether the marker begins a frame header: SOF0 to SOF15 without DHT, JPG and DAC.</summary>
        public static bool IsStartOfFrame(int marker)
        {
            return marker >= Sof0 && marker <= Sof15 && marker != Dht && marker != Jpg && marker != Dac;
        }
    }
}
