// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>
    /// The public keys of several cameras, as an agency keeps them: in a folder, files `*.pub` in any form that a key comes in, or folders
    /// named by device id with DEVICE.PUB and ROTATED.PUB, as in a store.
    /// </summary>
    public sealed class KeyRegistry
    {
        private const string KeyFile = "DEVICE.PUB";

        private readonly Dictionary<string, TrustedKey> _keys = [];

        private KeyRegistry(string folder) => Folder = folder;

        /// <summary>The folder.</summary>
        public string Folder { get; }

        /// <summary>Cameras of which it has a key.</summary>
        public int Count => _keys.Count;

        /// <summary>The rotation statements in it.</summary>
        public List<RotationStatement> Rotations { get; } = [];

        /// <summary>
        /// Reads a folder. Throws <see cref="FormatException"/> naming the file that is no key, the one that names another key for a device
        /// than one before it, or the folder when it has none; or the file system's exception.
        /// </summary>
        public static KeyRegistry Read(string folder)
        {
            var registry = new KeyRegistry(folder);
            foreach (string file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
            {
                if (Path.GetExtension(file).Equals(".pub", StringComparison.OrdinalIgnoreCase) && !Is(file, RotationFile.Name))
                {
                    registry.Add(file);
                }
                else if (Is(file, RotationFile.Name))
                {
                    registry.Rotated(file);
                }
            }

            foreach (string camera in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
            {
                string key = Path.Combine(camera, KeyFile),
                    rotated = Path.Combine(camera, RotationFile.Name);
                if (File.Exists(key))
                {
                    registry.Add(key);
                    if (File.Exists(rotated))
                    {
                        registry.Rotated(rotated);
                    }
                }
            }

            return registry.Count > 0 ? registry : throw new FormatException(folder + " holds no key: files *.pub are looked for");
        }

        /// <summary>The key of a device; null when the registry has none.</summary>
        public TrustedKey? Find(ReadOnlySpan<byte> deviceId) => _keys.GetValueOrDefault(Convert.ToHexStringLower(deviceId));

        private void Add(string file)
        {
            try
            {
                (TrustedKey key, byte[] id) = TrustedKey.ParseWithId(file);
                string hex = Convert.ToHexStringLower(id);
                if (_keys.TryGetValue(hex, out TrustedKey? known) && !known.Bytes.SequenceEqual(key.Bytes))
                {
                    throw new FormatException("device " + hex + " has another key in a file before it");
                }

                _keys[hex] = key;
            }
            catch (FormatException error)
            {
                throw new FormatException(file + ": " + error.Message);
            }
        }

        private void Rotated(string file)
        {
            if (new FileInfo(file).Length > RotationFile.LargestSize)
            {
                throw new FormatException(
                    file + " has more than " + RotationFile.LargestSize.ToString(CultureInfo.InvariantCulture) + " bytes"
                );
            }

            Rotations.AddRange(RotationFile.Read(File.ReadAllBytes(file), out string? problem));
            if (problem != null)
            {
                throw new FormatException(file + ": " + problem);
            }
        }

        private static bool Is(string file, string name) => Path.GetFileName(file).Equals(name, StringComparison.OrdinalIgnoreCase);
    }
}
