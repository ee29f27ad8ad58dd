// SPDX-License-Identifier: MIT

using System;
using System.CommandLine;
using System.IO;
using Lapel.Authority;
using Lapel.Link;
using Lapel.Verify;

namespace Lapel.Cli.Commands
{
    /// <summary>lapel repair: has a camera repair its internal storage, by order of the authority (CUSTODY.md 9.4).</summary>
    internal sealed class RepairCommand
    {
        private const int NewIdentity = 1,
            AllActions = 7,
            StateBytes = 32,
            IdBytes = 16;

        private readonly PortOptions _port = new();
        private readonly Argument<string> _device = new("DEVICE") { Description = "The camera's id before: 32 hex digits" };
        private readonly Argument<string> _out = new("OUT") { Description = "The signed order" };
        private readonly Argument<string> _order = new("ORDER") { Description = "An order that the authority has signed" };
        private readonly Option<string> _key = new("--key")
        {
            Description = "The secret key of the authority in force",
            HelpName = "FILE",
            Required = true,
        };
        private readonly Option<string> _was = new("--was")
        {
            Description = "The camera's public key before, as the agency or a store keeps it: DEVICE.PUB",
            HelpName = "FILE",
            Required = true,
        };
        private readonly Option<string> _state = new("--state")
        {
            Description = "The state that lapel repair show names: 64 hex digits",
            HelpName = "HEX",
            Required = true,
        };
        private readonly Option<int> _needed = new("--needed")
        {
            Description = "The number that lapel repair show names; odd: the camera becomes another one, with a new id and a new key",
            HelpName = "N",
            Required = true,
        };
        private readonly Option<int> _boots = new("--boots")
        {
            Description = "Highest boot number of the camera that is known; needed when its counters are gone",
            HelpName = "N",
        };
        private readonly Option<int> _recordings = new("--recordings")
        {
            Description = "Highest recording number of the camera that is known; needed when its counters are gone",
            HelpName = "N",
        };
        private readonly PassphraseOption _passphrase = new();
        private readonly JsonOption _json = new();
        private readonly Host _host;

        private RepairCommand(Host host)
        {
            _host = host;
        }

        /// <summary>The command.</summary>
        public static Command Create(Host host)
        {
            var repair = new RepairCommand(host);
            var show = new Command("show", "Show what is damaged inside a camera. For example: lapel repair show");
            repair._port.AddTo(show);
            repair._json.AddTo(show);
            show.SetAction(repair.Show);
            var sign = new Command(
                "sign",
                "Sign the order to repair it, for the camera and the state that lapel repair show names. For example: lapel repair sign "
                    + "8eec3881f331bc5983ff041deef39486 order --was DEVICE.PUB --state HEX --needed 1 --key authority.key"
            )
            {
                repair._device,
                repair._out,
                repair._was,
                repair._state,
                repair._needed,
                repair._boots,
                repair._recordings,
                repair._key,
            };
            repair._passphrase.AddTo(sign);
            repair._json.AddTo(sign);
            sign.SetAction(repair.Sign);
            var send = new Command("send", "Bring the order to a camera, which restarts. For example: lapel repair send order")
            {
                repair._order,
            };
            repair._port.AddTo(send);
            repair._json.AddTo(send);
            send.SetAction(repair.Send);
            return new Command("repair", "Repair what is damaged inside a camera") { show, sign, send };
        }

        private int Show(ParseResult parsed)
        {
            using CameraConnection camera = CameraConnection.Open(_port.Port(parsed, _host), cancel: _host.Cancel);
            StoreDamage damage = camera.Evidence.Damage();
            string state = Convert.ToHexStringLower(damage.State);
            _json.Write(
                parsed,
                _host,
                "damage",
                json =>
                {
                    json.WriteString("entries", damage.Entries);
                    json.WriteNumber("needed", damage.Needed);
                    json.WriteString("state", state);
                },
                damage.Entries.Length == 0 ? "nothing inside the camera is damaged" : $"damaged: {damage.Entries}",
                damage.Needed == 0 ? "no order is needed, or none can repair it" : $"needed: {damage.Needed}{Meaning(damage.Needed)}",
                $"state: {state}"
            );
            return ExitCode.Ok;
        }

