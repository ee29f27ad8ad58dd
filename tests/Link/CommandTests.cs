// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using Lapel.VirtualCamera;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Link.Tests
{
    /// <summary>The commands of `lapel` that talk to a camera: exit codes, data, messages; nothing left half done.</summary>
    [TestClass]
    public sealed class CommandTests
    {
        private readonly CommandBench _lapel = new();
        private byte[]? _station;

        // Of a card whose segments were all released: what the log says, and what the receipts say where the log was taken away.
        private void ReleasesAreShown(CameraBench bench, string store, string archive)
        {
            bench.Run(8);
            string card = bench.CardFolder();
            Assert.Contains("signed entries of the audit log say so", Good("verify", card));
            File.Delete(Path.Combine(card, "LAPEL", "AUDIT.LOG"));
            (int code, string text, _) = Run("verify", card);
            Assert.Contains("whether it was is not known, there is no audit log", text);
            (code, text, _) = Run("verify", card, "--receipts", store, "--archive", archive);
            Assert.Contains("3 segments were released and are no evidence any more: the given archive's receipts say", text);
            Assert.DoesNotContain("not known", text.Split("Recordings by number")[^1]);
            (code, text, _) = Run("verify", card, "--receipts", store, "--archive", Path.ChangeExtension(archive, null) + ".key");
            Assert.AreEqual(2, code, text);
        }

        [TestMethod]
        public void From_keys_to_an_exported_recording()
        {
            using var bench = new CameraBench(configure: false);
            using var folder = new TemporaryFolder();
            Add(bench.Port);
            string file(string name) => folder[name];
            foreach (string kind in new[] { "authority", "station", "archive" })
            {
                Good("keygen", kind, file(kind));
            }

            File.WriteAllText(
                file("plan.json"),
                """
                { "serial": 1, "device": "any", "recipients": [], "stations": [ { "key": "station.pub", "role": "dock" } ],
                  "archives": [ "archive.pub" ],
                  "settings": { "unit": "UNIT-17", "preEventSeconds": 3 } }
                """
            );
            Good("config", "sign", file("plan.json"), file("signed"), "--key", file("authority.key"));

            Assert.Contains("takes the first signed configuration", Good("status"));
            Assert.Contains("configuration installed, and not yet in force", Good("config", "set", file("signed")));
            (int code, string text, string error) = Run("status");
            Assert.AreEqual((0, ""), (code, error), "a runtime that is not known is not an old one");
            Assert.Contains("authority                    installed", text);
            Assert.Contains("board                        S3-REF-1 (virtual)", text);
            Assert.Contains("runtime                      not known", text);
            Assert.AreEqual(JsonValueKind.Null, JsonDocument.Parse(Good("status", "--json")).RootElement.GetProperty("runtime").ValueKind);
            Bad(
                1,
                "the camera does not take",
                "sign it again with a higher serial number",
                "config",
                "set",
                file("signed"),
                "--key",
                file("station.key")
            );
            Bad(2, "the camera asks who is there", "give the secret key file of a station with --key", "config", "set", file("signed"));

            bench.Record(6);
            Assert.Contains("is 20", Good("set-clock", "--key", file("station.key")));
            Assert.Contains("its recordings state it to within 1200 ms", Good("set-clock", "--key", file("station.key")));
            Assert.AreEqual("3\n", Good("config", "get", "pre_event_s"));
            Bad(2, "the camera has no setting 'colour'", "settings: unit, pre_event_s", "config", "get", "colour");
            Assert.Contains(": 3 segments brought", Good("sync", file("store"), "--key", file("station.key")));
            string device = Directory.GetDirectories(file("store")).Single();
            Assert.HasCount(3, Directory.GetFiles(device, "*.mp4", SearchOption.AllDirectories));

            string[] lines = Good(
                    "sync",
                    file("store"),
                    "--key",
                    file("station.key"),
                    "--release",
                    "--archive",
                    file("archive.key"),
                    "--json"
                )
                .TrimEnd()
                .Split('\n');
            JsonElement report = JsonDocument.Parse(lines[^1]).RootElement;
            Assert.AreEqual(
                (0, 3, 3, 0),
                (
                    report.GetProperty("brought").GetInt32(),
                    report.GetProperty("already").GetInt32(),
                    report.GetProperty("released").GetInt32(),
                    report.GetProperty("notReleased").GetInt32()
                )
            );
            Assert.HasCount(3, lines.Where(l => l.Contains("\"released\"") && l.Contains("\"segment\"")));

            ReleasesAreShown(bench, file("store"), file("archive.pub"));

            foreach (string path in new[] { file("store"), device, Path.Combine(device, "000001") })
            {
                Assert.AreEqual(0, Verify.VerifyCommand.Run(path, null, false, TextWriter.Null, TextWriter.Null), path);
            }

            Assert.Contains("recording 1: authentic", Good("export", device, file("exported")));
            JsonElement chosen = Json(Good("export", device, file("chosen"), "--recording", "1-2", "--json"));
            Assert.AreEqual(
                ("export", 1, "authentic"),
                (
                    chosen.GetProperty("type").GetString(),
                    chosen.GetProperty("recording").GetInt32(),
                    chosen.GetProperty("verdict").GetString()
                )
            );
            Bad(2, "no recording in", "lapel verify lists them", "export", device, file("none"), "--recording", "2");
            Bad(2, "no recording in", "lapel verify lists them", "export", device, file("none"), "--marked");
            Bad(2, "no recording in", "lapel verify lists them", "export", device, file("none"), "--since", "2027-01-01");
            Bad(2, "no recording in", "lapel verify lists them", "export", device, file("none"), "--until", "2026-11-25T08:00");
            Assert.Contains("-> ", Good("export", device, file("timed"), "--since", "2026-11-25T08:00", "--until", "2026-11-26"));
        }

        [TestMethod]
        public void A_configuration_is_in_force_after_a_restart_and_not_before()
        {
            using var bench = new CameraBench(configure: false);
            using var folder = new TemporaryFolder();
            Add(bench.Port);
            string file(string name) => folder[name];
            foreach (string kind in new[] { "authority", "station" })
            {
                Assert.AreEqual(kind, Json(Good("keygen", kind, file(kind), "--json")).GetProperty("kind").GetString());
            }

            foreach (int serial in new[] { 1, 2 })
            {
                File.WriteAllText(
                    file("plan.json"),
                    "{ \"serial\": "
                        + serial
                        + ", \"stations\": [ { \"key\": \"station.pub\", \"role\": \"technician\" } ], \"settings\": { \"unit\": \"UNIT-"
                        + serial
                        + "\" } }"
                );
                JsonElement signed = Json(
                    Good("config", "sign", file("plan.json"), file("signed" + serial), "--key", file("authority.key"), "--json")
                );
                Assert.AreEqual(serial, signed.GetProperty("serial").GetInt32());
            }

            (int code, string said, string hint) = Run("config", "set", file("signed1"));
            Assert.AreEqual(0, code, hint);
            Assert.Contains("installed, and not yet in force", said);
            Assert.Contains("hint: lapel reboot, or config set --restart, restarts it", hint);
            Assert.AreEqual("LAPEL\n", Good("config", "get", "unit"), "what is in force is the one before");

            string[] key = ["--key", file("station.key")];
            string id = Convert.ToHexStringLower(bench.Camera.Firmware.Device.Id);
            Assert.AreEqual($"camera {id}: restarts\n", Good(["reboot", .. key]));
            bench.Run(10);
            bench.Until(OperatingState.Buffering);
            Assert.AreEqual("UNIT-1\n", Good("config", "get", "unit"));

            JsonElement set = Json(Good(["config", "set", file("signed2"), "--restart", "--json", .. key]));
            Assert.AreEqual((id, true), (set.GetProperty("device").GetString(), set.GetProperty("restarts").GetBoolean()));
            bench.Run(10);
            bench.Until(OperatingState.Buffering);
            Assert.AreEqual("UNIT-2\n", Good("config", "get", "unit"));

            JsonElement clock = Json(Good(["set-clock", "--json", .. key]));
            Assert.AreEqual(1200, clock.GetProperty("uncertaintyMs").GetInt32());

            bench.Press();
            bench.Until(OperatingState.Recording);
            Bad(1, "the camera records, and was not restarted", "lapel reboot --force", ["reboot", .. key]);
            Assert.AreEqual(OperatingState.Recording, bench.Camera.Status.State);
            Bad(2, "the camera asks who is there", "--key", "reboot");
        }

        [TestMethod]
        public void A_key_is_changed_by_order_and_both_are_named()
        {
            using var bench = new CameraBench(configure: false);
            using var folder = new TemporaryFolder();
            Add(bench.Port);
            string file(string name) => folder[name];
            foreach (string kind in new[] { "authority", "station" })
            {
                Good("keygen", kind, file(kind));
            }

            File.WriteAllText(
                file("plan.json"),
                """
                { "serial": 1, "device": "any", "recipients": [], "stations": [ { "key": "station.pub", "role": "dock" } ],
                  "archives": [], "settings": { "unit": "UNIT-17", "preEventSeconds": 3 } }
                """
            );
            Good("config", "sign", file("plan.json"), file("signed"), "--key", file("authority.key"));
            Good("config", "set", file("signed"));
            string id = Convert.ToHexStringLower(bench.Camera.Firmware.Device.Id),
                old = Convert.ToHexStringLower(bench.Camera.Firmware.Device.Fingerprint);

            Assert.Contains(
                $"camera {id} changes its key for the first time",
                Good("rotate", "sign", id, file("order"), "--number", "1", "--key", file("authority.key"))
            );
            Bad(
                2,
                "a camera's id has 32 hex digits",
                "lapel status shows it",
                "rotate",
                "sign",
                id[2..],
                file("bad"),
                "--number",
                "1",
                "--key",
                file("authority.key")
            );
            Bad(
                2,
                "--number 0: rotations are counted from 1",
                null,
                "rotate",
                "sign",
                id,
                file("bad"),
                "--number",
                "0",
                "--key",
                file("authority.key")
            );
            Bad(2, "order " + file("bad") + " cannot be read", null, "rotate", "send", file("bad"), "--key", file("station.key"));
            Bad(2, "the camera asks who is there", "give the secret key file of a station with --key", "rotate", "send", file("order"));
            Bad(1, "the camera does not take", null, "rotate", "send", file("signed"), "--key", file("station.key"));

            string said = Good("rotate", "send", file("order"), "--key", file("station.key"));
            Assert.AreEqual(
                $"camera {id}: key {old} was changed for {Convert.ToHexStringLower(bench.Camera.Firmware.Device.Fingerprint)}, and both "
                    + $"have signed that\n",
                said
            );
            bench.Until(OperatingState.Buffering);
            Bad(
                1,
                "the camera does not take",
                "sign it again with the number that the camera names",
                "rotate",
                "send",
                file("order"),
                "--key",
                file("station.key")
            );
        }

        [TestMethod]
        public void The_self_test_has_a_verdict_and_an_exit_code()
        {
            using var bench = new CameraBench();
            Add(bench.Port);
            string text = Good("diag");
            Assert.Contains("PASS card ", text);
            Assert.EndsWith(" failed\n", text);
            JsonElement verdict = JsonDocument.Parse(Good("diag", "--json").TrimEnd().Split('\n')[^1]).RootElement;
            Assert.IsTrue(verdict.GetProperty("good").GetBoolean());
            bench.Camera.ConnectSensor(false);
            bench.Run(3);
            (int code, string output, _) = Run("diag", "sensor");
            Assert.AreEqual(1, code, output);
            Assert.Contains("FAIL sensor", output);
            Assert.Contains("not good, 0 passed, 1 failed", output);
        }

        [TestMethod]
        public void The_console_takes_lines_and_shows_text_only()
        {
            using var bench = new CameraBench();
            Add(bench.Port);
            _lapel.Input = "version\nnonsense\n";
            (int code, string text, string error) = Run("console");
            Assert.AreEqual(1, code, "a command was refused");
            Assert.StartsWith("firmware            " + Lapel.App.Camera.Version + "\n", text.ReplaceLineEndings("\n"));
            Assert.DoesNotContain("lapel> ", text);
            Assert.DoesNotContain("nonsense", text);
            Assert.StartsWith("lapel: nonsense: ", error);
            Assert.AreEqual(-1, text.AsSpan().IndexOfAny('\u0006', '\u0004'));

            _lapel.Input = "card -j\n\nbat -j\n";
            foreach (string line in Good("console").TrimEnd().Split('\n'))
            {
                Assert.AreEqual(JsonValueKind.Object, JsonDocument.Parse(line).RootElement.ValueKind, line);
            }

            _lapel.Input = "selftest nonsense -j\n";
            (code, text, error) = Run("console");
            Assert.AreEqual(1, code, error);
            Assert.Contains("\"ok\":false", text);
            _lapel.Input = "";
            Assert.AreEqual("", Good("console"), "/dev/null has no commands, and that is no fault");
            _lapel.Input = new string('x', 600);
            Bad(2, "a line of the input is no command", "at most 512", "console");
        }

        [TestMethod]
        public void The_port_is_the_one_named_or_the_only_one_that_answers()
        {
            Wire one = Wire(1),
                two = Wire(1);
            two.Camera.IsMute = true;
            Add(one, "one");
            Add(two, "two");
            Add(new ForeignPort("nmea\r\n"), "gps");
            string ports = Good("ports");
            Assert.Contains("one  camera " + Convert.ToHexStringLower(one.Camera.Device.DeviceId) + "  UNIT-17", ports);
            Assert.Contains("two  nothing answers\n", ports);
            Assert.Contains("gps  no Lapel camera\n", ports);

            using var folder = new TemporaryFolder();
            string key = KeyFile(folder);
            Assert.Contains("1 segments brought", Good("sync", folder["a"], "--key", key));
            two.Camera.IsMute = false;
            Bad(2, "cameras answer at one, two", "say which with --port", "sync", folder["b"], "--key", key);
            _lapel.Environment["LAPEL_PORT"] = "two";
            Good("sync", folder["b"], "--key", key);
            Bad(2, "there is no port /dev/three", "lapel ports lists", "status", "--port", "three");
            Bad(2, "nothing answers at mute", "check the cable", "status", "--port", "mute");
            Bad(2, "what answers at gps is no Lapel camera", "lapel ports lists", "status", "--port", "gps");
            _lapel.Environment["LAPEL_BAUD"] = "fast";
            Bad(2, "LAPEL_BAUD fast: must be a whole number", null, "sync", folder["b"], "--key", key);
            _lapel.Environment["LAPEL_BAUD"] = "9600";
            Bad(2, "--baud 9600: a camera goes at 115200 bits a second or more", null, "sync", folder["b"], "--key", key);
        }

        [TestMethod]
        public void Wrong_keys_targets_and_options_are_named_and_nothing_is_made()
        {
            Wire wire = Wire(1);
            Add(wire, "wire");
            using var folder = new TemporaryFolder();
            string key = KeyFile(folder);
            Good("keygen", "station", folder["other"]);
            Good("keygen", "archive", folder["vault"]);
            string store = folder["store"];
            Bad(2, "the camera asks who is there", "--key", "sync", store);
            Bad(2, "log-in refused: the camera does not know that key", "give with --key", "sync", store, "--key", folder["other.key"]);
            Bad(
                2,
                $"station key {folder["vault.key"]} cannot be used: it is the key of an archive",
                "lapel keygen station",
                "sync",
                store,
                "--key",
                folder["vault.key"]
            );
            Bad(2, "--release needs the archive's key", "--archive", "sync", store, "--key", key, "--release");
            Bad(2, "--since yesterday: must be a UTC time such as", null, "sync", store, "--key", key, "--since", "yesterday");
            Bad(2, "--recording 7-3: must be a number or a range", null, "sync", store, "--key", key, "--recording", "7-3");
            File.WriteAllText(folder["file"], "");
            Bad(2, $"store {folder["file"]} is a file", "name a folder", "sync", folder["file"], "--key", key);
            if (OperatingSystem.IsLinux())
            {
                Bad(2, "store /proc/self/fd cannot be written", "check the owner and mode", "sync", "/proc/self/fd", "--key", key);
            }

            Assert.IsFalse(Directory.Exists(store) && Directory.EnumerateFileSystemEntries(store).Any());

            wire.Camera.IsRecording = true;
            Bad(2, "the camera is busy: it records", "wait for the recording to end", "sync", store, "--key", key, "--wait", "0");
            wire.Camera.IsRecording = false;
            wire.Camera.Items[0].Bytes[20_000] ^= 1;
            (int code, string output, string error) = Run("sync", store, "--key", key);
            Assert.AreEqual(1, code, error);
            Assert.Contains("1 refused", output);
            Assert.Contains("hint: it stays on the camera", error);
        }

        [TestMethod]
        public void A_dock_serves_every_port_by_itself()
        {
            using var folder = new TemporaryFolder();
            string key = KeyFile(folder);
            for (byte i = 1; i <= 7; i++)
            {
                Add(Wire(2, i), "bay" + i);
            }

            ((Wire)_lapel.Ports["bay3"]).Camera.IsMute = true;
            ((Wire)_lapel.Ports["bay5"]).Camera.CardFault = (1, 5_000);
            ((Wire)_lapel.Ports["bay6"]).Camera.Items[0].Bytes[20_000] ^= 1;
            ((Wire)_lapel.Ports["bay7"]).Camera.FalseKey = [1, .. new byte[31]];
            (int code, string output, _) = Run("dock", folder["store"], "--key", key, "--once", "--json");
            Assert.AreEqual(1, code, output);
            Dictionary<string, string> last = output
                .TrimEnd()
                .Split('\n')
                .Select(l => JsonDocument.Parse(l).RootElement)
                .GroupBy(j => j.GetProperty("port").GetString()!)
                .ToDictionary(g => g.Key, g => g.Last().GetProperty("state").GetString()!);
            foreach (string bay in new[] { "bay1", "bay2", "bay4" })
            {
                Assert.AreEqual("done", last[bay]);
            }

            Assert.AreEqual("empty", last["bay3"]);
            Assert.AreEqual("failed", last["bay5"]);
            Assert.AreEqual("failed", last["bay6"]);
            Assert.AreEqual("failed", last["bay7"]);
            // 2 each of three, the first of bay5, the second of bay6.
            Assert.HasCount(
                8,
                Directory.GetFiles(folder["store"], "*.mp4", SearchOption.AllDirectories).Where(f => !f.Contains("refused"))
            );
        }

        [TestMethod]
        public void Ctrl_C_leaves_a_store_that_the_next_sync_goes_on_with()
        {
            using var folder = new TemporaryFolder();
            string key = KeyFile(folder);
            Wire wire = Wire(3);
            Add(wire, "wire");
            bool ended = false;
            wire.OnTick = () =>
            {
                if (!ended && wire.Passed > 60_000)
                {
                    _lapel.Cancel.Cancel();
                }
            };
            (int code, _, string error) = Run("sync", folder["store"], "--key", key, "--no-set-clock");
            Assert.AreEqual((130, "lapel: interrupted\nhint: run it again to go on\n"), (code, error));
            Assert.IsNotEmpty(Directory.GetFiles(folder["store"], "*.part", SearchOption.AllDirectories));
            ended = true;
            _lapel.Cancel = new CancellationTokenSource();
            Assert.Contains("segments brought", Run("sync", folder["store"], "--key", key).Out);
            Assert.IsEmpty(Directory.GetFiles(folder["store"], "*.part", SearchOption.AllDirectories));
            Assert.HasCount(3, Directory.GetFiles(folder["store"], "*.mp4", SearchOption.AllDirectories));
        }

        [TestMethod]
        public void A_sync_sets_the_clock_and_says_when_it_was_unset()
        {
            using var bench = new CameraBench(isClockSet: false);
            using var folder = new TemporaryFolder();
            Add(bench.Port);
            CameraBench.DockKey.Save(folder["dock.key"], folder["dock.pub"]);
            string[] sync = ["sync", folder["store"], "--key", folder["dock.key"]];
            Assert.IsNull(bench.Camera.Status.Utc);
            Assert.AreEqual("", Run([.. sync, "--no-set-clock"]).Error);
            Assert.IsNull(bench.Camera.Status.Utc, "left as it was");

            (int code, string output, string error) = Run([.. sync, "--json"]);
            Assert.AreEqual(0, code, error);
            Assert.Contains("the clock was unset, and is set now: recordings made until now state no time", error);
            JsonElement clock = Json(output.Split('\n')[0]);
            Assert.AreEqual(("clock", JsonValueKind.Null), (clock.GetProperty("type").GetString(), clock.GetProperty("was").ValueKind));
            Assert.IsTrue(clock.GetProperty("holds").GetBoolean());
            Assert.IsInRange(-3.0, 3.0, (DateTime.UtcNow - bench.Camera.Status.Utc!.Value).TotalSeconds);

            // The camera's time runs at the speed of the test, and so its clock is ahead by what the syncs took.
            bench.Camera.SetUtc(DateTime.UtcNow);
            Assert.AreEqual("", Run(sync).Error, "a clock that is right is not worth a word");
        }

        [TestMethod]
        public void A_clock_that_cannot_be_set_stops_no_sync()
        {
            using var folder = new TemporaryFolder();
            string key = KeyFile(folder);
            Wire wire = Wire(1);
            Add(wire, "wire");
            wire.Camera.TakesClock = false;
            (int code, string output, string error) = Run("sync", folder["store"], "--key", key);
            Assert.AreEqual(0, code, error);
            Assert.Contains("1 segments brought", output);
            Assert.StartsWith("lapel: the camera's clock was not set: ", error);
        }

        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void Ctrl_C_lets_a_dock_end_what_it_began_and_a_second_one_does_not(bool second)
        {
            using var folder = new TemporaryFolder();
            string key = KeyFile(folder);
            Wire wire = Wire(3),
                silent = Wire(1, 2);
            silent.Camera.IsMute = true;
            Add(wire, "bay1");
            Add(silent, "bay2");
            wire.OnTick = () =>
            {
                if (wire.Passed > 60_000)
                {
                    _lapel.Cancel.Cancel();
                    if (second)
                    {
                        _lapel.Second.Cancel();
                    }
                }
            };
            (int code, string output, string error) = Run("dock", folder["store"], "--key", key);
            string[] stored = Directory.GetFiles(folder["store"], "*.mp4", SearchOption.AllDirectories);
            if (second)
            {
                Assert.AreEqual(130, code, output + error);
                Assert.EndsWith("lapel: interrupted\nhint: run it again to go on\n", error);
                Assert.IsLessThan(3, stored.Length);
                return;
            }

            Assert.AreEqual(0, code, output + error);
            Assert.HasCount(3, stored);
            Assert.Contains("bay1  done  ", output);
            Assert.Contains("lapel: what was begun is brought to its end; Ctrl-C again ends at once", error);
        }

        private static JsonElement Json(string line) => JsonDocument.Parse(line).RootElement;

        private void Add(IPort port, string? name = null) => _lapel.Add(port, name);

        private static Wire Wire(int segments, byte device = 1)
        {
            ReferenceCamera camera = Footage.Camera([segments], 4, 256, device);
            camera.Stations.Clear();
            return new Wire(camera, device);
        }

        /// <summary>A new station's key, which every reference camera knows.</summary>
        private string KeyFile(TemporaryFolder folder)
        {
            Good("keygen", "station", folder["dock"]);
            _station = Authority.PublicKey.Load(folder["dock.pub"], Authority.KeyKind.Station).Bytes;
            return folder["dock.key"];
        }

        private string Good(params string[] arguments)
        {
            Enrol();
            return _lapel.Good(arguments);
        }

        private void Bad(int code, string message, string? hint, params string[] arguments)
        {
            Enrol();
            _lapel.Bad(code, message, hint, arguments);
        }

        private (int Code, string Out, string Error) Run(params string[] arguments)
        {
            Enrol();
            return _lapel.Run(arguments);
        }

        private void Enrol()
        {
            foreach (Wire wire in _lapel.Ports.Values.OfType<Wire>())
            {
                if (_station != null && wire.Camera.Stations.Count == 0)
                {
                    wire.Camera.Stations.Add((_station, 2));
                }
            }
        }
    }
}
