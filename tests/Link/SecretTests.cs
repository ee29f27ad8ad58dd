// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Formats.Cbor;
using System.IO;
using System.Linq;
using System.Text;
using Lapel.Authority;
using Lapel.Export;
using Lapel.VirtualCamera;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Link.Tests
{
    /// <summary>
    /// Whatever a whole camera is asked at its port, right or wrong and in whatever role, no secret of its internal storage and nobody's
    /// name comes out there, nor stands on its card. What the custodian alone gives away is in tests/Custody.Host.
    /// </summary>
    [TestClass]
    public sealed class SecretTests
    {
        private const string Officer = "A. Smith-Kowalski",
            Place = "17 Main Street";
        private const int Mutations = 250;

        private static readonly string[] Lines =
        [
            "help",
            "version",
            "status",
            "selftest -r",
            "log -n 64",
            "rec",
            "card",
            "bat",
            "link",
            "mem",
            "ls",
            "ls 0",
            "date",
            "date 2026-11-25T08:00:00Z",
            "config get",
            "config set",
            "login",
            "login dock",
            "login dock AAAA",
            "login technician " + "QUJD",
            "logout",
            "nonsense",
            "log -n 0",
            "log -n 99999999999",
            "date yesterday",
            "ls -1",
            "config get -j",
            "status -j",
            "version -j",
            "log -n 64 -j",
            "login dock -j",
            "reboot please",
        ];

        private static readonly (int Group, int Command)[] Commands =
        [
            (0, 0),
            (0, 3),
            (0, 4),
            (0, 6),
            (0, 7),
            (2, 0),
            (2, 1),
            (3, 0),
            (3, 1),
            (3, 2),
            (8, 0),
            (8, 1),
            (8, 2),
            (8, 3),
            (8, 4),
            (9, 0),
            (10, 0),
            (10, 1),
            (10, 2),
            (10, 3),
            (64, 0),
            (64, 2),
            (64, 3),
            (64, 4),
            (64, 5),
            (64, 6),
            (64, 8),
            (64, 10),
            (64, 11),
            (64, 12),
            (63, 0),
            (64, 1),
            (64, 9),
        ];

        private readonly SigningKey _archive = SigningKey.FromSeed(KeyKind.Archive, [.. Enumerable.Repeat((byte)9, 32)]);

        [TestMethod]
        public void No_answer_no_line_and_no_sector_holds_a_secret()
        {
            using var bench = new CameraBench(262_144, 12, configure: false);
            var secrets = new Secrets();
            var heard = new MemoryStream();
            bench.Port.Heard = heard;
            foreach (string name in new[] { Officer, Place })
            {
                secrets.Note(name);
            }

            Note(bench, secrets);
            Own(bench);
            bench.Port.Advance(TimeSpan.FromSeconds(1));
            Restart(bench);
            Note(bench, secrets);
            bench.Record(2);
            var random = new Random(20261126);
            foreach (CameraRole role in new[] { CameraRole.Nobody, CameraRole.Technician, CameraRole.Dock })
            {
                AskEverything(bench, role, random);
            }

            Assert.AreEqual(0, bench.Sync().Refused);
            Note(bench, secrets);
            Assert.AreEqual(TaskResult.Done, bench.Rotate(1).Result);
            Note(bench, secrets);
            bench.Record(2);
            AskEverything(bench, CameraRole.Dock, random);
            Note(bench, secrets);
            bench.Run(3);

            byte[] line = heard.ToArray(),
                messages = Messages(line);
            Check(secrets, line, "the line");
            Check(secrets, messages, "answers of SMP");
            foreach (string file in bench.Card.Files)
            {
                Check(secrets, bench.Card.ReadAll(file), file);
            }

            Console.WriteLine(
                $"secrets: {secrets.Count} forms looked for in {line.Length} bytes of the line, {messages.Length} bytes of answers and "
                    + $"{bench.Card.Files.Count} files of the card"
            );

            // The search finds what is there: the id in answers and on the card, the log-in's challenge text on the line; and what is kept
            // where it may be.
            byte[] id = bench.Camera.Firmware.Device.Id;
            Assert.IsTrue(messages.AsSpan().IndexOf(id) >= 0 && bench.Slot(0).AsSpan().IndexOf(id) >= 0, "this test finds nothing");
            Assert.IsTrue(
                Encoding.Latin1.GetString(line).Contains(Convert.ToHexStringLower(id)[..16], StringComparison.OrdinalIgnoreCase),
                "this test hears no text"
            );
            Assert.IsNotEmpty(bench.Flash.Files.SelectMany(f => secrets.In(bench.Flash.ReadAll(f))), "this test knows no secrets");
            Assert.Contains(Officer, bench.Flash.Files.SelectMany(f => secrets.In(bench.Flash.ReadAll(f))).ToList());
        }

        private static void Check(Secrets secrets, byte[] where, string name) =>
            Assert.IsEmpty(secrets.In(where), name + " holds " + string.Join(", ", secrets.In(where)));

        private void AskEverything(CameraBench bench, CameraRole role, Random random)
        {
            using CameraConnection camera = CameraConnection.Open(bench.Port);
            if (role != CameraRole.Nobody)
            {
                camera.Evidence.Login(bench.Dock, role);
            }

            foreach (string text in Lines)
            {
                camera.Smp.Type(Encoding.ASCII.GetBytes(text + "\r"));
                camera.Smp.Pump(TimeSpan.FromMilliseconds(300));
                camera.Smp.Type("\u0003"u8);
            }
            if (role != CameraRole.Nobody && camera.Evidence.Hello().Role != role)
            {
                camera.Evidence.Login(bench.Dock, role);
            }

            List<byte[]> requests = [.. Requests(bench)];
            foreach (byte[] request in requests)
            {
                Send(bench, camera, request);
            }

            for (int i = 0; i < Mutations; i++)
            {
                Send(bench, camera, Mutated(random, requests[random.Next(requests.Count)]));
            }

            camera.Smp.Pump(TimeSpan.FromSeconds(3));
            // Refused log-ins have locked the desk; a lock ends with the power.
            Restart(bench);
        }

        // Waits until nothing more comes: a request that finds two waiting is dropped.
        private static void Send(CameraBench bench, CameraConnection camera, byte[] message)
        {
            camera.Smp.Line.Write(SmpLines.Encode(message));
            long before = bench.Port.Heard!.Length,
                heard;
            int quiet = 0;
            do
            {
                heard = bench.Port.Heard.Length;
                camera.Smp.Pump(TimeSpan.FromMilliseconds(15));
                quiet = bench.Port.Heard.Length == heard ? quiet + 1 : 0;
            } while (quiet < (heard == before ? 6 : 2));
        }

        // Each command of each group as a read and as a write: with nothing, with what it asks for, and with what it does not.
        private IEnumerable<byte[]> Requests(CameraBench bench)
        {
            byte[] id = bench.Camera.Firmware.Device.Id;
            byte[][] documents =
            [
                Receipts.Make(bench.Archive, id, new byte[16], 1, 0, new byte[32], DateTime.UnixEpoch),
                Receipts.Make(_archive, id, new byte[16], 1, 0, new byte[32], DateTime.UnixEpoch),
                Orders.Retire(SigningKey.Generate(KeyKind.Authority), id, DateTime.UnixEpoch),
                Orders.Rotate(SigningKey.Generate(KeyKind.Authority), id, 1, DateTime.UnixEpoch),
                [],
                [1, 2, 3],
            ];
            string[] names =
            [
                "/config/new",
                "/config/current",
                "/log",
                "/device.pub",
                "/secret",
                "../SECRET.A",
                "unit",
                "recipients",
                "officer",
                "recorder",
                "card",
                "link",
            ];
            byte sequence = 0;
            foreach ((int group, int command) in Commands)
            {
                foreach (SmpOp op in new[] { SmpOp.Read, SmpOp.Write })
                {
                    var bodies = new List<byte[]>
                    {
                        Array.Empty<byte>(),
                        new byte[] { 0xA0 },
                        new byte[] { 0xFF },
                        Body(to => to.Pair("d", "hello")),
                        Body(to => to.Pair("format", "snrvmpio")),
                        Body(to => to.Pair("index", 3)),
                    };
                    if (group is 2 or 3 or 8)
                    {
                        bodies.AddRange(names.Select(name => Body(to => to.Pair("name", name).Pair("off", 0))));
                    }

                    if (group == 9)
                    {
                        bodies.AddRange(Lines.Select(line => Body(to => Words(to, line))));
                    }

                    if (group == 64)
                    {
                        bodies.Add(Body(to => to.Pair("id", 0).Pair("off", 0).Pair("len", 512).Pair("k", 512)));
                        bodies.Add(Body(to => to.Pair("id", 65536).Pair("off", 0).Pair("len", 4096).Pair("k", 512)));
                        bodies.Add(Body(to => to.Pair("id", 65537).Pair("off", long.MaxValue).Pair("len", -1).Pair("k", 3)));
                        bodies.AddRange(documents.Select(document => Body(to => to.Pair("r", document))));
                    }
                    if (group == 64 && command == 1)
                    {
                        bodies.Add(Body(to => to.Pair("role", 2).Pair("key", new byte[32]).Pair("sig", new byte[64])));
                    }

                    foreach (byte[] body in bodies)
                    {
                        yield return new SmpMessage(op, 1, group, command, sequence++, body).Encode();
                    }
                }
            }
        }

        private static byte[] Body(Action<CborWriter> content)
        {
            var writer = new CborWriter(CborConformanceMode.Lax);
            writer.WriteStartMap(null);
            content(writer);
            writer.WriteEndMap();
            return writer.Encode();
        }

        private static void Words(CborWriter to, string line)
        {
            to.WriteTextString("argv");
            string[] words = line.Split(' ');
            to.WriteStartArray(words.Length);
            foreach (string word in words)
            {
                to.WriteTextString(word);
            }

            to.WriteEndArray();
        }

        private static byte[] Mutated(Random random, byte[] request)
        {
            byte[] bytes = (byte[])request.Clone();
            for (int n = random.Next(1, 4); n > 0; n--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }
            // Neither a restart nor another rate: both end this talk.
            bool ends = bytes[4] == 0 && (bytes[5] == 0 && bytes[7] == 5 || bytes[5] == 64 && bytes[7] == 7);
            return ends ? request : bytes;
        }

        /// <summary>What the answers on a line say: their base64 taken away.</summary>
        private static byte[] Messages(byte[] line)
        {
            var all = new MemoryStream();
            var packet = new StringBuilder();
            void Take()
            {
                if (packet.Length % 4 == 0 && Convert.TryFromBase64String(packet.ToString(), new byte[packet.Length], out _))
                {
                    all.Write(Convert.FromBase64String(packet.ToString()));
                }

                packet.Clear();
            }

            for (int at = 0; at + 1 < line.Length; at++)
            {
                bool first = line[at] == SmpLines.First0 && line[at + 1] == SmpLines.First1,
                    next = line[at] == SmpLines.Next0 && line[at + 1] == SmpLines.Next1;
                if (!first && !next)
                {
                    continue;
                }

                if (first)
                {
                    Take();
                }

                int end = Array.IndexOf(line, (byte)'\n', at);
                if (end < 0)
                {
                    break;
                }

                packet.Append(Encoding.ASCII.GetString(line, at + 2, end - at - 2));
                at = end;
            }
            Take();
            return all.ToArray();
        }

        private static void Note(CameraBench bench, Secrets secrets)
        {
            bench.Until(OperatingState.Buffering);
            secrets.Note(
                bench.Camera,
                bench
                    .Flash.Files.Where(f => f.EndsWith(".A", StringComparison.Ordinal))
                    .Select(f => (Path.GetFileNameWithoutExtension(f), Content(bench.Flash.ReadAll(f))))
            );
        }

        // An entry's file is its content behind a head of 16 bytes at most: the secrets stand at fixed places of the content.
        private static byte[] Content(byte[] file) => file[Hal.Esp32.StoreEntry.HeaderBytes..];

        private static void Restart(CameraBench bench)
        {
            bench.Camera.SwitchOff();
            bench.Camera.Boot();
            bench.Until(OperatingState.Buffering);
        }

        private static void Own(CameraBench bench)
        {
            var plan = new ConfigurationPlan
            {
                PreEventSeconds = 2,
                Unit = "UNIT-17",
                SlotBytes = 1 << 20,
                Officer = Officer,
                Place = Place,
            };
            plan.Stations.Add((bench.Dock.PublicKey, 2));
            plan.Archives.Add(bench.Archive.Public.Bytes);
            plan.Recipients.Add(Convert.FromHexString(AgencyKey.Make().PublicText().Split("key ")[^1].Trim()));
            using CameraConnection connection = CameraConnection.Open(bench.Port);
            new FileGroup(connection.Smp).Upload(FileGroup.NewConfiguration, Configurations.Sign(CameraBench.Authority, plan));
            long before = connection.Evidence.Outcome().Task;
            new SettingsGroup(connection.Smp).Commit();
            Assert.AreEqual(TaskResult.Done, connection.Evidence.Wait(before + 1).Result);
        }
    }
}
