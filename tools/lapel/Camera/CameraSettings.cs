// SPDX-License-Identifier: MIT

using System;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using Lapel.Export;
using Lapel.Hal;
using Lapel.Hal.Virtual;
using Lapel.VirtualCamera;

namespace Lapel.Cli
{
    /// <summary>The options that describe a virtual camera.</summary>
    internal sealed class CameraSettings
    {
        /// <summary>The virtual clock's start in virtual time: fixed, so that a run repeats.</summary>
        public static readonly DateTime VirtualStart = new(2026, 11, 23, 20, 0, 0, DateTimeKind.Utc);

        private readonly Option<int> _seed = Whole(
            "--seed",
            0,
            0,
            int.MaxValue,
            "Seed of all chance in the simulation, of the camera's keys too, for tests: the unit is then called SEED-N. Without it the "
                + "keys are random"
        );
        private readonly Option<int> _cardSize = Whole(
            "--card-size",
            512,
            VirtualCameraOptions.LeastCardMegabytes,
            32_000,
            "Size of a new card, MB; a card that is there keeps its own",
            "MB",
            "catalogue and log take 18 MB, two slots 17 MB"
        );
        private readonly Option<int> _cardRate = Whole(
            "--card-rate",
            400,
            10,
            10_000,
            "What the card sustains; lower, and the camera must degrade",
            "kB/s"
        );
        private readonly Option<int> _preEvent = Whole("--pre-event", 30, 0, 120, "Pre-event length asked for; memory may allow less", "S");
        private readonly Option<int> _fps = Whole("--fps", 10, 1, 30, "Frames a second asked for; more cost card and memory", "N");
        private readonly Option<FrameSize> _size = Size();

        private readonly Option<string[]> _seal = new("--seal")
        {
            Description =
                "Seal the recordings to this agency's public key (lapel keygen agency); may be given up to 4 times. Without it anyone "
                + "can watch them",
            HelpName = "FILE",
            DefaultValueFactory = _ => [],
        };

        private readonly Option<string> _officer = new("--officer")
        {
            Description = "Who wears the camera; goes into the sealed private box, so only together with --seal (at most 48 characters)",
            HelpName = "NAME",
            DefaultValueFactory = _ => "",
        };

        /// <summary>Makes the options.</summary>
        public CameraSettings()
        {
            // No number stands for "random".
            _seed.DefaultValueFactory = null;
        }

        /// <summary>Adds the options to a command.</summary>
        public void AddTo(Command command)
        {
            command.Options.Add(_size);
            command.Options.Add(_fps);
            command.Options.Add(_preEvent);
            command.Options.Add(_cardSize);
            command.Options.Add(_cardRate);
            command.Options.Add(_seed);
            command.Options.Add(_seal);
            command.Options.Add(_officer);
        }

        /// <summary>The frame size that was asked for.</summary>
        public FrameSize FrameSize(ParseResult parsed)
        {
            return parsed.GetValue(_size);
        }

        /// <summary>Whether its recordings are sealed.</summary>
        public bool IsSealed(ParseResult parsed) => parsed.GetValue(_seal) is { Length: > 0 };

        /// <summary>The camera that was described.</summary>
        public VirtualCameraOptions Read(ParseResult parsed, string card, string device, IScene scene, DateTime utc)
        {
            int? seed = parsed.GetResult(_seed) == null ? null : parsed.GetValue(_seed);
            return new VirtualCameraOptions(card, device, scene)
            {
                Seed = seed ?? Random.Shared.Next(0x40000000),
                HasSecretKeys = seed == null,
                Unit = seed == null ? "LAPEL" : $"SEED-{seed}",
                CardMegabytes = parsed.GetValue(_cardSize),
                CardKilobytesPerSecond = parsed.GetValue(_cardRate),
                PreEventSeconds = parsed.GetValue(_preEvent),
                FramesPerSecond = parsed.GetValue(_fps),
                Size = parsed.GetValue(_size),
                Utc = utc,
                Recipients = Recipients(parsed),
                Officer = Officer(parsed),
            };
        }

        private byte[][] Recipients(ParseResult parsed)
        {
            string[] files = parsed.GetValue(_seal) ?? [];
            if (files.Length > 4)
            {
                throw new CommandException("--seal: at most 4 agencies", "a recording has room for four envelopes");
            }

            return files.Select(file => AgencyKeyFile.Read(file, AgencyKey.ReadPublic)).ToArray();
        }

        private string Officer(ParseResult parsed)
        {
            string officer = parsed.GetValue(_officer)!;
            if (officer.Length > 0 && (parsed.GetValue(_seal) ?? []).Length == 0)
            {
                throw new CommandException("--officer without --seal: a name is recorded sealed or not at all", "add --seal FILE");
            }

            if (officer.Length > 48 || officer.Any(c => c is < ' ' or > '~'))
            {
                throw new CommandException("--officer: at most 48 printable ASCII characters");
            }

            return officer;
        }

        private static Option<int> Whole(
            string name,
            int fallback,
            int least,
            int most,
            string description,
            string unit = "N",
            string? whyLeast = null
        )
        {
            return new Option<int>(name)
            {
                Description = $"{description} ({least} to {most})",
                HelpName = unit,
                DefaultValueFactory = _ => fallback,
                CustomParser = result =>
                {
                    string text = result.Tokens[0].Value;
                    if (
                        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
                        && value >= least
                        && value <= most
                    )
                    {
                        return value;
                    }

                    string why = whyLeast != null && value < least && text.All(char.IsAsciiDigit) ? ": " + whyLeast : "";
                    result.AddError($"{name} {text}: must be a whole number from {least} to {most}{why}");
                    return fallback;
                },
            };
        }

        private static Option<FrameSize> Size()
        {
            string[] names = Enum.GetNames<FrameSize>().Select(name => name.ToLowerInvariant()).ToArray();
            var size = new Option<FrameSize>("--size")
            {
                Description = "Frame size: " + string.Join(", ", names),
                HelpName = "SIZE",
                DefaultValueFactory = _ => Hal.FrameSize.Vga,
                CustomParser = result =>
                {
                    string text = result.Tokens[0].Value;
                    int index = Array.IndexOf(names, text);
                    if (index >= 0)
                    {
                        return (FrameSize)index;
                    }

                    result.AddError($"--size {text}: must be one of {string.Join(", ", names)}");
                    return Hal.FrameSize.Vga;
                },
            };
            size.CompletionSources.Clear();
            size.CompletionSources.Add(names);
            return size;
        }
    }
}
