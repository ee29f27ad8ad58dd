// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace Lapel.Image
{
    /// <summary>
    /// The deployment image: every assembly in the order of the configuration, each padded with zeros to four bytes. One of them states the
    /// build: SHA-256 over the image with that one left out.
    /// </summary>
    public sealed class DeploymentImage
    {
        /// <summary>What stands before the 64 characters of the digest (firmware/Build/BuildId.cs).</summary>
        private const string Mark = "lapel-build:";

        private const int Digits = 64;

        private readonly DeviceAssembly _states;
        private readonly int _mark;

        private DeploymentImage(IReadOnlyList<DeviceAssembly> assemblies)
        {
            List<DeviceAssembly> marked = [.. assemblies.Where(a => a.Bytes.IndexOf(Encoding.ASCII.GetBytes(Mark)) >= 0)];
            if (marked.Count != 1)
            {
                throw new ImageException($"{marked.Count} assemblies state a build, and not one", "Lapel.Build does");
            }

            Assemblies = assemblies;
            _states = marked[0];
            _mark = _states.Bytes.IndexOf(Encoding.ASCII.GetBytes(Mark)) + Mark.Length;
            bool once = _states.Bytes[_mark..].IndexOf(Encoding.ASCII.GetBytes(Mark)) < 0;
            if (!once || _states.Bytes.Length < _mark + Digits)
            {
                throw new ImageException($"{_states.Name}: the build stands there twice, or not whole");
            }

            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (DeviceAssembly assembly in assemblies.Where(a => a != _states))
            {
                hash.AppendData(Padded(assembly));
            }

            Digest = hash.GetHashAndReset();
        }

        /// <summary>What is in it, in order.</summary>
        public IReadOnlyList<DeviceAssembly> Assemblies { get; }

        /// <summary>The build's digest, as it is computed from the assemblies.</summary>
        public byte[] Digest { get; }

        /// <summary>Bytes of the image.</summary>
        public int Bytes => Assemblies.Sum(a => a.PaddedBytes);

        /// <summary>The digest that the image states, 64 hex digits; null when it states none yet.</summary>
        public string? Stated
        {
            get
            {
                string text = Encoding.ASCII.GetString(_states.Bytes.Slice(_mark, Digits));
                return text.All(char.IsAsciiHexDigitLower) ? text : null;
            }
        }

        /// <summary>Whether it states the digest that it has.</summary>
        public bool IsTrue => Stated == Convert.ToHexStringLower(Digest);

        /// <summary>
        /// Takes the assemblies from a folder, in order and of these names, and writes the build into the one that states it.
        /// </summary>
        /// <exception cref="ImageException">One is missing, damaged or another one, or they do not fit the partition.</exception>
        public static DeploymentImage Make(string folder, DeploymentConfiguration configuration)
        {
            var assemblies = new List<DeviceAssembly>();
            foreach (string name in configuration.Deployment.Assemblies)
            {
                string file = Path.Combine(folder, name + ".pe");
                if (!File.Exists(file))
                {
                    throw new ImageException($"{file} is not there", "give the folder that a device build of firmware/App writes");
                }

                DeviceAssembly assembly = DeviceAssembly.Read(file);
                if (assembly.Name != null && assembly.Name != name)
                {
                    throw new ImageException($"{file}: the assembly calls itself {assembly.Name}");
                }

                string? missing = assembly.References.FirstOrDefault(r => assemblies.All(a => a.Name != r));
                if (missing != null)
                {
                    throw new ImageException(
                        $"{file} refers to {missing}, which does not stand before it in the list of assemblies",
                        "without it the board would not start"
                    );
                }

                assemblies.Add(assembly);
            }

            var image = new DeploymentImage(assemblies);
            string states = configuration.Deployment.BuildId;
            if (image._states != assemblies[configuration.Deployment.Assemblies.ToList().IndexOf(states)])
            {
                throw new ImageException($"{image._states.Name} states the build, and {states} is to", "see buildId of the configuration");
            }

            int at = assemblies.IndexOf(image._states);
            assemblies[at] = image._states.With(image._mark, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(image.Digest)));
            image = new DeploymentImage(assemblies);
            int room = configuration.Deployment.SizeKiB * 1024;
            return image.Bytes <= room
                ? image
                : throw new ImageException($"the image is {image.Bytes} bytes, and the partition has {room}");
        }

        /// <summary>Reads an image.</summary>
        /// <exception cref="ImageException">It is damaged, or states no build.</exception>
        public static DeploymentImage Read(string file)
        {
            const long Most = 16L << 20;
            if (new FileInfo(file).Length > Most)
            {
                throw new ImageException($"{file}: it is longer than any flash");
            }

            byte[] bytes = File.ReadAllBytes(file);
            var assemblies = new List<DeviceAssembly>();
            for (int at = 0; at < bytes.Length; at += assemblies[^1].PaddedBytes)
            {
                assemblies.Add(DeviceAssembly.At(bytes, at, file));
                int padding = at + assemblies[^1].Bytes.Length;
                int end = at + assemblies[^1].PaddedBytes;
                if (end > bytes.Length || bytes.AsSpan(padding, end - padding).ContainsAnyExcept((byte)0))
                {
                    throw new ImageException($"{file}: the padding before byte {end} is not zero");
                }
            }

            return new DeploymentImage(assemblies);
        }

        /// <summary>Writes the image: whole under its name, or not at all.</summary>
        public void Write(string file)
        {
            string half = file + ".part";
            using (var to = new FileStream(half, FileMode.Create, FileAccess.Write))
            {
                foreach (DeviceAssembly assembly in Assemblies)
                {
                    to.Write(Padded(assembly));
                }

                to.Flush(true);
            }

            File.Move(half, file, true);
        }

        private static byte[] Padded(DeviceAssembly assembly)
        {
            var padded = new byte[assembly.PaddedBytes];
            assembly.Bytes.CopyTo(padded);
            return padded;
        }
    }
}
