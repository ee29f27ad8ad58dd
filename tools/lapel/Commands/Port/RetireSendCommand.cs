// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using Lapel.Authority;
using Lapel.Intake;
using Lapel.Link;
using Lapel.Verify;

namespace Lapel.Cli.Commands
{
    /// <summary>lapel retire send: brings the order to a camera and keeps the certificate that it leaves.</summary>
    internal sealed class RetireSendCommand
    {
        private readonly PortOptions _port = new();
        private readonly StationOption _station = new();
        private readonly Argument<string> _order = new("ORDER") { Description = "An order that the authority has signed" };
        private readonly Argument<string> _certificate = new("CERTIFICATE")
        {
            Description = "Where the camera's certificate of retirement is written",
        };

        private readonly Option<bool> _withEvidence = new("--with-evidence")
        {
            Description =
                "Retire although the card holds segments that are not released, or is not in the camera: they stay as they are, on the "
                + "card",
        };

        private readonly Host _host;

        private RetireSendCommand(Host host)
        {
            _host = host;
        }

        /// <summary>The command.</summary>
        public static Command Create(Host host)
        {
            var send = new RetireSendCommand(host);
            var command = new Command(
                "send",
                "Bring the order to a camera, which erases its secrets for good in some minutes, and keep its certificate. For example: "
                    + "lapel retire send order certificate --key dock.key"
            )
            {
                send._order,
                send._certificate,
                send._withEvidence,
            };
            send._port.AddTo(command);
            send._station.AddTo(command);
            command.SetAction(send.Execute);
            return command;
        }

        private int Execute(ParseResult parsed)
        {
            string file = parsed.GetValue(_order)!,
                to = parsed.GetValue(_certificate)!;
            byte[] document = OrderFile.Read(file, "lapel retire sign");
            RetirementOrder order = Order(file, document);
            RequireRoom(to);
            IStation station = _station.Required(parsed, _host);
            try
            {
                return Send(parsed, document, order, station);
            }
            catch (LinkException error) when (error.Failure == LinkFailure.Unplugged)
            {
                throw new CommandException(
                    error.Message,
                    "give the same command again: it finds out whether the camera is retired, and fetches its certificate",
                    error
                );
            }
        }

        private int Send(ParseResult parsed, byte[] document, RetirementOrder order, IStation station)
        {
            using CameraConnection camera = _port.Connect(parsed, _host);
            string file = parsed.GetValue(_order)!,
                id = Convert.ToHexStringLower(order.DeviceId);

            // What the camera says of its key counts while it can sign with it. One that was retired before has none after a restart.
            KeyChain? stated = camera.Hello.HasKey ? Stated(camera) : null;
            if (stated != null && !camera.Hello.DeviceId.AsSpan().SequenceEqual(order.DeviceId))
            {
                return Refuse($"the order {file} is for camera {id}, and this is camera {camera.Hello.IdText}", "sign one for this camera");
            }

            byte[] certificate = camera.Evidence.Certificate();
            bool before = certificate.Length > 0;
            if (!before)
            {
                if (stated == null || camera.Hello.State is "booting" or "recovering")
                {
                    throw new CommandException("the camera is still starting", "try again in a few seconds");
                }

                if (camera.Hello.State is "recording" or "closing")
                {
                    throw new CommandException("the camera records", "stop the recording, and sync it, first");
                }

                camera.Evidence.Login(station, CameraRole.Dock);
                if (!parsed.GetValue(_withEvidence))
                {
                    RequireReleased(camera);
                }

                TaskOutcome outcome = camera.Evidence.Retire(document);
                certificate = camera.Evidence.Certificate();
                if (certificate.Length == 0)
                {
                    return Refuse($"the camera does not take {file}: {TaskFailures.Text(outcome)}", Hint(outcome.Result));
                }
            }
            camera.Evidence.AwaitErased();
            return Keep(certificate, parsed.GetValue(_certificate)!, order, stated, before);
        }

