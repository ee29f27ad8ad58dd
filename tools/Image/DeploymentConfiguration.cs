// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lapel.Image
{
    /// <summary>
    /// nanoff.config.json: what goes onto which board, and how (hal/BOARDS.md, The configuration of a board). Every key is needed; one that
    /// is not known, or of another type, is refused with its line.
    /// </summary>
    public sealed record DeploymentConfiguration
    {
        private const long MostBytes = 1 << 16;
        private const int LargestPartition = 16 * 1024;

        private static readonly JsonSerializerOptions s_strict = new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
        };

        /// <summary>The board.</summary>
        public required BoardSection Board { get; init; }

        /// <summary>The runtime.</summary>
        public required RuntimeSection Runtime { get; init; }

        /// <summary>Rates.</summary>
        public required SerialSection Serial { get; init; }

        /// <summary>The deployment.</summary>
        public required DeploymentSection Deployment { get; init; }

        /// <summary>The board, and the image of the runtime that it takes.</summary>
        public sealed record BoardSection
        {
            /// <summary>Its name, as the firmware states it (IBoard.Name).</summary>
            public required string Name { get; init; }

            /// <summary>What it is, for people.</summary>
            public required string Description { get; init; }

            /// <summary>nanoff's platform.</summary>
            public required string Platform { get; init; }

            /// <summary>nanoff's target: the image of the runtime.</summary>
            public required string Target { get; init; }
        }

        /// <summary>The runtime.</summary>
        public sealed record RuntimeSection
        {
            /// <summary>The oldest that may be used, four numbers.</summary>
            public required string MinimumVersion { get; init; }

            /// <summary>Why not an older one.</summary>
            public required string Reason { get; init; }
        }

        /// <summary>Rates, bits a second.</summary>
        public sealed record SerialSection
        {
            /// <summary>Of the boot loader while it is flashed.</summary>
            public required int FlashBaud { get; init; }

            /// <summary>Of the service port after power-on.</summary>
            public required int ConsoleBaud { get; init; }
        }

        /// <summary>What lies in the deployment partition.</summary>
        public sealed record DeploymentSection
        {
            /// <summary>Where it begins in flash, hexadecimal with 0x.</summary>
            public required string Address { get; init; }

            /// <summary>Its size, KiB.</summary>
            public required int SizeKiB { get; init; }

            /// <summary>The assembly with Main.</summary>
            public required string Application { get; init; }

            /// <summary>The assembly that states the digest of the others.</summary>
            public required string BuildId { get; init; }

            /// <summary>All assemblies, each behind those that it refers to: the runtime runs static initialisers in this order.</summary>
            public required IReadOnlyList<string> Assemblies { get; init; }
        }

        /// <summary>Reads a file.</summary>
        /// <exception cref="ImageException">It is malformed; the message says where and how.</exception>
        public static DeploymentConfiguration Read(string file)
        {
            if (new FileInfo(file).Length > MostBytes)
            {
                throw new ImageException($"{file}: it is longer than 64 KiB");
            }

            return Parse(File.ReadAllText(file), file);
        }

        /// <summary>Reads what a file holds.</summary>
        /// <param name="text">Its text.</param>
        /// <param name="file">Its name, for messages.</param>
        /// <exception cref="ImageException">It is malformed; the message says where and how.</exception>
        public static DeploymentConfiguration Parse(string text, string file)
        {
            DeploymentConfiguration? read;
            try
            {
                read = JsonSerializer.Deserialize<DeploymentConfiguration>(text, s_strict);
            }
            catch (JsonException e)
            {
                string line = e.LineNumber is long number ? $", line {number + 1}" : "";
                throw new ImageException($"{file}{line}: {Words(e)}", "hal/BOARDS.md lists the keys", e);
            }

            DeploymentConfiguration all = read ?? throw new ImageException($"{file}: it holds null");
            if (all.Wrong() is (string key, string reason))
            {
                throw new ImageException($"{file}{LineOf(text, key)}: {key}: {reason}", "hal/BOARDS.md lists the keys");
            }

            return all;
        }

        private (string Key, string Reason)? Wrong()
        {
            if (!System.Version.TryParse(Runtime.MinimumVersion, out Version? version) || version.Revision < 0)
            {
                return ("minimumVersion", "must be four numbers with points between");
            }

            if (Serial.FlashBaud is < 9600 or > 5_000_000)
            {
                return ("flashBaud", "must be from 9600 to 5000000");
            }

            if (Serial.ConsoleBaud is < 9600 or > 5_000_000)
            {
                return ("consoleBaud", "must be from 9600 to 5000000");
            }

            string address = Deployment.Address;
            if (
                !address.StartsWith("0x", StringComparison.Ordinal)
                || !uint.TryParse(address.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint at)
                || at % 4096 != 0
            )
            {
                return ("address", "must be 0x and hexadecimal digits, a multiple of 0x1000");
            }

            if (Deployment.SizeKiB is < 4 or > LargestPartition)
            {
                return ("sizeKiB", $"must be from 4 to {LargestPartition}");
            }

            IReadOnlyList<string> assemblies = Deployment.Assemblies;
            if (assemblies.FirstOrDefault(n => n.Length == 0 || n.IndexOfAny(['/', '\\', ':']) >= 0) != null)
            {
                return ("assemblies", "an assembly's name is no path");
            }

            if (assemblies.Distinct().Count() != assemblies.Count)
            {
                return ("assemblies", "an assembly is there twice");
            }

            if (assemblies.LastOrDefault() != Deployment.Application)
            {
                return ("application", "must be the last of the assemblies");
            }

            return assemblies.Contains(Deployment.BuildId) ? null : ("buildId", "must be one of the assemblies");
        }

        private static string Words(JsonException e)
        {
            if (e.Message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal))
            {
                return $"{Path(e)} is no key of it";
            }

            if (e.Message.Contains("missing required properties", StringComparison.Ordinal))
            {
                return $"{Path(e)} lacks {string.Join(" and ", e.Message.Split('\'').Where((_, i) => i % 2 == 1).Skip(1))}";
            }

            if (e.Message.Contains("Duplicate property", StringComparison.Ordinal))
            {
                return $"{Path(e)} is there twice";
            }

            bool isOfOtherType =
                e.Message.Contains("could not be converted", StringComparison.Ordinal)
                || e.Message.Contains("doesn't allow", StringComparison.Ordinal);
            return isOfOtherType ? $"{Path(e)} has another type" : "it is no JSON";
        }

        private static string Path(JsonException e) => e.Path is null or "$" ? "the file" : e.Path.Replace("$.", "");

        private static string LineOf(string text, string key)
        {
            int at = text.IndexOf('"' + key + '"', StringComparison.Ordinal);
            return at < 0 ? "" : $", line {text.AsSpan(0, at).Count('\n') + 1}";
        }
    }
}
