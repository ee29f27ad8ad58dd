// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Service
{
    /// <summary>Known answers of the natives that evidence rests on, with buffers that were full of noise before.</summary>
    public sealed class NativesTest : SelfTestItem
    {
        // RFC 4231, 4.3.
        private const string HmacKey = "4a656665";
        private const string HmacText = "7768617420646f2079612077616e7420666f72206e6f7468696e673f";
        private const string Hmac256 = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        private const string Hmac512 =
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38"
            + "bce737";

        // SP 800-38A, F.2.1, first block.
        private const string AesKey = "2b7e151628aed2a6abf7158809cf4f3c";
        private const string AesIv = "000102030405060708090a0b0c0d0e0f";
        private const string AesText = "6bc1bee22e409f96e93d7e117393172a";
        private const string AesCipher = "7649abac8119b246cee98e9b12e9197d";

        // The check value of CRC-32: of the digits 1 to 9.
        private const string CrcText = "313233343536373839";
        private const uint CrcCheck = 0xCBF43926;

        private const int PageBytes = 1024;

        // Not aligned, so that a native that only works on whole words shows.
        private const int Offset = 333;

        /// <summary>The test.</summary>
        public NativesTest()
            : base("natives") { }

        /// <inheritdoc/>
        public override void Step(IServiceCamera camera, long nowUs)
        {
            INatives natives = camera.Board.Natives;
            byte[] page = new byte[PageBytes];

            // Noise around the digits: a native that reads before or behind them gives another value each time.
            camera.Board.Entropy.Fill(page);
            byte[] digits = HexText.Parse(CrcText);
            System.Array.Copy(digits, 0, page, Offset, digits.Length);
            if (!Is(natives.HmacSha256(HexText.Parse(HmacKey), HexText.Parse(HmacText)), Hmac256))
            {
                Fail("HMAC-SHA-256 differs from RFC 4231, case 2");
            }
            else if (!Is(natives.HmacSha512(HexText.Parse(HmacKey), HexText.Parse(HmacText)), Hmac512))
            {
                Fail("HMAC-SHA-512 differs from RFC 4231, case 2");
            }
            else if (!Is(natives.AesCbc(HexText.Parse(AesKey)).Encrypt(HexText.Parse(AesIv), HexText.Parse(AesText)), AesCipher))
            {
                Fail("AES-128-CBC differs from SP 800-38A, F.2.1");
            }
            else if (natives.Crc32(page, Offset, digits.Length) != CrcCheck)
            {
                Fail("CRC-32 differs from its check value");
            }
            else
            {
                Pass("HMAC-SHA-256, HMAC-SHA-512, AES-128-CBC and CRC-32 give the known answers");
            }
        }

        /// <inheritdoc/>
        protected override void Begin(IServiceCamera camera, long nowUs) { }

        private static bool Is(byte[] found, string expected)
        {
            return found != null && Report.Hex(found, found.Length) == expected;
        }
    }
}
