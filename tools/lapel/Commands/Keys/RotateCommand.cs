// SPDX-License-Identifier: MIT

using System;
using System.CommandLine;
using Lapel.Authority;
using Lapel.Intake;
using Lapel.Link;
using Lapel.Verify;

namespace Lapel.Cli.Commands
{
    /// <summary>lapel rotate: changes the key that a camera signs with.</summary>
    internal sealed class RotateCommand
    {
        /// <summary>
        /// A boot, and two more keys to make than usual, with time to spare; a camera with a large card takes some seconds.
        /// </summary>
        private static readonly TimeSpan BackWithin = TimeSpan.FromSeconds(60),
            LookAgain = TimeSpan.FromSeconds(1);

        private readonly PortOptions _port = new();
        private readonly StationOption _station = new();
        private readonly Argument<string> _device = new("DEVICE") { Description = "The camera's id: 32 hex digits" };
        private readonly Argument<string> _out = new("OUT") { Description = "The signed order" };
        private readonly Argument<string> _order = new("ORDER") { Description = "An order that the authority has signed" };
        private readonly Option<string> _key = new("--key")
        {
            Description = "The secret key of the authority in force",
            HelpName = "FILE",
            Required = true,
        };
        private readonly Option<int> _number = new("--number")
        {
            Description =
                "Which change of this camera's key it is: 1 for the first, then one more each time; the camera carries out the next one "
                + "only, and once",
            HelpName = "N",
            Required = true,
        };

        private readonly JsonOption _json = new();
        private readonly PassphraseOption _passphrase = new();
        private readonly Host _host;

        private RotateCommand(Host host)
        {
            _host = host;
        }

        /// <summary>The command.</summary>
        public static Command Create(Host host)
        {
            var rotate = new RotateCommand(host);
            var sign = new Command(
                "sign",
                "Sign the order that makes a camera change its key. For example: "
                    + "lapel rotate sign 8eec3881f331bc5983ff041deef39486 order --number 1 --key authority.key"
            )
            {
                rotate._device,
                rotate._out,
                rotate._number,
                rotate._key,
            };
            rotate._passphrase.AddTo(sign);
            rotate._json.AddTo(sign);
            sign.SetAction(rotate.Sign);
            var send = new Command(
                "send",
                "Bring the order to a camera, which restarts, and check its statement. For example: lapel rotate send order --key dock.key"
            )
            {
                rotate._order,
            };
            rotate._port.AddTo(send);
            rotate._station.AddTo(send);
            rotate._json.AddTo(send);
            send.SetAction(rotate.Send);
            return new Command("rotate", "Change the key that a camera signs with") { sign, send };
        }

        private int Sign(ParseResult parsed)
        {
            string id = parsed.GetValue(_device)!,
                to = parsed.GetValue(_out)!;
            int number = parsed.GetValue(_number);
            var device = new byte[16];
            if (id.Length != 32 || Convert.FromHexString(id, device, out _, out _) != System.Buffers.OperationStatus.Done)
            {
                throw new CommandException(
                    "a camera's id has 32 hex digits",
                    "lapel status shows it, and so does LAPEL/DEVICE.PUB on its card"
                );
            }

            if (number < 1)
            {
                throw new CommandException($"--number {number}: rotations are counted from 1");
            }

            SigningKey key = KeyFiles.Secret(parsed.GetValue(_key)!, KeyKind.Authority, _passphrase.Of(parsed, _host));
            KeyFiles.WriteNew(to, Orders.Rotate(key, device, number, DateTime.UtcNow));
            _json.Write(
                parsed,
                _host,
                "order",
                json =>
                {
                    json.WriteString("order", "rotate");
                    json.WriteString("device", id.ToLowerInvariant());
                    json.WriteNumber("number", number);
                    json.WriteString("path", to);
                },
                $"{to}: camera {id.ToLowerInvariant()} changes its key for the {Ordinal(number)} time when it gets this"
            );
            return ExitCode.Ok;
        }

