// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using Lapel.Authority;
using Lapel.Intake;

namespace Lapel.Cli
{
    /// <summary>The options of sync and dock that say what is brought and released.</summary>
    internal sealed class SyncSettings
    {
        private readonly Option<bool> _release = new("--release")
        {
            Description =
                "Release on the camera what is stored: only after the stored file was read back from the disk and verified again. Needs "
                + "--archive",
        };

        private readonly Option<string?> _archive = new("--archive")
        {
            Description = "Secret key file of the archive, which signs the receipts (lapel keygen archive)",
            HelpName = "FILE",
        };
        private readonly Option<string[]> _recording = new("--recording")
        {
            Description = "Only these recordings: a number or a range such as 3-7; may be given more than once",
            HelpName = "N",
            AllowMultipleArgumentsPerToken = true,
        };
        private readonly Option<string?> _since = new("--since")
        {
            Description =
                "Only segments from this UTC time on: 2026-11-25, or 2026-11-25T08:00. Those recorded with an unset clock are always "
                + "brought",
            HelpName = "TIME",
        };
        private readonly Option<string?> _until = new("--until") { Description = "Only segments before this UTC time", HelpName = "TIME" };
        private readonly Option<int> _wait = new("--wait")
        {
            Description = "Seconds to wait for a camera that was unplugged, or records",
            HelpName = "S",
            DefaultValueFactory = _ => 60,
        };

        /// <summary>Adds the options to a command.</summary>
        public void AddTo(Command command)
        {
            foreach (Option option in new Option[] { _recording, _since, _until, _release, _archive, _wait })
            {
                command.Add(option);
            }
        }

        /// <summary>What they say.</summary>
        public SyncOptions Read(ParseResult parsed, string folder, int mostBaud)
        {
            bool release = parsed.GetValue(_release);
            string? archive = parsed.GetValue(_archive);
            if (release && archive == null)
            {
                throw new CommandException("--release needs the archive's key", "give its secret key file with --archive");
            }

            if (archive != null && !release)
            {
                throw new CommandException("--archive without --release releases nothing", "add --release");
            }

            int wait = parsed.GetValue(_wait);
            if (wait < 0)
            {
                throw new CommandException($"--wait {wait}: must not be negative");
            }

            return new SyncOptions
            {
                Folder = folder,
                MostBaud = mostBaud,
                Archive = archive == null ? null : new ArchiveKey(KeyFiles.Secret(archive, KeyKind.Archive)),
                Patience = TimeSpan.FromSeconds(wait),
                Query = new SyncQuery
                {
                    Recordings = Numbers(parsed.GetValue(_recording) ?? []),
                    Since = Time("--since", parsed.GetValue(_since)),
                    Until = Time("--until", parsed.GetValue(_until)),
                },
            };
        }

        private static HashSet<long>? Numbers(string[] texts)
        {
            if (texts.Length == 0)
            {
                return null;
            }

            var numbers = new HashSet<long>();
            foreach (string text in texts)
            {
                long[] ends =
                [
                    .. text.Split('-', 2)
                        .Select(end => uint.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out uint n) ? n : -1L),
                ];
                if (ends.Contains(-1) || ends[^1] < ends[0] || ends[^1] - ends[0] > 1_000_000)
                {
                    throw new CommandException($"--recording {text}: must be a number or a range such as 3-7");
                }

                for (long n = ends[0]; n <= ends[^1]; n++)
                {
                    numbers.Add(n);
                }
            }
            return numbers;
        }

        private static DateTime? Time(string option, string? text)
        {
            if (text == null)
            {
                return null;
            }

            string[] forms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];
            return DateTime.TryParseExact(
                text.TrimEnd('Z'),
                forms,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out DateTime time
            )
                ? time
                : throw new CommandException($"{option} {text}: must be a UTC time such as 2026-11-25 or 2026-11-25T08:00");
        }
    }
}
