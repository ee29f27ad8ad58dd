// SPDX-License-Identifier: MIT

using System;
using Lapel.Authority;
using Lapel.Custody.Tests;

namespace Lapel.Custody.Host.Tests
{
    /// <summary>The people around a camera and their keys, always the same.</summary>
    internal static class Agency
    {
        public static readonly SigningKey Authority = Key(KeyKind.Authority, 1);
        public static readonly SigningKey Successor = Key(KeyKind.Authority, 2);
        public static readonly SigningKey Stranger = Key(KeyKind.Authority, 3);
        public static readonly SigningKey Dock = Key(KeyKind.Station, 4);
        public static readonly SigningKey Technician = Key(KeyKind.Station, 5);
        public static readonly SigningKey Archive = Key(KeyKind.Archive, 6);
        public static readonly SigningKey OtherArchive = Key(KeyKind.Archive, 7);

        /// <summary>A configuration that names the dock, the technician, the archive and a recipient.</summary>
        public static ConfigurationPlan Plan(int serial)
        {
            var plan = new ConfigurationPlan
            {
                Serial = serial,
                Unit = "LP-" + serial,
                Officer = "A. Smith",
                Place = "Main Street",
            };
            plan.Recipients.Add(CustodyBench.Recipient);
            plan.Stations.Add((Dock.Public.Bytes, 2));
            plan.Stations.Add((Technician.Public.Bytes, 1));
            plan.Archives.Add(Archive.Public.Bytes);
            return plan;
        }

        public static byte[] Configuration(int serial) => Configurations.Sign(Authority, Plan(serial));

        /// <summary>A bench whose camera is owned by the authority.</summary>
        public static CustodyBench Owned()
        {
            var bench = new CustodyBench();
            if (bench.Configure(Configuration(1)) != CustodyResult.Done)
            {
                throw new InvalidOperationException(bench.AccessControl.ResultText);
            }

            bench.Boot();
            return bench;
        }

        public static byte[] Receipt(CustodyBench bench, int recording, int segment, byte[] digest) =>
            Receipts.Make(
                Archive,
                bench.Device.Id,
                bench.RecordingId,
                (uint)recording,
                (uint)segment,
                digest,
                DateTime.UnixEpoch.AddSeconds(1795467602)
            );

        private static SigningKey Key(KeyKind kind, byte number)
        {
            var seed = new byte[32];
            seed[0] = number;
            return SigningKey.FromSeed(kind, seed);
        }
    }
}