        /// <summary>Judges the certificate and writes it.</summary>
        private int Keep(byte[] bytes, string to, RetirementOrder order, KeyChain? stated, bool before)
        {
            string id = Convert.ToHexStringLower(order.DeviceId);
            RetirementCertificate certificate;
            try
            {
                certificate = RetirementCertificate.Read(bytes);
            }
            catch (FormatException error)
            {
                return Refuse(
                    $"camera {id} says that it is retired, and its certificate is not authentic: {error.Message}",
                    "do not trust it: it may be an impostor"
                );
            }
            if (!certificate.DeviceId.AsSpan().SequenceEqual(order.DeviceId))
            {
                return Refuse(
                    $"the camera is retired, but it is camera {Convert.ToHexStringLower(certificate.DeviceId)}, and the order is for "
                        + $"camera {id}",
                    "sign one for this camera"
                );
            }

            string? against = certificate.Against(stated ?? KeyChain.Of(certificate.Key, []));
            if (against != null && stated != null)
            {
                return Refuse(
                    $"camera {id} says that it is retired, and its certificate is not authentic: {against}",
                    "do not trust it: it may be an impostor"
                );
            }

            var digest = new byte[EvidenceHash.Size];
            EvidenceHash.H(order.Payload, digest);
            bool byThisOrder = certificate.OrderDigest.AsSpan().SequenceEqual(digest);
            if (!byThisOrder && !before)
            {
                return Refuse(
                    $"camera {id} says that it is retired, and its certificate names another order",
                    "do not trust it: it may be an impostor"
                );
            }

            KeyFiles.WriteNew(to, bytes);
            _host.Out.WriteLine($"camera {id} {(before ? "was retired before" : "is retired")}; its certificate is in {to}");
            CertificateReport.Write(certificate, _host.Out);
            if (against != null)
            {
                return Refuse(
                    $"the certificate does not say by itself whose it is: {against}",
                    $"lapel retire show {to} DEVICE.PUB, with the camera's ROTATED.PUB in the same folder"
                );
            }

            return byThisOrder
                ? ExitCode.Ok
                : Refuse($"camera {id} was retired by another order", "its certificate states the digest of that order");
        }

        private static RetirementOrder Order(string file, byte[] document)
        {
            try
            {
                return RetirementOrder.Read(document);
            }
            catch (FormatException error)
            {
                throw new CommandException($"{file} is no signed order to retire: {error.Message}", "lapel retire sign makes one", error);
            }
        }

        // Before anything that cannot be undone.
        private static void RequireRoom(string to)
        {
            if (Path.Exists(to))
            {
                throw new CommandException($"{to} is already there: nothing is overwritten");
            }

            string folder = Path.GetDirectoryName(Path.GetFullPath(to))!;
            if (!Directory.Exists(folder))
            {
                throw new CommandException($"the folder {folder} is not there", "make it, or name another place for the certificate");
            }

            Folders.Prepare(folder, "folder");
        }

        private static KeyChain Stated(CameraConnection camera)
        {
            KeyChain chain = KeyChain.Of(
                DeviceStore.KeyOf(camera.Hello),
                RotationFile.Read(camera.Evidence.Rotations(), out string? problem)
            );
            if (problem == null && chain.DeviceId.AsSpan().SequenceEqual(camera.Hello.DeviceId))
            {
                return chain;
            }

            throw new CommandException(
                $"the id of camera {camera.Hello.IdText} does not come from its key{(problem == null ? "" : ": " + problem)}",
                "do not trust it: it may be an impostor"
            );
        }

        private static void RequireReleased(CameraConnection camera)
        {
            IReadOnlyList<SlotEntry> held = Held(camera);
            if (held.Count == 0)
            {
                return;
            }

            int open = held.Count(entry => !entry.IsClosed);
            throw new CommandException(
                $"the card holds {held.Count} segments that are not "
                    + $"released{(open == 0 ? "" : $", {open} of them open, which the camera could not close any more")}",
                "lapel sync --release first, or give --with-evidence to retire it all the same: they stay on the card"
            );
        }

        private static IReadOnlyList<SlotEntry> Held(CameraConnection camera)
        {
            const string Hint = "put the card in, or give --with-evidence to retire it all the same";
            if (camera.Hello.Slots == 0)
            {
                throw new CommandException("the camera cannot say what its card holds: it is not there", Hint);
            }

            try
            {
                return camera.Evidence.List();
            }
            catch (LinkException error)
                when (error.Is(EvidenceGroup.Id, (int)EvidenceError.Card)
                    || camera.Hello.State == "fault" && error.Is(EvidenceGroup.Id, (int)EvidenceError.Busy)
                )
            {
                throw new CommandException("the camera cannot say what its card holds: it is not there, or cannot be read", Hint, error);
            }
        }

        private int Refuse(string message, string? hint)
        {
            _host.Complain(message, hint);
            return ExitCode.NotVerified;
        }

        private static string? Hint(TaskResult result) =>
            result switch
            {
                TaskResult.WrongSignature or TaskResult.UnknownKey => "it must be signed by the authority that is installed on the camera",
                TaskResult.WrongDevice => "sign one for this camera",
                TaskResult.StorageFailed => "lapel diag says what is wrong; nothing was erased",
                _ => null,
            };
    }
}
