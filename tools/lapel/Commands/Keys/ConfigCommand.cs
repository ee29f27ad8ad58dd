// SPDX-License-Identifier: MIT

using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json;
using Lapel.Authority;
using Lapel.Export;

namespace Lapel.Cli.Commands
{
    /// <summary>lapel config: signs configurations, shows what one says, and brings them to cameras.</summary>
    internal sealed class ConfigCommand
    {
        // The longest document that a camera takes.
        private const long MaxBytes = SignedDocument.MaxBytes;

        private readonly Argument<string> _plan = new("FILE")
        {
            Description = "The configuration as JSON; key files are named relative to it",
        };
        private readonly Argument<string> _out = new("OUT") { Description = "The signed configuration" };
        private readonly Argument<string> _signed = new("FILE") { Description = "A signed configuration" };
        private readonly Option<string> _key = new("--key")
        {
            Description = "The secret key of the authority in force",
            HelpName = "FILE",
            Required = true,
        };
        private readonly Option<string?> _authority = new("--authority")
        {
            Description = "The public key of the authority that must have signed it",
            HelpName = "FILE",
        };
        private readonly Option<bool> _json = new("--json") { Description = "One JSON object" };
        private readonly JsonOption _result = new();
        private readonly PassphraseOption _passphrase = new();
        private readonly Host _host;

        private ConfigCommand(Host host)
        {
            _host = host;
        }

        /// <summary>The command.</summary>
        public static Command Create(Host host)
        {
            var config = new ConfigCommand(host);
            var sign = new Command(
                "sign",
                "Sign a configuration. For example: lapel config sign county.json county-1.config --key authority.key"
            )
            {
                config._plan,
                config._out,
                config._key,
            };
            config._passphrase.AddTo(sign);
            config._result.AddTo(sign);
            sign.SetAction(config.Sign);
            var show = new Command("show", "Say what a signed configuration holds. For example: lapel config show county-1.config")
            {
                config._signed,
                config._authority,
                config._json,
            };
            show.SetAction(config.Show);
            return new Command("config", "How cameras are set up")
            {
                sign,
                show,
                ConfigGetCommand.Create(host),
                ConfigSetCommand.Create(host),
            };
        }

        private int Sign(ParseResult parsed)
        {
            string path = parsed.GetValue(_plan)!,
                to = parsed.GetValue(_out)!;
            SigningKey key = KeyFiles.Secret(parsed.GetValue(_key)!, KeyKind.Authority, _passphrase.Of(parsed, _host));
            try
            {
                ConfigurationPlan plan = ConfigurationFile.Read(path, file => AgencyKeyFile.Read(file, AgencyKey.ReadPublic));
                byte[] signed = Configurations.Sign(key, plan);
                KeyFiles.WriteNew(to, signed);
                _result.Write(
                    parsed,
                    _host,
                    "signed",
                    json =>
                    {
                        json.WriteString("path", to);
                        json.WriteNumber("serial", plan.Serial);
                        json.WriteString("device", plan.DeviceId == null ? "any" : Hex(plan.DeviceId));
                        json.WriteNumber("bytes", signed.Length);
                    },
                    $"{to}: configuration {plan.Serial} for {(plan.DeviceId == null ? "any camera" : "camera " + Hex(plan.DeviceId))}, "
                        + $"{signed.Length} bytes"
                );
                if (plan.Recipients.Count == 0)
                {
                    _host.Error.WriteLine("lapel: without recipients whoever finds a card can watch it");
                }

                return ExitCode.Ok;
            }
            catch (FormatException e)
            {
                throw new CommandException(
                    $"{path} cannot be signed: {FileTrouble.Text(e)}",
                    "firmware/Custody/CUSTODY.md says what a configuration holds",
                    e
                );
            }
        }

