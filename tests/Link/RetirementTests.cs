// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Lapel.Authority;
using Lapel.Evidence;
using Lapel.Hal.Virtual;
using Lapel.Intake;
using Lapel.Verify;
using Lapel.Verify.Tests;
using Lapel.VirtualCamera;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using RetirementCertificate = Lapel.Verify.RetirementCertificate;

namespace Lapel.Link.Tests
{
    /// <summary>
    /// A whole virtual camera is retired at the order of its authority, from the cable to the certificate and what `lapel retire` says of
    /// it.
    /// </summary>
    [TestClass]
    public sealed class RetirementTests
    {
        private static readonly DateTime Signed = new(2026, 11, 25, 9, 0, 0, DateTimeKind.Utc);

        private readonly CommandBench _lapel = new();

        [TestMethod]
        public void The_certificate_lists_what_the_card_holds_and_stays()
        {
            using var bench = new CameraBench();
            bench.Record(6);
            bench.Options = bench.Options with { Archive = new BenchArchive(bench.Archive) };
            SyncReport released = bench.Sync();
            bench.Record(4);
            int kept = bench.Closed();
            byte[] id = bench.Camera.Firmware.Device.Id,
                order = Orders.Retire(CameraBench.Authority, id, Signed);
            TrustedKey key = TrustedKey.FromBytes(bench.Camera.Firmware.Device.PublicKey);

            byte[] bytes;
            using (CameraConnection connection = CameraConnection.Open(bench.Port))
            {
                connection.Evidence.Login(bench.Dock, CameraRole.Dock);
                Assert.IsEmpty(connection.Evidence.Certificate());
                long before = bench.Camera.NowUs;
                Assert.AreEqual(TaskResult.Done, connection.Evidence.Retire(order).Result);
                Console.WriteLine($"retired in {(bench.Camera.NowUs - before) / 1e6:F1} s");
                bytes = connection.Evidence.Certificate();
            }
            RetirementCertificate certificate = RetirementCertificate.Read(bytes);
            Assert.IsNull(certificate.Against(KeyChain.Of(key, [])));
            Assert.AreEqual((1u, 2u), (certificate.Boot, certificate.Recordings));
            CollectionAssert.AreEqual(new[] { new SegmentRun(1, 0, (uint)released.Released) }, certificate.Released!.InOrder().ToArray());
            CollectionAssert.AreEqual(new[] { new SegmentRun(2, 0, (uint)kept) }, certificate.Kept!.InOrder().ToArray());
            Assert.IsTrue(released.Released > 1 && kept > 1);
            CollectionAssert.AreEqual(Digest(order), certificate.OrderDigest);
            Assert.IsTrue(
                certificate.Utc > new DateTime(2026, 11, 25, 8, 0, 0) && certificate.Utc < new DateTime(2026, 11, 25, 8, 10, 0),
                certificate.Utc?.ToString("O")
            );

            bench.Camera.CutPower();
            bench.Camera.Boot();
            bench.Run(10);
            using (CameraConnection connection = CameraConnection.Open(bench.Port))
            {
                Assert.IsFalse(connection.Hello.HasKey);
                Assert.AreEqual("fault", connection.Hello.State);
                CollectionAssert.AreEqual(bytes, connection.Evidence.Certificate());
                Assert.ThrowsExactly<LinkException>(() => connection.Evidence.Login(bench.Dock, CameraRole.Dock));
            }
            bench.Press();
            bench.Run(5);
            Assert.AreNotEqual(OperatingState.Recording, bench.Camera.Status.State);
            CardResult card = CardVerifier.Verify(bench.CardFolder(), key);
            Assert.AreEqual(Verdict.Authentic, card.Recordings.Single().Verdict, "what is not released stays");
            Assert.IsTrue(card.Audits.Single().Agrees, string.Join("\n", card.Audits.Single().Findings));
            var digest = new byte[EvidenceHash.Size];
            EvidenceHash.H(bytes, digest);
            CollectionAssert.AreEqual(
                digest,
                card.Audits.Single().Entries.Single(e => (int)e.Kind == 18).Data,
                "the log names another certificate"
            );
        }

