// SPDX-License-Identifier: MIT

namespace Lapel.Build
{
    /// <summary>
    /// Which build runs: SHA-256 over the assemblies of the deployment image, this one left out (hal/BOARDS.md, The build's digest).
    /// </summary>
    /// <remarks>
    /// The runtime cannot read its own assemblies. So `lapel image` writes the digest over the points below when it puts the image
    /// together. Nothing else stands in this assembly: what states the digest cannot be part of it.
    /// </remarks>
    public static class BuildId
    {
        private const int Size = 32;

        /// <summary>The digest, 32 bytes; null when no image was made of this build: tests and the virtual camera.</summary>
        public static byte[] Digest()
        {
            string text = Text();
            var digest = new byte[Size];
            int at = text.Length - 2 * Size;
            for (int i = 0; i < Size; i++)
            {
                int high = Value(text[at + 2 * i]);
                int low = Value(text[at + 2 * i + 1]);
                if (high < 0 || low < 0)
                {
                    return null;
                }

                digest[i] = (byte)((high << 4) | low);
            }

            return digest;
        }

        private static string Text()
        {
            return "lapel-build:................................................................";
        }

        private static int Value(char digit)
        {
            if (digit >= '0' && digit <= '9')
            {
                return digit - '0';
            }

            return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
        }
    }
}
