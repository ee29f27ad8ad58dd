// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using Lapel.Hal;

namespace Lapel.Hal.Virtual
{
    /// <summary>Every picture the simulated chip took, in order: what the card must hold in the end.</summary>
    public sealed class MegaLog
    {
        private readonly List<MegaPicture> _pictures = new();

        /// <summary>The pictures.</summary>
        public IReadOnlyList<MegaPicture> Pictures => _pictures;

        /// <summary>Keep each picture's SHA-256.</summary>
        public bool KeepDigests { get; set; } = true;

        /// <summary>Keep each picture's bytes.</summary>
        public bool KeepBytes { get; set; }

        internal void Add(long commandedUs, long exposedUs, long doneUs, FrameSize size, FrameQuality quality, byte[] jpeg, int padding)
        {
            string digest = KeepDigests ? Convert.ToHexStringLower(SHA256.HashData(jpeg)) : "";
            _pictures.Add(
                new MegaPicture(commandedUs, exposedUs, doneUs, size, quality, jpeg.Length, padding, digest, KeepBytes ? jpeg : null)
            );
        }
    }
}