        [TestMethod]
        public void What_is_no_order_of_its_authority_for_it_is_refused_and_changes_nothing()
        {
            using var bench = new CameraBench(262_144, 12);
            byte[] id = bench.Camera.Firmware.Device.Id,
                order = Orders.Retire(CameraBench.Authority, id, Signed);
            SigningKey stranger = SigningKey.Generate(KeyKind.Authority);
            using (CameraConnection connection = CameraConnection.Open(bench.Port))
            {
                LinkException error = Assert.ThrowsExactly<LinkException>(() => connection.Evidence.Retire(order));
                Assert.IsTrue(error.Message.Contains("role", StringComparison.Ordinal), error.Message);
                connection.Evidence.Login(bench.Dock, CameraRole.Technician);
                Assert.ThrowsExactly<LinkException>(() => connection.Evidence.Retire(order));
                connection.Evidence.Login(bench.Dock, CameraRole.Dock);
                byte[] flipped = (byte[])order.Clone();
                flipped[^1] ^= 1;
                Assert.AreEqual(TaskResult.WrongSignature, connection.Evidence.Retire(flipped).Result);
                Assert.AreEqual(TaskResult.UnknownKey, connection.Evidence.Retire(Orders.Retire(stranger, id, Signed)).Result);
                Assert.AreEqual(
                    TaskResult.WrongDevice,
                    connection.Evidence.Retire(Orders.Retire(CameraBench.Authority, new byte[16], Signed)).Result
                );
                Assert.AreEqual(TaskResult.Malformed, connection.Evidence.Retire(order[..^1]).Result);
                Assert.AreEqual(
                    TaskResult.Malformed,
                    connection.Evidence.Retire(Orders.Rotate(CameraBench.Authority, id, 1, Signed)).Result
                );
                Assert.IsEmpty(connection.Evidence.Certificate());
            }
            bench.Record(3);
            Assert.IsGreaterThan(0, bench.Closed());
        }

        [TestMethod]
        public void An_order_during_a_recording_waits_for_its_end()
        {
            using var bench = new CameraBench(262_144, 12);
            byte[] order = Orders.Retire(CameraBench.Authority, bench.Camera.Firmware.Device.Id, Signed);
            TrustedKey key = TrustedKey.FromBytes(bench.Camera.Firmware.Device.PublicKey);
            bench.Press();
            bench.Until(OperatingState.Recording, 5);
            using CameraConnection connection = CameraConnection.Open(bench.Port);
            connection.Evidence.Login(bench.Dock, CameraRole.Dock);
            bench.Run(2);
            bench.Hold();
            Assert.AreEqual(TaskResult.Done, connection.Evidence.Retire(order).Result);
            Assert.AreEqual(Verdict.Authentic, CardVerifier.Verify(bench.CardFolder(), key).Recordings.Single().Verdict);
            Assert.AreEqual(bench.Closed(), RetirementCertificate.Read(connection.Evidence.Certificate()).Kept!.Count);
        }