        private int Show(ParseResult parsed)
        {
            string path = parsed.GetValue(_signed)!;
            SignedDocument document;
            ConfigurationPlan plan;
            try
            {
                if (new FileInfo(path) is { Exists: true, Length: > MaxBytes })
                {
                    throw new FormatException("it has more than 4096 bytes");
                }

                document = SignedDocument.Read(File.ReadAllBytes(path));
                plan = Configurations.Read(document.Payload);
            }
            catch (FormatException e)
            {
                throw new CommandException($"{path} is no signed configuration: {FileTrouble.Text(e)}", null, e);
            }
            PublicKey? given = parsed.GetValue(_authority) is string file ? KeyFiles.Public(file, KeyKind.Authority) : null;
            bool holds = document.IsSignedBy(given?.Bytes ?? plan.Authority!);
            string signature = holds
                ? given != null
                    ? "by the given authority"
                    : "by the authority that it names"
                : given != null
                    ? "NOT by the given authority"
                    : "not by the authority that it names: perhaps handed over, give the old one with --authority";
            if (parsed.GetValue(_json))
            {
                Json(plan, document, holds);
            }
            else
            {
                Text(plan, document, signature);
            }

            return holds || given == null ? ExitCode.Ok : ExitCode.NotVerified;
        }

        private void Text(ConfigurationPlan plan, SignedDocument document, string signature)
        {
            void Line(string name, string value) => _host.Out.WriteLine(name.PadRight(12) + value);
            Line("serial", plan.Serial.ToString());
            Line("signed", signature + ", fingerprint " + Hex(document.Fingerprint));
            Line("for", plan.DeviceId == null ? "any camera" : "camera " + Hex(plan.DeviceId));
            Line("authority", Hex(PublicKey.FingerprintOf(plan.Authority!)));
            foreach (byte[] key in plan.Recipients)
            {
                Line("recipient", Hex(AgencyKey.FingerprintOf(key)));
            }

            foreach ((byte[] key, int role) in plan.Stations)
            {
                Line("station", Hex(PublicKey.FingerprintOf(key)) + " " + ConfigurationFile.RoleName(role));
            }

            foreach (byte[] key in plan.Archives)
            {
                Line("archive", Hex(PublicKey.FingerprintOf(key)));
            }

            Line(
                "settings",
                $"pre-event {plan.PreEventSeconds} s, {ConfigurationFile.SizeName(plan.Size)}, quality "
                    + $"{ConfigurationFile.QualityName(plan.Quality)}, "
                    + $"a frame every {plan.IntervalMs} ms, unit {plan.Unit}, event button {(plan.EventStarts ? "starts" : "marks")}, "
                    + $"{(plan.Covert ? "covert, " : "")}slots of {plan.SlotBytes} bytes, "
                    + (plan.ContinueSeconds == 0 ? "nothing goes on by itself" : $"goes on within {plan.ContinueSeconds} s")
            );
            if (plan.HasPrivateFacts)
            {
                Line("private", "names people or places: not shown");
            }
        }

        private void Json(ConfigurationPlan plan, SignedDocument document, bool holds)
        {
            _host.Out.WriteLine(
                JsonSerializer.Serialize(
                    new
                    {
                        type = "configuration",
                        serial = plan.Serial,
                        signatureHolds = holds,
                        signer = Hex(document.Fingerprint),
                        device = plan.DeviceId == null ? "any" : Hex(plan.DeviceId),
                        authority = Hex(PublicKey.FingerprintOf(plan.Authority!)),
                        recipients = plan.Recipients.Select(key => Hex(AgencyKey.FingerprintOf(key))),
                        stations = plan.Stations.Select(station => new
                        {
                            key = Hex(PublicKey.FingerprintOf(station.Key)),
                            role = ConfigurationFile.RoleName(station.Role),
                        }),
                        archives = plan.Archives.Select(key => Hex(PublicKey.FingerprintOf(key))),
                        preEventSeconds = plan.PreEventSeconds,
                        size = ConfigurationFile.SizeName(plan.Size),
                        quality = ConfigurationFile.QualityName(plan.Quality),
                        intervalMs = plan.IntervalMs,
                        unit = plan.Unit,
                        eventStarts = plan.EventStarts,
                        covert = plan.Covert,
                        slotBytes = plan.SlotBytes,
                        continueSeconds = plan.ContinueSeconds,
                        hasPrivateFacts = plan.HasPrivateFacts,
                    }
                )
            );
        }

        private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
    }
}
