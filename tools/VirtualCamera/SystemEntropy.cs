// SPDX-License-Identifier: MIT

using System;
using System.Security.Cryptography;

namespace Lapel.VirtualCamera
{
    /// <summary>The system's own random numbers, for a virtual camera whose keys nobody can draw again from a seed.</summary>
    internal sealed class SystemEntropy : Random
    {
        /// <inheritdoc/>
        public override void NextBytes(byte[] buffer) => RandomNumberGenerator.Fill(buffer);

        /// <inheritdoc/>
        public override void NextBytes(Span<byte> buffer) => RandomNumberGenerator.Fill(buffer);

        /// <inheritdoc/>
        public override int Next() => RandomNumberGenerator.GetInt32(int.MaxValue);

        /// <inheritdoc/>
        public override int Next(int maxValue) => Next(0, maxValue);

        /// <inheritdoc/>
        public override int Next(int minValue, int maxValue) =>
            minValue == maxValue ? minValue : RandomNumberGenerator.GetInt32(minValue, maxValue);

        /// <inheritdoc/>
        protected override double Sample() => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue;
    }
}
