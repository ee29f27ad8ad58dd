// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Link
{
    /// <summary>Group 8: the configuration's folder.</summary>
    public sealed class FileGroup
    {
        /// <summary>Where a configuration is uploaded to.</summary>
        public const string NewConfiguration = "/config/new";

        private const int Id = 8,
            FileCommand = 0;

        /// <summary>Room for header, keys, name and numbers in an upload message.</summary>
        private const int Overhead = 80;

        private readonly SmpClient _smp;

        /// <param name="smp">The connection.</param>
        public FileGroup(SmpClient smp) => _smp = smp;

        /// <summary>Uploads a file, in pieces that the camera can take.</summary>
        public void Upload(string name, byte[] content)
        {
            int piece = Math.Max(64, new OsGroup(_smp).LargestMessage() - Overhead - name.Length);
            long at = 0;
            while (at < content.Length)
            {
                byte[] data = content.AsSpan((int)at, (int)Math.Min(piece, content.Length - at)).ToArray();
                CborMap answer = _smp.Ask(
                    SmpOp.Write,
                    Id,
                    FileCommand,
                    to =>
                    {
                        to.Pair("off", at).Pair("data", data).Pair("name", name);
                        if (at == 0)
                        {
                            to.Pair("len", content.Length);
                        }
                    }
                );
                long next = answer.Number("off");
                if (next <= at || next > content.Length)
                {
                    throw CborMap.Bad("an upload does not get on");
                }

                at = next;
            }
        }
    }
}
