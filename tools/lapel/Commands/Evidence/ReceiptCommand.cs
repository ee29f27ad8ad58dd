// SPDX-License-Identifier: MIT

using System;
using System.CommandLine;
using System.IO;
using Lapel.Authority;
using Lapel.Intake;
using Lapel.Verify;

namespace Lapel.Cli.Commands
{
    /// <summary>lapel receipt: signs for what this archive holds, after verifying its own copy.</summary>
    internal sealed class ReceiptCommand
    {
        private readonly Argument<string> _store = new("STORE")
        {
            Description = "The archive's own copy: a card folder, a folder of segments, or one segment file",
        };
        private readonly Argument<string> _out = new("OUT")
        {
            Description = "Folder for the receipts, one file a segment; made when it is not there",
        };
        private readonly Option<string> _key = new("--key")
        {
            Description = "The archive's secret key",
            HelpName = "FILE",
            Required = true,
        };

        private readonly Option<string?> _device = new("--device-key")
        {
            Description = "The camera's public key, got by another way than the card, as for lapel verify --key",
            HelpName = "FILE",
        };

        private readonly Option<string?> _keys = KeysOption.Create();

        private readonly PassphraseOption _passphrase = new();
        private readonly JsonOption _json = new();
        private readonly Host _host;

        private ReceiptCommand(Host host)
        {
            _host = host;
        }

        /// <summary>The command.</summary>
        public static Command Create(Host host)
        {
            var receipt = new ReceiptCommand(host);
            var command = new Command(
                "receipt",
                "Verify a stored copy and sign receipts for its authentic segments; exit 1 when one is refused. For example: lapel "
                    + "receipt store receipts --key archive.key"
            )
            {
                receipt._store,
                receipt._out,
                receipt._key,
                receipt._device,
                receipt._keys,
            };
            receipt._passphrase.AddTo(command);
            receipt._json.AddTo(command);
            command.SetAction(receipt.Execute);
            return command;
        }

        private int Execute(ParseResult parsed)
        {
            string store = parsed.GetValue(_store)!,
                to = parsed.GetValue(_out)!;
            SigningKey archive = KeyFiles.Secret(parsed.GetValue(_key)!, KeyKind.Archive, _passphrase.Of(parsed, _host));
            TrustedKey? device = parsed.GetValue(_device) is string file ? ExportCommand.Device(file) : null;
            CardResult card;
            try
            {
                // Read again from the disk, whole: a receipt is for what is stored, not for what was sent.
                card = CardVerifier.Verify(store, device, parsed.GetValue(_keys) is string keys ? KeysOption.Read(keys) : null);
            }
            catch (CardException e)
            {
                throw new CommandException(e.Message, e.Hint, e);
            }
            if (card.Recordings.Count == 0)
            {
                throw new CommandException($"no recording in {store}", "give the folder that the segments were stored in");
            }

            Directory.CreateDirectory(to);
            int refused = 0;
            foreach (RecordingResult recording in card.Recordings)
            {
                refused += Recording(parsed, recording, archive, to);
            }

            return refused == 0 ? ExitCode.Ok : ExitCode.NotVerified;
        }

        private int Recording(ParseResult parsed, RecordingResult recording, SigningKey archive, string to)
        {
            int refused = 0;
            foreach (SegmentResult segment in recording.Segments)
            {
                if (ReceiptRule.Refusal(recording, segment) is string why)
                {
                    _host.Complain($"segment {segment.Segment} of recording {recording.RecordingNumber}: {why}: no receipt", null);
                    refused++;
                    continue;
                }

                byte[] receipt = Receipts.Make(
                    archive,
                    recording.DeviceId,
                    recording.RecordingId,
                    recording.RecordingNumber,
                    segment.Segment!.Value,
                    segment.CloseDigest!,
                    DateTime.UtcNow
                );
                string path = Path.Combine(
                    to,
                    $"{Convert.ToHexStringLower(recording.DeviceId)}-{recording.RecordingNumber:D8}-{segment.Segment:D4}.receipt"
                );
                KeyFiles.WriteNew(path, receipt);
                _json.Write(
                    parsed,
                    _host,
                    "receipt",
                    json =>
                    {
                        json.WriteString("device", Convert.ToHexStringLower(recording.DeviceId));
                        json.WriteNumber("recording", recording.RecordingNumber);
                        json.WriteNumber("segment", segment.Segment!.Value);
                        json.WriteString("path", path);
                    },
                    path
                );
            }
            return refused;
        }
    }
}