        private int Sign(ParseResult parsed)
        {
            string id = parsed.GetValue(_device)!,
                to = parsed.GetValue(_out)!;
            byte[] device = Hex(id, IdBytes, "a camera's id has 32 hex digits", "lapel status showed it, and so does DEVICE.PUB"),
                state = Hex(parsed.GetValue(_state)!, StateBytes, "a state has 64 hex digits", "lapel repair show names it");
            int needed = parsed.GetValue(_needed),
                boots = parsed.GetValue(_boots),
                recordings = parsed.GetValue(_recordings);
            if (needed is < 1 or > AllActions || boots < 0 || recordings < 0)
            {
                throw new CommandException("--needed is 1 to 7, --boots and --recordings are not below 0", "lapel repair show names it");
            }

            SigningKey key = KeyFiles.Secret(parsed.GetValue(_key)!, KeyKind.Authority, _passphrase.Of(parsed, _host));
            byte[] was = Was(parsed.GetValue(_was)!);
            KeyFiles.WriteNew(to, Orders.Repair(key, device, was, state, needed, boots, recordings, DateTime.UtcNow));
            _json.Write(
                parsed,
                _host,
                "order",
                json =>
                {
                    json.WriteString("order", "repair");
                    json.WriteString("device", id.ToLowerInvariant());
                    json.WriteNumber("needed", needed);
                    json.WriteString("path", to);
                },
                $"{to}: camera {id.ToLowerInvariant()} repairs its storage when it gets this{Meaning(needed)}"
            );
            return ExitCode.Ok;
        }

        private int Send(ParseResult parsed)
        {
            string file = parsed.GetValue(_order)!;
            byte[] order = OrderFile.Read(file, "lapel repair sign");
            using CameraConnection camera = CameraConnection.Open(_port.Port(parsed, _host), cancel: _host.Cancel);
            if (camera.Hello.HasKey)
            {
                throw new CommandException("the keys of this camera are in force: there is nothing to repair");
            }

            TaskOutcome outcome = camera.Evidence.Repair(order);
            if (outcome.Result != TaskResult.Done)
            {
                _host.Complain($"the camera does not take {file}: {TaskFailures.Text(outcome)}", Hint(outcome.Result));
                return ExitCode.NotVerified;
            }

            _json.Write(
                parsed,
                _host,
                "repaired",
                json => json.WriteString("order", file),
                "the camera has repaired its storage and restarts; lapel status shows who it is now"
            );
            return ExitCode.Ok;
        }

        private static string Meaning(int needed) =>
            (needed & NewIdentity) != 0 ? ": it becomes another camera, with a new id and a new key" : ": it stays the camera that it is";

        private static string? Hint(TaskResult result) =>
            result switch
            {
                TaskResult.Stale => "sign it again for the state that lapel repair show names now",
                TaskResult.NotAllowed => "sign it with --needed as lapel repair show names it",
                TaskResult.WrongSignature or TaskResult.UnknownKey => "it must be signed by the authority that is installed on the camera",
                TaskResult.WrongDevice => "sign one for this camera: its id, and its public key before",
                _ => null,
            };

        private static byte[] Was(string file)
        {
            try
            {
                return TrustedKey.Parse(file).Bytes.ToArray();
            }
            catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException or ArgumentException)
            {
                throw new CommandException($"cannot use the key in {file}: {FileTrouble.Text(e)}", "give the camera's DEVICE.PUB", e);
            }
        }

        private static byte[] Hex(string text, int bytes, string complaint, string hint)
        {
            var value = new byte[bytes];
            return text.Length == 2 * bytes && Convert.FromHexString(text, value, out _, out _) == System.Buffers.OperationStatus.Done
                ? value
                : throw new CommandException(complaint, hint);
        }
    }
}