        [TestMethod]
        public void The_command_asks_for_what_is_not_released_first_and_keeps_the_certificate()
        {
            using var bench = new CameraBench(262_144, 12);
            using var folder = new TemporaryFolder();
            Setting set = Set(bench, folder);
            string order = Sign(folder, "order", CameraBench.Authority, set.Id),
                to = folder["certificate"],
                key = folder["dock.key"],
                vault = folder["archive.key"];
            Refused(2, "the camera asks who is there", "--key", "retire", "send", order, to);
            Refused(2, "order " + folder["none"] + " cannot be read", null, "retire", "send", folder["none"], to, "--key", key);
            File.WriteAllBytes(folder["rotation"], Orders.Rotate(CameraBench.Authority, Convert.FromHexString(set.Id), 1, Signed));
            Refused(
                2,
                folder["rotation"] + " is no signed order to retire: it is signed, but",
                "lapel retire sign makes one",
                "retire",
                "send",
                folder["rotation"],
                to,
                "--key",
                key
            );
            File.WriteAllBytes(folder["large"], new byte[4097]);
            Refused(2, folder["large"] + " is too large for a signed order", null, "retire", "send", folder["large"], to, "--key", key);
            Refused(
                2,
                folder["dock.pub"] + " is already there: nothing is overwritten",
                null,
                "retire",
                "send",
                order,
                folder["dock.pub"],
                "--key",
                key
            );
            Refused(
                2,
                "the folder " + folder["no"] + " is not there",
                "make it",
                "retire",
                "send",
                order,
                Path.Combine(folder["no"], "certificate"),
                "--key",
                key
            );
            Refused(
                1,
                "the order " + folder["other"] + " is for camera 00000000",
                "sign one for this camera",
                "retire",
                "send",
                Sign(folder, "other", CameraBench.Authority, new string('0', 32)),
                to,
                "--key",
                key
            );
            Refused(
                1,
                "the camera does not take " + folder["foreign"] + ": the camera does not know that key",
                "signed by the authority that is installed",
                "retire",
                "send",
                Sign(folder, "foreign", SigningKey.Generate(KeyKind.Authority), set.Id),
                to,
                "--key",
                key
            );

            bench.Press();
            bench.Until(OperatingState.Recording, 5);
            Refused(2, "the camera records", "stop the recording", "retire", "send", order, to, "--key", key);
            bench.Run(2);
            bench.Hold();
            bench.Run(4);
            bench.Until(OperatingState.Buffering);
            int segments = bench.Closed();
            Refused(
                2,
                $"the card holds {segments} segments that are not released",
                "lapel sync --release first, or give --with-evidence",
                "retire",
                "send",
                order,
                to,
                "--key",
                key
            );
            Assert.Contains("state                        buffering", _lapel.Good("status"));
            Assert.IsFalse(File.Exists(to));
            _lapel.Good("sync", folder["store"], "--key", key, "--release", "--archive", vault);

            string said = _lapel.Good("retire", "send", order, to, "--key", key);
            Assert.StartsWith($"camera {set.Id} is retired; its certificate is in {to}\n", said);
            Assert.Contains($"released      {segments} on the card: recording 1 segments 0 to {segments - 1}\n", said);
            Assert.Contains("not released  none on the card\n", said);
            string shown = _lapel.Good("retire", "show", to, Path.Combine(folder["store"], set.Id, "DEVICE.PUB"));
            Assert.EndsWith(said[(said.IndexOf('\n') + 1)..], shown);
            Assert.IsTrue(
                JsonDocument.Parse(_lapel.Good("retire", "show", to, "--json")).RootElement.GetProperty("authentic").GetBoolean()
            );
            Assert.Contains("state                        retired:", _lapel.Good("status"));
            Assert.IsTrue(JsonDocument.Parse(_lapel.Good("status", "--json")).RootElement.GetProperty("retired").GetBoolean());

            // The same again, before and after a restart: the certificate is fetched once more, and never over a file that is there.
            Refused(2, to + " is already there", null, "retire", "send", order, to, "--key", key);
            for (int i = 0; i < 2; i++)
            {
                Assert.StartsWith(
                    $"camera {set.Id} was retired before; its certificate is in {folder["again" + i]}\n",
                    _lapel.Good("retire", "send", order, folder["again" + i], "--key", key)
                );
                CollectionAssert.AreEqual(File.ReadAllBytes(to), File.ReadAllBytes(folder["again" + i]));
                bench.Camera.CutPower();
                bench.Camera.Boot();
            }
            bench.Run(5);
            Assert.Contains("state                        retired:", _lapel.Good("status"));
            (int code, string output, string error) = _lapel.Run(
                "retire",
                "send",
                Sign(folder, "another", CameraBench.Authority, set.Id),
                folder["third"],
                "--key",
                key
            );
            Assert.AreEqual(1, code, output);
            Assert.Contains("was retired by another order", error);
            CollectionAssert.AreEqual(File.ReadAllBytes(to), File.ReadAllBytes(folder["third"]));
            Refused(
                1,
                $"the camera is retired, but it is camera {set.Id}",
                null,
                "retire",
                "send",
                folder["other"],
                folder["fourth"],
                "--key",
                key
            );
            Assert.IsFalse(File.Exists(folder["fourth"]));
            Assert.IsEmpty(Directory.GetFiles(folder.Path, "*.part"));
        }

