// SPDX-License-Identifier: MIT

using System;
using System.CommandLine;
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
            Description =
                "Seconds to wait for a camera that was unplugged, restarts, or records; given, also for one that is not there yet",
            HelpName = "S",
            DefaultValueFactory = _ => 60,
        };

        private readonly Option<bool> _noClock = new("--no-set-clock")
        {
            Description = "Leave the camera's clock as it is; without this it is set to this machine's, which should be right",
        };

        /// <summary>Adds the options to a command.</summary>
        public void AddTo(Command command)
        {
            foreach (Option option in new Option[] { _recording, _since, _until, _release, _archive, _wait, _noClock })
            {
                command.Add(option);
            }
        }

        /// <summary>Whether a camera that is not there yet is waited for: when somebody said how long.</summary>
        public bool WaitsAtFirst(ParseResult parsed) => parsed.GetResult(_wait) is { Implicit: false } && parsed.GetValue(_wait) > 0;

        /// <summary>How long is waited.</summary>
        public TimeSpan Wait(ParseResult parsed) => TimeSpan.FromSeconds(parsed.GetValue(_wait));

        /// <summary>What they say.</summary>
        public SyncOptions Read(ParseResult parsed, string folder, int mostBaud, Passphrases passphrases)
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
                Archive = archive == null ? null : new ArchiveKey(KeyFiles.Secret(archive, KeyKind.Archive, passphrases)),
                WaitsAtFirst = WaitsAtFirst(parsed),
                SetsClock = !parsed.GetValue(_noClock),
                Patience = TimeSpan.FromSeconds(wait),
                Query = new SyncQuery
                {
                    Recordings = Choice.Numbers(parsed.GetValue(_recording) ?? []),
                    Since = Choice.Time("--since", parsed.GetValue(_since)),
                    Until = Choice.Time("--until", parsed.GetValue(_until)),
                },
            };
        }
    }
}
