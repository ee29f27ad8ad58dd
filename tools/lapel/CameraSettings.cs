using System;
using System.CommandLine;
using System.Globalization;
using System.Linq;
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

        private readonly Option<int> _seed = Whole("--seed", 1, 0, int.MaxValue, "Seed of all chance in the simulation");
        private readonly Option<int> _cardSize = Whole("--card-size", 512, 16, 32_000, "Size of a new card, MB; a card that is there keeps its own", "MB");
        private readonly Option<int> _cardRate = Whole("--card-rate", 400, 10, 10_000, "What the card sustains; lower, and the camera must degrade", "kB/s");
        private readonly Option<int> _preEvent = Whole("--pre-event", 30, 0, 120, "Pre-event length asked for; memory may allow less", "S");
        private readonly Option<int> _fps = Whole("--fps", 10, 1, 30, "Frames a second asked for; more cost card and memory", "N");
        private readonly Option<FrameSize> _size = Size();

        /// <summary>Adds the options to a command.</summary>
        public void AddTo(Command command)
        {
            command.Options.Add(_size);
            command.Options.Add(_fps);
            command.Options.Add(_preEvent);
            command.Options.Add(_cardSize);
            command.Options.Add(_cardRate);
            command.Options.Add(_seed);
        }

        /// <summary>The frame size that was asked for.</summary>
        public FrameSize FrameSize(ParseResult parsed)
        {
            return parsed.GetValue(_size);
        }

        /// <summary>The camera that was described.</summary>
        public VirtualCameraOptions Read(ParseResult parsed, string card, string device, IScene scene, DateTime utc)
        {
            return new VirtualCameraOptions(card, device, scene)
            {
                Seed = parsed.GetValue(_seed),
                CardMegabytes = parsed.GetValue(_cardSize),
                CardKilobytesPerSecond = parsed.GetValue(_cardRate),
                PreEventSeconds = parsed.GetValue(_preEvent),
                FramesPerSecond = parsed.GetValue(_fps),
                Size = parsed.GetValue(_size),
                Utc = utc,
            };
        }

        private static Option<int> Whole(string name, int fallback, int least, int most, string description, string unit = "N")
        {
            return new Option<int>(name)
            {
                Description = $"{description} ({least} to {most})",
                HelpName = unit,
                DefaultValueFactory = _ => fallback,
                CustomParser = result =>
                {
                    string text = result.Tokens[0].Value;
                    if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most) return value;
                    result.AddError($"{name} {text}: must be a whole number from {least} to {most}");
                    return fallback;
                },
            };
        }

        private static Option<FrameSize> Size()
        {
            string[] names = Enum.GetNames<FrameSize>().Select(name => name.ToLowerInvariant()).ToArray();
            return new Option<FrameSize>("--size")
            {
                Description = "Frame size: " + string.Join(", ", names),
                HelpName = "SIZE",
                DefaultValueFactory = _ => Hal.FrameSize.Vga,
                CustomParser = result =>
                {
                    string text = result.Tokens[0].Value;
                    int index = Array.IndexOf(names, text);
                    if (index >= 0) return (FrameSize)index;
                    result.AddError($"--size {text}: must be one of {string.Join(", ", names)}");
                    return Hal.FrameSize.Vga;
                },
            };
        }
    }
}