        [TestMethod]
        public void With_evidence_it_stays_on_the_card_and_without_a_card_nothing_is_said_of_it()
        {
            using var folder = new TemporaryFolder();
            using (var bench = new CameraBench(262_144, 12))
            {
                Setting set = Set(bench, folder);
                bench.Record(3);
                int segments = bench.Closed();
                string said = _lapel.Good(
                    "retire",
                    "send",
                    Sign(folder, "order", CameraBench.Authority, set.Id),
                    folder["kept"],
                    "--key",
                    folder["dock.key"],
                    "--with-evidence"
                );
                Assert.Contains($"not released  {segments} on the card: recording 1 segments 0 to {segments - 1}\n", said);
                Assert.IsTrue(
                    CardVerifier.Verify(bench.CardFolder(), TrustedKey.FromBytes(bench.Camera.Firmware.Device.PublicKey)).AllAuthentic
                );
            }
            using (var bench = new CameraBench(262_144, 12))
            {
                Setting set = Set(bench, folder);
                bench.Camera.PullCard();
                bench.Run(5);
                string order = Sign(folder, "second", CameraBench.Authority, set.Id);
                Refused(
                    2,
                    "the camera cannot say what its card holds: it is not there",
                    "put the card in, or give --with-evidence",
                    "retire",
                    "send",
                    order,
                    folder["bare"],
                    "--key",
                    folder["dock.key"]
                );
                Assert.Contains(
                    "not released  unknown: no card was in it\n",
                    _lapel.Good("retire", "send", order, folder["bare"], "--key", folder["dock.key"], "--with-evidence")
                );
            }
        }

        [TestMethod]
        public void A_camera_whose_key_was_changed_needs_its_statements_after_the_restart()
        {
            using var bench = new CameraBench(262_144, 12);
            using var folder = new TemporaryFolder();
            Setting set = Set(bench, folder);
            Assert.AreEqual(TaskResult.Done, bench.Rotate(1).Result);
            byte[] statements;
            using (CameraConnection connection = CameraConnection.Open(bench.Port))
            {
                statements = connection.Evidence.Rotations();
            }

            string order = Sign(folder, "order", CameraBench.Authority, set.Id),
                key = folder["dock.key"];
            _lapel.Good("retire", "send", order, folder["first"], "--key", key);
            bench.Camera.CutPower();
            bench.Camera.Boot();
            bench.Run(5);
            Refused(
                1,
                "the certificate does not say by itself whose it is",
                $"lapel retire show {folder["second"]} DEVICE.PUB",
                "retire",
                "send",
                order,
                folder["second"],
                "--key",
                key
            );
            CollectionAssert.AreEqual(File.ReadAllBytes(folder["first"]), File.ReadAllBytes(folder["second"]));
            File.WriteAllBytes(folder["DEVICE.PUB"], set.Key);
            Assert.AreEqual(1, _lapel.Run("retire", "show", folder["first"], folder["DEVICE.PUB"]).Code);
            File.WriteAllBytes(folder["ROTATED.PUB"], statements);
            _lapel.Good("retire", "show", folder["first"], folder["DEVICE.PUB"]);
        }

