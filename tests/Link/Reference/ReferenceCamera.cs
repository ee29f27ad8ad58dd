// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Formats.Cbor;
using System.Globalization;
using System.Linq;
using Lapel.Verify.Tests;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Lapel.Link.Tests
{
    /// <summary>
    /// A camera's service port written from PROTOCOL.md alone, with none of the firmware: what the client is measured against by itself.
    /// </summary>
    internal sealed class ReferenceCamera
    {
        private (DateTime Utc, long AtUs)? _clock;
        private const long FallBackUs = 2_000_000,
            TaskUs = 300_000;

        /// <summary>Most bytes of a part of the certificate.</summary>
        private const int LargestPart = 1024;

        /// <summary>What a driver holds: the camera goes on when the line has less left than this.</summary>
        private const long QueueUs = 2_000;

        private readonly SmpAssembler _assembler = new();
        private readonly List<byte> _line = [];
        private readonly Queue<SmpMessage> _requests = new();
        private readonly Random _random = new(7);
        private byte[] _nonce = new byte[32];
        private int _task,
            _result,
            _askedRole;
        private long _taskUs,
            _baudUs = long.MaxValue;
        private (SmpMessage Request, ReferenceItem Item, long Offset, long Length, int Block, long At)? _range;

        public ReferenceCamera(ForgeDevice device) => Device = device;

        public ForgeDevice Device { get; }

        public int Baud { get; private set; } = 115200;

        public List<ReferenceItem> Items { get; } = [];

        public byte[] AuditLog { get; set; } = [];

        /// <summary>What it says of its log; null: that it has none.</summary>
        public LogState? LogState { get; set; }

        /// <summary>Public keys of stations with their roles.</summary>
        public List<(byte[] PublicKey, int Role)> Stations { get; } = [];

        public int Role { get; private set; }

        public bool IsRecording { get; set; }

        /// <summary>Falsifies what an answer or a frame holds, which is then sent whole and with its right checksum.</summary>
        public Func<byte[], byte[]>? Falsify { get; set; }

        /// <summary>The key that hello states instead of the device's.</summary>
        public byte[]? FalseKey { get; set; }

        /// <summary>Whether items are told with a close digest of which only the part in the list is right.</summary>
        public bool TellsWrongDigest { get; set; }

        /// <summary>Item and offset at which the card fails.</summary>
        public (int Id, long Offset)? CardFault { get; set; }

        /// <summary>Whether it answers at all.</summary>
        public bool IsMute { get; set; }

        /// <summary>Prints a line of text before each answer.</summary>
        public bool IsChatty { get; set; }

        public List<byte[]> Receipts { get; } = [];

        /// <summary>Whether its clock can be set.</summary>
        public bool TakesClock { get; set; } = true;

        /// <summary>How often it was set.</summary>
        public int ClocksSet { get; private set; }

        /// <summary>The certificate that an order to retire leads to.</summary>
        public Func<byte[], byte[]> Retire { get; set; } = _ => [];

        /// <summary>Empty while it is in service.</summary>
        public byte[] Certificate { get; set; } = [];

        /// <summary>Changes offset, data and length of each part of the certificate that it gives.</summary>
        public Func<long, byte[], long, (long Offset, byte[] Data, long Length)> Part { get; set; } =
            (offset, data, length) => (offset, data, length);

        public int[] Bauds { get; set; } = [115200, 460800, 921600, 3_000_000];

        public void Received(byte value, long nowUs)
        {
            if (IsMute)
            {
                return;
            }

            if (value is not ((byte)'\n' or (byte)'\r'))
            {
                if (_line.Count < 512)
                {
                    _line.Add(value);
                }

                return;
            }
            byte[] line = [.. _line];
            _line.Clear();
            int mark = Mark(line);
            if (mark < 0 || _assembler.Line(line.AsSpan(mark)) is not SmpMessage message)
            {
                return;
            }

            _baudUs = long.MaxValue;
            if (message.Group == 64 && message.Command == EvidenceGroup.CancelCommand)
            {
                // Those asked for before are answered, with what was sent.
                _requests.Enqueue(message);
                if (_range is var range and not null)
                {
                    _range = (
                        range.Value.Request,
                        range.Value.Item,
                        range.Value.Offset,
                        range.Value.At - range.Value.Offset,
                        range.Value.Block,
                        range.Value.At
                    );
                }

                return;
            }
            _requests.Enqueue(message);
        }

        public void Step(Wire wire)
        {
            if (wire.NowUs - _baudUs > FallBackUs)
            {
                Baud = 115200;
                _baudUs = long.MaxValue;
            }
            if (_result == 1 && wire.NowUs - _taskUs > TaskUs)
            {
                EndTask();
            }

            if (IsMute || wire.BacklogUs > QueueUs)
            {
                return;
            }

            if (_range != null)
            {
                Send(wire);
            }
            else if (_requests.TryDequeue(out SmpMessage? request))
            {
                Answer(wire, request);
            }
        }

        private void Send(Wire wire)
        {
            var (request, item, offset, length, block, at) = _range!.Value;
            if (at < offset + length)
            {
                int n = (int)Math.Min(block, offset + length - at);
                if (CardFault is var (id, bad) && id == item.Slot && bad < at + n || IsRecording)
                {
                    _range = null;
                    Refuse(wire, request, IsRecording ? EvidenceError.Busy : EvidenceError.Card);
                    return;
                }
                wire.FromCamera(
                    BulkFrame.Encode(BulkFrame.ItemBytes, request.Sequence, at, Falsified(item.Bytes.AsSpan((int)at, n).ToArray(), n))
                );
                _range = (request, item, offset, length, block, at + n);
                return;
            }
            _range = null;
            Reply(wire, request, to => Pairs(to, ("off", offset), ("len", at - offset)));
        }

        private void Answer(Wire wire, SmpMessage request)
        {
            CborMap map = CborMap.Read(request.Data);
            if (IsChatty)
            {
                wire.FromCamera("I: working on it\tnow\r\n"u8);
            }

            if (request is { Group: 0, Command: 4, Op: SmpOp.Write } && TakesClock)
            {
                DateTime utc = DateTime.Parse(map.Text("datetime"), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
                _clock = (DateTime.SpecifyKind(utc, DateTimeKind.Utc), wire.NowUs);
                ClocksSet++;
                Reply(wire, request, _ => { });
                return;
            }
            if (request.Group != 64)
            {
                Reply(wire, request, to => Pairs(to, ("rc", 8L)));
                return;
            }
            switch (request.Command)
            {
                case EvidenceGroup.HelloCommand:
                    _random.NextBytes(_nonce = new byte[32]);
                    Reply(
                        wire,
                        request,
                        to =>
                            Pairs(
                                to,
                                [
                                ("v", 1L),
                                ("id", Device.DeviceId),
                                ("key", FalseKey ?? Device.PublicKey),
                                ("unit", "UNIT-17"),
                                ("fw", "0.1.0"),
                                (
                                    "state",
                                    IsRecording ? "recording"
                                    : Certificate.Length > 0 ? "fault"
                                    : "buffering"
                                ),
                                ("nonce", _nonce),
                                ("role", (long)Role),
                                ("slots", 40L),
                                ("free", 3L),
                                ("owned", true),
                                ("bauds", Bauds.Select(b => (object)(long)b).ToArray()),
                                .. _clock == null ? Array.Empty<(string, object)>() : [("unc", 1200L)],
                                ("utc", UtcMs(wire)),
                                ]
                            )
                    );
                    break;
                case EvidenceGroup.AuthenticateCommand:
                    Authenticate(map);
                    BeginTask(wire, request);
                    break;
                case EvidenceGroup.OutcomeCommand:
                    Reply(wire, request, to => Pairs(to, ("task", (long)_task), ("result", (long)_result), ("role", (long)Role)));
                    break;
                case EvidenceGroup.ListCommand:
                    List(wire, request, map.Number("from"), (int)map.Number("n", 16));
                    break;
                case EvidenceGroup.ItemCommand:
                    Item(wire, request, (int)map.Number("id"));
                    break;
                case EvidenceGroup.RangeCommand:
                    Range(wire, request, map);
                    break;
                case EvidenceGroup.BaudCommand:
                    ChangeBaud(wire, request, (int)map.Number("baud"));
                    break;
                case EvidenceGroup.ReceiptCommand:
                    Receipts.Add(map.Bytes("r"));
                    BeginTask(wire, request);
                    break;
                case EvidenceGroup.RetireCommand when request.Op == SmpOp.Write:
                    Certificate = Retire(map.Bytes("r"));
                    BeginTask(wire, request);
                    break;
                case EvidenceGroup.RetireCommand:
                    TellCertificate(wire, request, (int)map.Number("off"));
                    break;
                case EvidenceGroup.RotateCommand:
                    Refuse(wire, request, EvidenceError.NoSuchItem);
                    break;
                case EvidenceGroup.LogCommand when LogState is LogState log:
                    Reply(
                        wire,
                        request,
                        to =>
                            Pairs(
                                to,
                                ("seq", log.Sequence),
                                ("h", log.Digest),
                                ("log", new byte[8]),
                                ("place", 0L),
                                ("found", (long)log.Found!),
                                ("known", log.Known),
                                ("last", log.Last),
                                ("cut", log.IsCutBack)
                            )
                    );
                    break;
                case EvidenceGroup.LogCommand:
                    Reply(wire, request, to => Pairs(to, ("seq", 0L)));
                    break;
                case EvidenceGroup.CancelCommand or EvidenceGroup.LogoutCommand:
                    if (request.Command == EvidenceGroup.LogoutCommand)
                    {
                        Role = 0;
                    }

                    Reply(wire, request, _ => { });
                    break;
                default:
                    Reply(wire, request, to => Pairs(to, ("rc", 8L)));
                    break;
            }
        }

        private long UtcMs(Wire wire) =>
            _clock is (DateTime set, long at)
                ? (set.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond + (wire.NowUs - at) / 1000
                : 1_790_000_000_000L;

        private void Authenticate(CborMap map)
        {
            byte[] fingerprint = map.Bytes("key", 32),
                signature = map.Bytes("sig", 64);
            var role = (byte)map.Number("role");
            byte[] label = new byte[32];
            "LAPEL-LOGIN-1"u8.CopyTo(label);
            byte[] message = [.. label, .. Device.DeviceId, .. _nonce, role];
            _nonce = new byte[32];
            (byte[] key, int most) = Stations.FirstOrDefault(s =>
                ForgeDevice.Mac("LAPEL-KEY-1", s.PublicKey).AsSpan().SequenceEqual(fingerprint)
            );
            _askedRole =
                key == null ? -(int)TaskResult.UnknownKey
                : !Ed25519.Verify(signature, 0, key, 0, message, 0, message.Length) ? -(int)TaskResult.WrongSignature
                : role > most ? -(int)TaskResult.NotAllowed
                : role;
        }

        private void BeginTask(Wire wire, SmpMessage request)
        {
            _task++;
            (_result, _taskUs) = (1, wire.NowUs);
            Reply(wire, request, to => Pairs(to, ("task", (long)_task)));
        }

        private void EndTask()
        {
            _result = _askedRole < 0 ? -_askedRole : (int)TaskResult.Done;
            if (_askedRole > 0)
            {
                Role = _askedRole;
            }

            _askedRole = 0;
        }

        private void List(Wire wire, SmpMessage request, long from, int count)
        {
            List<ReferenceItem> items = [.. Items.Where(i => i.Slot >= from && i.State is 1 or 2).OrderBy(i => i.Slot).Take(count + 1)];
            Reply(
                wire,
                request,
                to =>
                {
                    to.WriteTextString("items");
                    to.WriteStartArray(null);
                    foreach (ReferenceItem i in items.Take(count))
                    {
                        Value(
                            to,
                            new object[]
                            {
                                (long)i.Slot,
                                (long)i.State,
                                (long)i.Recording,
                                (long)i.Segment,
                                i.Sectors,
                                (long)i.UtcSeconds,
                                (long)i.Fragments,
                                i.CloseDigest[..8],
                            }
                        );
                    }

                    to.WriteEndArray();
                    if (items.Count > count)
                    {
                        Pairs(to, ("next", (long)items[count].Slot));
                    }
                }
            );
        }

        private ReferenceItem? Find(int id) =>
            id == ItemFacts.AuditLog
                ? AuditLog.Length == 0
                    ? null
                    : new ReferenceItem(id, 0, 0, 0, 0, 0, [], AuditLog)
                : Items.Find(i => i.Slot == id && i.State is 1 or 2);

        private void Item(Wire wire, SmpMessage request, int id)
        {
            if (Role < 2)
            {
                Refuse(wire, request, EvidenceError.RoleNeeded);
            }
            else if (Find(id) is not ReferenceItem item)
            {
                Refuse(wire, request, EvidenceError.NoSuchItem);
            }
            else
            {
                Reply(
                    wire,
                    request,
                    to =>
                    {
                        Pairs(
                            to,
                            ("len", (long)item.Bytes.Length),
                            (
                                "k",
                                Baud <= 115200 ? 1024L
                                : Baud <= 460800 ? 2048
                                : Baud <= 921600 ? 4096
                                : 16384
                            )
                        );
                        if (item.CloseDigest.Length > 0)
                        {
                            Pairs(to, ("digest", TellsWrongDigest ? [.. item.CloseDigest[..8], .. new byte[24]] : item.CloseDigest));
                        }
                    }
                );
            }
        }

        private void Range(Wire wire, SmpMessage request, CborMap map)
        {
            long offset = map.Number("off"),
                length = map.Number("len");
            if (Role < 2)
            {
                Refuse(wire, request, EvidenceError.RoleNeeded);
            }
            else if (IsRecording)
            {
                Refuse(wire, request, EvidenceError.Busy);
            }
            else if (Find((int)map.Number("id")) is not ReferenceItem item)
            {
                Refuse(wire, request, EvidenceError.NoSuchItem);
            }
            else if (
                map.Number("k") is not (512 or 1024 or 2048 or 4096 or 8192 or 16384)
                || offset < 0
                || length is < 1 or > 262144
                || offset > item.Bytes.Length - length
            )
            {
                Refuse(wire, request, EvidenceError.OutOfRange);
            }
            else
            {
                _range = (request, item, offset, length, (int)map.Number("k"), offset);
            }
        }

        private void TellCertificate(Wire wire, SmpMessage request, int from)
        {
            if (Certificate.Length == 0)
            {
                Refuse(wire, request, EvidenceError.NoSuchItem);
                return;
            }
            (long offset, byte[] data, long length) = Part(
                from,
                Certificate[from..Math.Min(from + LargestPart, Certificate.Length)],
                Certificate.Length
            );
            Reply(wire, request, to => Pairs(to, ("off", offset), ("data", data), ("len", length)));
        }

        private void ChangeBaud(Wire wire, SmpMessage request, int baud)
        {
            if (!Bauds.Contains(baud))
            {
                Refuse(wire, request, EvidenceError.BaudNotSupported);
                return;
            }
            Reply(wire, request, _ => { });
            wire.Advance(TimeSpan.FromMicroseconds(wire.BacklogUs));
            Baud = baud;
            _baudUs = baud == 115200 ? long.MaxValue : wire.NowUs;
        }

        private static int Mark(byte[] line)
        {
            for (int i = 0; i + 1 < line.Length; i++)
            {
                if ((line[i], line[i + 1]) is (6, 9) or (4, 20))
                {
                    return i;
                }
            }

            return -1;
        }

        private void Refuse(Wire wire, SmpMessage request, EvidenceError error) =>
            Reply(
                wire,
                request,
                to =>
                {
                    to.WriteTextString("err");
                    to.WriteStartMap(null);
                    Pairs(to, ("group", 64L), ("rc", (long)error));
                    to.WriteEndMap();
                }
            );

        private void Reply(Wire wire, SmpMessage request, Action<CborWriter> content)
        {
            var writer = new CborWriter(CborConformanceMode.Lax);
            writer.WriteStartMap(null);
            content(writer);
            writer.WriteEndMap();
            wire.FromCamera(
                SmpLines.Encode(
                    new SmpMessage(
                        request.Op + 1,
                        request.Version,
                        request.Group,
                        request.Command,
                        request.Sequence,
                        Falsified(writer.Encode(), int.MaxValue)
                    ).Encode()
                )
            );
        }

        private byte[] Falsified(byte[] content, int most)
        {
            byte[] said = Falsify?.Invoke(content) ?? content;
            return said.Length <= most ? said : said[..most];
        }

        private static void Pairs(CborWriter to, params (string Key, object Value)[] pairs)
        {
            foreach ((string key, object value) in pairs)
            {
                to.WriteTextString(key);
                Value(to, value);
            }
        }

        private static void Value(CborWriter to, object value)
        {
            switch (value)
            {
                case long number:
                    to.WriteInt64(number);
                    break;
                case string text:
                    to.WriteTextString(text);
                    break;
                case byte[] bytes:
                    to.WriteByteString(bytes);
                    break;
                case bool flag:
                    to.WriteBoolean(flag);
                    break;
                case object[] items:
                    to.WriteStartArray(null);
                    foreach (object item in items)
                    {
                        Value(to, item);
                    }

                    to.WriteEndArray();
                    break;
            }
        }
    }
}
