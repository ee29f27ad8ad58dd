// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using Lapel.Hal.Virtual;

namespace Lapel.Hal.Host.Tests
{
    /// <summary>Cuts the power before the n-th change of a volume, sectors and directory changes alike; counts them all.</summary>
    internal sealed class CutBefore : ISectorObserver
    {
        private readonly int _cut;

        public CutBefore(int cut) => _cut = cut;

        public int Seen { get; private set; }

        public List<string> Log { get; } = new();

        public void BeforeWrite(string path, long sector, ReadOnlySpan<byte> data512) => Count($"{path}[{sector}] {data512.Length}");

        public void BeforeChange(VolumeChange change, string path) => Count($"{change} {path}");

        private void Count(string what)
        {
            if (Seen == _cut)
            {
                throw new PowerCutException("before " + what);
            }

            Seen++;
            Log.Add(what);
        }
    }
}