        [TestMethod]
        public void A_send_that_was_torn_off_is_given_again()
        {
            using var whole = new CameraBench(262_144, 12);
            using var folder = new TemporaryFolder();
            Setting set = Set(whole, folder);
            string order = Sign(folder, "order", CameraBench.Authority, set.Id),
                key = folder["dock.key"];
            whole.Run(3);
            whole.Camera.CutPower();
            MemorySnapshot card = whole.Card.TakeSnapshot(),
                flash = whole.Flash.TakeSnapshot();
            int torn = 0,
                before = 0;
            for (int i = 1; i <= 14; i++)
            {
                using var bench = new CameraBench(card, flash, _ => { });
                _lapel.Add(bench.Port);
                bench.Port.UnplugAt = bench.Camera.Line.BytesToHost + bench.Camera.Line.BytesToDevice + i * 450;
                string to = folder["certificate" + i];
                (int code, string output, string error) = _lapel.Run("retire", "send", order, to, "--key", key);
                bench.Port.UnplugAt = long.MaxValue;
                if (code != 0)
                {
                    torn++;
                    Assert.AreEqual(2, code, error);
                    Assert.Contains("hint: give the same command again", error);
                    Assert.IsFalse(File.Exists(to));
                    // A camera that has not signed yet is busy with it.
                    for (int tries = 0; code != 0 && tries < 10; tries++)
                    {
                        (code, output, error) = _lapel.Run("retire", "send", order, to, "--key", key);
                        bench.Run(1);
                    }
                    Assert.AreEqual(0, code, $"unplug {i}: {error}");
                    if (output.Contains("was retired before", StringComparison.Ordinal))
                    {
                        before++;
                    }
                }
                RetirementCertificate certificate = RetirementCertificate.Read(File.ReadAllBytes(to));
                CollectionAssert.AreEqual(Digest(File.ReadAllBytes(order)), certificate.OrderDigest);
                using CameraConnection connection = CameraConnection.Open(bench.Port);
                Assert.AreNotEqual(TaskResult.Running, connection.Evidence.Outcome().Result, "it goes on erasing");
            }
            Console.WriteLine($"retirement: {torn} torn off, {before} of them after the certificate");
            Assert.IsTrue(before > 0 && before < torn);
        }

        [TestMethod]
        public void The_power_may_go_while_it_erases()
        {
            using var bench = new CameraBench(262_144, 12);
            using var folder = new TemporaryFolder();
            Setting set = Set(bench, folder);
            string order = Sign(folder, "order", CameraBench.Authority, set.Id);
            bool cut = false;
            bench.Port.OnTurn = () =>
            {
                if (cut || !bench.Flash.Files.Any(f => f.StartsWith("RETIRED.", StringComparison.Ordinal)))
                {
                    return;
                }

                cut = true;
                bench.Camera.CutPower();
                bench.Camera.Boot();
            };
            (int code, string output, string error) = _lapel.Run(
                "retire",
                "send",
                order,
                folder["certificate"],
                "--key",
                folder["dock.key"]
            );
            Assert.IsTrue(cut);
            if (code != 0)
            {
                output = _lapel.Good("retire", "send", order, folder["certificate"], "--key", folder["dock.key"]);
            }

            Console.WriteLine(code + " " + error + output);
            Assert.IsNull(
                RetirementCertificate.Read(File.ReadAllBytes(folder["certificate"])).Against(KeyChain.Of(TrustedKey.FromBytes(set.Key), []))
            );
            foreach (string copy in new[] { "SECRET.A", "SECRET.B" })
            {
                Assert.IsFalse(bench.Flash.ReadAll(copy).AsSpan(16).ContainsAnyExcept((byte)0), "the secret is there: " + copy);
            }
        }

