// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;
using Lapel.Evidence;
using Engine = Lapel.VirtualCamera.VirtualCamera;

namespace Lapel.Link.Tests
{
    /// <summary>What a camera holds that nobody may ever get, in every form in which it could come out.</summary>
    internal sealed class Secrets
    {
        // Short enough for a piece of a secret to be found, long enough not to be found by chance.
        private const int PieceBytes = 12;

        private readonly List<(string What, byte[] Bytes)> _forms = [];

        /// <summary>Notes what the camera holds now: everything in its keys' objects, and everything secret in internal storage.</summary>
        public void Note(Engine camera, IEnumerable<(string Name, byte[] Content)> stored)
        {
            object keys = Field(Field(Field(camera.Firmware, "_parts"), "Keys"), "_boot");
            var device = (DeviceKeys)keys.GetType().GetProperty("Keys")!.GetValue(keys)!;
            foreach (string name in new[] { "_seed", "_macKey", "_bootSecret", "_sealState" })
            {
                if (Field(device, name, optional: true) is byte[] secret)
                {
                    Add(name, secret);
                }
            }

            Add("the next nonces' seed", device.NonceSeed());
            object signer = Field(
                Field(camera.Firmware.Device == null ? null : Field(Field(camera.Firmware, "_parts"), "Keys"), "<Signer>k__BackingField"),
                "_signer"
            );
            Add("the seed of nonces", (byte[])Field(signer, "_nonceInput"));
            Add("the prefix of nonces", (byte[])Field(Field(signer, "_key"), "<NonceKey>k__BackingField"));
            foreach ((string name, byte[] content) in stored)
            {
                if (name is "SECRET" or "NEXT")
                {
                    Add(name, content[..32]);
                    Add(name + ", second half", content[32..64]);
                }
                if (name == "SECRET" && content.Length > 64)
                {
                    Add("the key of internal storage", content[64..96]);
                }
            }
        }

        /// <summary>Names of people and places: nobody gets these back either.</summary>
        public void Note(string name) => _forms.Add((name, Encoding.ASCII.GetBytes(name)));

        /// <summary>How many forms are looked for.</summary>
        public int Count => _forms.Count;

        /// <summary>The secrets that these bytes hold.</summary>
        public IEnumerable<string> In(byte[] bytes) =>
            _forms.Where(f => bytes.AsSpan().IndexOf(f.Bytes) >= 0).Select(f => f.What).Distinct();

        private void Add(string what, byte[] secret)
        {
            if (secret.Length < PieceBytes || !secret.AsSpan().ContainsAnyExcept((byte)0))
            {
                return;
            }

            for (int from = 0; from + PieceBytes <= secret.Length; from += PieceBytes / 2)
            {
                byte[] piece = secret[from..(from + PieceBytes)];
                _forms.Add((what, piece));
                _forms.Add((what + " in hex", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(piece))));
                _forms.Add((what + " in hex", Encoding.ASCII.GetBytes(Convert.ToHexString(piece))));
                // Base64 goes by three bytes: the piece begins at any of them; what depends on its neighbours is left away.
                for (int shift = 0; shift < 3; shift++)
                {
                    string text = Convert.ToBase64String([.. new byte[shift], .. piece]);
                    _forms.Add((what + " in base64", Encoding.ASCII.GetBytes(text[(shift == 0 ? 0 : 4)..^4])));
                }
            }
        }

        private static object Field(object? of, string name, bool optional = false) =>
            of!.GetType().GetField(name, BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)?.GetValue(of)
            ?? (optional ? "" : throw new InvalidOperationException("no field " + name + " in " + of.GetType()));
    }
}
