// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>The text of DEVICE.PUB (FORMAT.md 2.1).</summary>
    /// <remarks>
    /// Text, so that a person can compare the key with the label of the camera; a whole sector, so that it is written in one piece. Proves
    /// nothing: whoever made the card could have written it.
    /// </remarks>
    public static class PublicKeyText
    {
        private const string Hex = "0123456789abcdef";

        /// <summary>Its 512 bytes.</summary>
        public static byte[] Build(DeviceIdentity device)
        {
            var text = new byte[Sector.Size];
            int at = Put(text, 0, "lapel device key 1\nid ");
            at = PutHex(text, at, device.Id);
            at = Put(text, at, "\nkey ");
            at = PutHex(text, at, device.PublicKey);
            at = Put(text, at, "\n");
            byte[] first = device.History.FirstKey;
            if (first != null)
            {
                at = Put(text, at, "first ");
                at = PutHex(text, at, first);
                at = Put(text, at, "\n");
            }

            // Spaces and not zeros: an editor shows the file as it is.
            while (at < text.Length - 1)
            {
                text[at++] = (byte)' ';
            }

            text[at] = (byte)'\n';
            return text;
        }

        private static int Put(byte[] text, int at, string part)
        {
            for (int i = 0; i < part.Length; i++)
            {
                text[at++] = (byte)part[i];
            }

            return at;
        }

        private static int PutHex(byte[] text, int at, byte[] value)
        {
            for (int i = 0; i < value.Length; i++)
            {
                text[at++] = (byte)Hex[value[i] >> 4];
                text[at++] = (byte)Hex[value[i] & 15];
            }

            return at;
        }
    }
}
