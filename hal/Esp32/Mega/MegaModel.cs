// SPDX-License-Identifier: MIT

namespace Lapel.Hal.Esp32
{
    /// <summary>What differs between the models of the ArduCAM Mega.</summary>
    public static class MegaModel
    {
        /// <summary>Lowest identity of the table: 5MP, first edition.</summary>
        public const int FirstIdentity = 0x81;

        /// <summary>Lowest identity of the newer models, which have resolution codes of their own.</summary>
        public const int FirstNewIdentity = 0x85;

        /// <summary>Highest identity of the table: 2MP.</summary>
        public const int LastIdentity = 0x87;

        /// <summary>Whether an identity byte is in the vendor's table.</summary>
        public static bool IsKnown(int identity)
        {
            return identity >= FirstIdentity && identity <= LastIdentity;
        }

        /// <summary>The resolution code (bits 6:0 of CAPTURE_RESOLUTION) for a size.</summary>
        /// <remarks>The older models have no 800 x 600: they get 640 x 480, and the picture itself says so.</remarks>
        public static int ResolutionCode(int identity, FrameSize size)
        {
            // Two tables of codes in the vendor's SDK; the identity decides.
            bool legacy = identity < FirstNewIdentity;
            switch (size)
            {
                case FrameSize.Qvga:
                    return legacy ? 0x01 : 0x03;
                case FrameSize.Svga:
                    return legacy ? 0x02 : 0x06;
                case FrameSize.Hd:
                    return legacy ? 0x04 : 0x08;
                default:
                    return legacy ? 0x02 : 0x05;
            }
        }
    }
}