        [TestMethod]
        public void A_camera_that_gives_a_false_certificate_is_an_impostor()
        {
            using var folder = new TemporaryFolder();
            SigningKey station = SigningKey.Generate(KeyKind.Station);
            station.Save(folder["dock.key"], folder["dock.pub"]);
            ForgeDevice device = new(5);
            string order = Sign(folder, "order", CameraBench.Authority, Convert.ToHexStringLower(device.DeviceId));
            byte[] digest = Digest(File.ReadAllBytes(order));
            Wire Camera(Func<byte[], byte[]> retire)
            {
                ReferenceCamera camera = new(device) { Retire = retire };
                camera.Stations.Add((station.Public.Bytes, 2));
                Wire wire = new(camera);
                _lapel.Ports.Clear();
                _lapel.Add(wire);
                return wire;
            }
            (int Code, string Error) Send(string to = "certificate")
            {
                (int code, _, string error) = _lapel.Run("retire", "send", order, folder[to], "--key", folder["dock.key"]);
                return (code, error);
            }

            foreach (
                (byte[] certificate, string problem) in new[]
                {
                    (new CertificateForge(new ForgeDevice(66, device)) { OrderDigest = digest }.Bytes(), "it is signed with another key"),
                    (
                        new CertificateForge(device) { OrderDigest = digest, Signer = new ForgeDevice(66) }.Bytes(),
                        "the key that it names has not signed it"
                    ),
                    (new CertificateForge(new ForgeDevice(66)) { OrderDigest = digest }.Bytes(), "the order is for camera"),
                    (new CertificateForge(device).Bytes(), "its certificate names another order"),
                    ([1, 2, 3], "it is no certificate"),
                }
            )
            {
                Camera(_ => certificate);
                (int code, string error) = Send();
                Assert.AreEqual(1, code, error);
                Assert.Contains(problem, error);
                Assert.IsFalse(File.Exists(folder["certificate"]));
            }

            byte[] right = new CertificateForge(device) { OrderDigest = digest }.Bytes(),
                large = [.. right, .. new byte[2000]];
            foreach (
                Func<long, byte[], long, (long, byte[], long)> part in new Func<long, byte[], long, (long, byte[], long)>[]
                {
                    (offset, data, length) => (offset + 1, data, length),
                    (offset, data, _) => (offset, data, data.Length - 1),
                    (offset, _, length) => (offset, [], length),
                    (offset, data, _) => (offset, data, 4097),
                    (offset, data, _) => (offset, data, -1),
                    (offset, data, length) => (offset, offset == 0 ? data : [], length),
                }
            )
            {
                Wire wire = Camera(_ => large);
                wire.Camera.Part = part;
                (int code, string error) = Send();
                Assert.AreEqual(2, code, error);
                Assert.Contains("lapel: the parts of its certificate", error);
            }

            Camera(_ => right);
            Assert.AreEqual((0, ""), Send());
            CollectionAssert.AreEqual(right, File.ReadAllBytes(folder["certificate"]));
        }

        private sealed record Setting(string Id, byte[] Key);

        /// <summary>Puts the bench's camera at the port of `lapel`, and the bench's keys into files.</summary>
        private Setting Set(CameraBench bench, TemporaryFolder folder)
        {
            _lapel.Add(bench.Port);
            if (!File.Exists(folder["dock.key"]))
            {
                CameraBench.DockKey.Save(folder["dock.key"], folder["dock.pub"]);
                bench.Archive.Save(folder["archive.key"], folder["archive.pub"]);
            }
            DeviceIdentity device = bench.Camera.Firmware.Device;
            return new Setting(Convert.ToHexStringLower(device.Id), device.PublicKey);
        }

        private static string Sign(TemporaryFolder folder, string name, SigningKey authority, string id)
        {
            // Two orders of one moment would be the same.
            File.WriteAllBytes(folder[name], Orders.Retire(authority, Convert.FromHexString(id), Signed.AddSeconds(name.Length)));
            return folder[name];
        }

        private void Refused(int code, string message, string? hint, params string[] arguments) =>
            _lapel.Bad(code, message, hint, arguments);

        private static byte[] Digest(byte[] order)
        {
            var digest = new byte[32];
            EvidenceHash.H(SignedDocument.Read(order).Payload, digest);
            return digest;
        }
    }
}