        private int Send(ParseResult parsed)
        {
            string file = parsed.GetValue(_order)!;
            byte[] order = OrderFile.Read(file, "lapel rotate sign");
            IStation station = _station.Required(parsed, _host);
            IPort port = _port.Port(parsed, _host);
            Hello before;
            using (CameraConnection camera = CameraConnection.Open(port, cancel: _host.Cancel))
            {
                before = camera.Hello;
                if (!before.HasKey)
                {
                    throw new CommandException("the camera is still starting", "try again in a few seconds");
                }

                camera.Evidence.Login(station, CameraRole.Dock);
                TaskOutcome outcome = camera.Evidence.Rotate(order);
                if (outcome.Result != TaskResult.Done)
                {
                    _host.Complain($"the camera does not take {file}: {TaskFailures.Text(outcome)}", Hint(outcome.Result));
                    return ExitCode.NotVerified;
                }
            }
            using CameraConnection back = Back(port, before);
            TrustedKey known = DeviceStore.KeyOf(before),
                now = DeviceStore.KeyOf(back.Hello);
            KeyChain chain = KeyChain.Of(known, RotationFile.Read(back.Evidence.Rotations(), out string? problem));
            if (problem != null || !chain.Holds(now) || !chain.DeviceId.AsSpan().SequenceEqual(back.Hello.DeviceId))
            {
                _host.Complain(
                    $"camera {before.IdText} has another key, and its statement does not lead there from the one "
                        + $"before{(problem == null ? "" : ": " + problem)}",
                    "do not trust it: it may be an impostor"
                );
                return ExitCode.NotVerified;
            }
            _json.Write(
                parsed,
                _host,
                "rotated",
                json =>
                {
                    json.WriteString("device", before.IdText);
                    json.WriteString("formerKey", Hex(known));
                    json.WriteString("key", Hex(now));
                },
                $"camera {before.IdText}: key {Hex(known)} was changed for {Hex(now)}, and both have signed that"
            );
            return ExitCode.Ok;
        }

        /// <summary>The camera once it is there with another key.</summary>
        private CameraConnection Back(IPort port, Hello before)
        {
            DateTime end = DateTime.UtcNow + BackWithin;
            while (true)
            {
                _host.Cancel.WaitHandle.WaitOne(LookAgain);
                _host.Cancel.ThrowIfCancellationRequested();
                CameraConnection? camera = Try(port);
                if (camera is { Hello.HasKey: true } && !camera.Hello.Key.AsSpan().SequenceEqual(before.Key))
                {
                    return camera;
                }

                camera?.Dispose();
                if (DateTime.UtcNow > end)
                {
                    throw new CommandException(
                        "the camera has not changed its key: a recording came in between, or it does not answer",
                        "bring the order again; lapel status says how the camera is"
                    );
                }
            }
        }

        private CameraConnection? Try(IPort port)
        {
            try
            {
                return CameraConnection.Open(port, cancel: _host.Cancel);
            }
            catch (LinkException error)
                when (error.Failure is LinkFailure.Silent or LinkFailure.NoPort or LinkFailure.Unplugged or LinkFailure.PortBusy)
            {
                return null;
            }
        }

        private static string? Hint(TaskResult result) =>
            result switch
            {
                TaskResult.Stale => "sign it again with the number that the camera names",
                TaskResult.WrongSignature or TaskResult.UnknownKey => "it must be signed by the authority that is installed on the camera",
                TaskResult.WrongDevice => "sign one for this camera",
                TaskResult.NotAllowed => "bring it while the camera does not record and a card is in it",
                _ => null,
            };

        private static string Ordinal(int n) =>
            n switch
            {
                1 => "first",
                2 => "second",
                3 => "third",
                _ => n + "th",
            };

        private static string Hex(TrustedKey key) => Convert.ToHexStringLower(key.Fingerprint);
    }
}
