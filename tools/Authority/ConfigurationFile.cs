// SPDX-License-Identifier: MIT

using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lapel.Authority
{
    /// <summary>A configuration as people write it: JSON, with key files named by paths relative to it.</summary>
    public sealed class ConfigurationFile
    {
        private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
        {
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            ReadCommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
            NumberHandling = JsonNumberHandling.Strict,
        };

        private static readonly string[] Sizes = ["qvga", "vga", "svga", "hd"];
        private static readonly string[] Qualities = ["high", "default", "low"];
        private static readonly string[] Roles = ["nobody", "technician", "dock"];

        public int Serial { get; set; }
        public string Device { get; set; } = "any";
        public string? Authority { get; set; }
        public string[] Recipients { get; set; } = [];
        public StationLine[] Stations { get; set; } = [];
        public string[] Archives { get; set; } = [];
        public SettingLines Settings { get; set; } = new();
        public PrivateLines Private { get; set; } = new();

        /// <summary>A station: its public key file and its highest role, technician or dock.</summary>
        public sealed class StationLine
        {
            public string Key { get; set; } = "";
            public string Role { get; set; } = "";
        }

        /// <summary>The settings.</summary>
        public sealed class SettingLines
        {
            public int PreEventSeconds { get; set; } = 30;
            public string Size { get; set; } = "vga";
            public string Quality { get; set; } = "default";
            public int IntervalMs { get; set; } = 125;
            public string Unit { get; set; } = "LAPEL";
            public bool EventStarts { get; set; }
            public bool Covert { get; set; }
            public int SlotBytes { get; set; } = 8 * 1024 * 1024;
            public int ContinueSeconds { get; set; } = 60;
        }

        /// <summary>What names people or places.</summary>
        public sealed class PrivateLines
        {
            public string Officer { get; set; } = "";
            public string Place { get; set; } = "";
            public string Note { get; set; } = "";
        }

        /// <summary>Reads a file and the public keys that it names.</summary>
        /// <param name="path">The JSON file.</param>
        /// <param name="readRecipient">Reads an agency's public key file.</param>
        /// <exception cref="FormatException">Something in it, or a key file, is not as it must be; says what.</exception>
        public static ConfigurationPlan Read(string path, Func<string, byte[]> readRecipient)
        {
            ConfigurationFile file;
            try
            {
                file =
                    JsonSerializer.Deserialize<ConfigurationFile>(File.ReadAllText(path), Strict)
                    ?? throw new FormatException("it is empty");
            }
            catch (JsonException e)
            {
                throw new FormatException(Problem(e), e);
            }
            string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            return file.Plan(name => Path.Combine(folder, name), readRecipient);
        }

        /// <summary>The frame sizes' names, by number.</summary>
        public static string SizeName(int size) => Sizes[size];

        /// <summary>The qualities' names, by number.</summary>
        public static string QualityName(int quality) => Qualities[quality];

        /// <summary>The roles' names, by number.</summary>
        public static string RoleName(int role) => Roles[role];

        private ConfigurationPlan Plan(Func<string, string> resolve, Func<string, byte[]> readRecipient)
        {
            var plan = new ConfigurationPlan
            {
                Serial = Serial,
                DeviceId = Device == "any" ? null : Id(Device),
                Authority = Authority == null ? null : Key(resolve(Authority), KeyKind.Authority),
                PreEventSeconds = Settings.PreEventSeconds,
                Size = Index(Sizes, Settings.Size, "size"),
                Quality = Index(Qualities, Settings.Quality, "quality"),
                IntervalMs = Settings.IntervalMs,
                Unit = Settings.Unit,
                EventStarts = Settings.EventStarts,
                Covert = Settings.Covert,
                SlotBytes = Settings.SlotBytes,
                ContinueSeconds = Settings.ContinueSeconds,
                Officer = Private.Officer,
                Place = Private.Place,
                Note = Private.Note,
            };
            foreach (string recipient in Recipients)
            {
                plan.Recipients.Add(readRecipient(resolve(recipient)));
            }

            foreach (StationLine station in Stations)
            {
                plan.Stations.Add((Key(resolve(station.Key), KeyKind.Station), Index(Roles, station.Role, "role")));
            }

            foreach (string archive in Archives)
            {
                plan.Archives.Add(Key(resolve(archive), KeyKind.Archive));
            }

            return ConfigurationRules.Malformed(plan) is { } wrong ? throw new FormatException(wrong) : plan;
        }

        private static byte[] Key(string path, KeyKind kind)
        {
            try
            {
                return PublicKey.Load(path, kind).Bytes;
            }
            catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
            {
                throw new FormatException($"key file {path}: {(e is FormatException ? e.Message : "it cannot be read")}", e);
            }
        }

        private static byte[] Id(string text)
        {
            try
            {
                byte[] id = Convert.FromHexString(text);
                if (id.Length == 16)
                {
                    return id;
                }
            }
            catch (FormatException) { }
            throw new FormatException("device must be \"any\" or a camera's id: 32 hex digits");
        }

        private static int Index(string[] names, string name, string what)
        {
            int index = Array.IndexOf(names, name);
            return index >= 0 ? index : throw new FormatException($"{what} \"{name}\" is not one of {string.Join(", ", names)}");
        }

        private static string Problem(JsonException e)
        {
            string line = "line " + ((e.LineNumber ?? 0) + 1);
            string path = e.Path is { Length: > 2 } all ? all[2..] : "";
            if (path.Length == 0)
            {
                return line + ": not as a configuration is written";
            }

            string name = path[(path.LastIndexOf('.') + 1)..];
            Type within = path.StartsWith("settings.", StringComparison.Ordinal) ? typeof(SettingLines)
                : path.StartsWith("private.", StringComparison.Ordinal) ? typeof(PrivateLines)
                : path.StartsWith("stations[", StringComparison.Ordinal) ? typeof(StationLine)
                : typeof(ConfigurationFile);
            string[] fields = [.. within.GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name))];
            PropertyInfo? field = within.GetProperties().FirstOrDefault(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name) == name);
            return field == null && !path.EndsWith(']')
                ? $"{line}: there is no field {path}; the fields there are {string.Join(", ", fields)}"
                : $"{line}: {path} must be {Wanted(field?.PropertyType)}";
        }

        private static string Wanted(Type? type) =>
            type == typeof(int) ? "a whole number"
            : type == typeof(bool) ? "true or false"
            : type == typeof(string) ? "a text in quotes"
            : type is { IsArray: true } ? "a list in brackets"
            : "as a configuration is written";
    }
}
