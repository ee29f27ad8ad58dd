// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using Lapel.Hal;
using Lapel.VirtualCamera;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Cli.Tests
{
    /// <summary>The commands on a camera that is a fake: what they open, play, print and answer.</summary>
    [TestClass]
    public sealed class CommandTests
    {
        private readonly StringWriter _out = new();
        private readonly StringWriter _error = new();
        private readonly List<(string Card, string? Key, bool Json)> _verified = new();
        private readonly CancellationTokenSource _cancel = new();
        private FakeEngine? _engine;
        private VirtualCameraOptions? _options;
        private int _verdict;

        [TestMethod]
        public void A_script_that_holds_exits_0_and_prints_the_last_status()
        {
            using var folder = new TemporaryFolder();
            Assert.AreEqual(0, Script(folder, "wait 5s\ndouble record\nwait 2s\nexpect state recording"));
            Assert.AreEqual("", _error.ToString());
            // Left recording: the program stops it as an officer would.
            Assert.Contains(" buffering, pre-event ", _out.ToString());
            Assert.HasCount(1, _out.ToString().TrimEnd().Split('\n'));
            Assert.IsTrue(_engine!.Disposed);
        }

        [TestMethod]
        public void A_script_that_does_not_hold_exits_1_with_the_line()
        {
            using var folder = new TemporaryFolder();
            Assert.AreEqual(1, Script(folder, "wait 5s\nexpect drops >= 1"));
            Assert.AreEqual(
                $"lapel: script {folder["script"]}, line 2: 'expect drops >= 1' does not hold at 5.000 s: drops is 0",
                _error.ToString().Trim()
            );
        }

        [TestMethod]
        public void A_script_with_an_error_exits_2_before_anything_is_made()
        {
            using var folder = new TemporaryFolder();
            Assert.AreEqual(2, Script(folder, "wait 5s\nwiat 3s"));
            Assert.StartsWith($"lapel: script {folder["script"]}, line 2: unknown command 'wiat'\nhint: commands: wait,", Lines(_error));
            Assert.IsFalse(Directory.Exists(folder["card"]));
            Assert.IsNull(_engine);
        }

        [TestMethod]
        public void Json_is_one_object_a_line_each_second()
        {
            using var folder = new TemporaryFolder();
            Assert.AreEqual(0, Script(folder, "wait 5s", "--json"));
            JsonElement[] lines = _out.ToString().TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToArray();
            Assert.HasCount(6, lines);
            Assert.AreEqual("status", lines[0].GetProperty("type").GetString());
            CollectionAssert.AreEqual(
                new long[] { 1, 2, 3, 4, 5 },
                lines.Take(5).Select(line => line.GetProperty("timeUs").GetInt64() / 1_000_000).ToArray()
            );
            Assert.AreEqual("buffering", lines[^1].GetProperty("state").GetString());
            Assert.AreEqual("", _error.ToString());
        }

        [TestMethod]
        public void The_options_describe_the_camera()
        {
            using var folder = new TemporaryFolder();
            Assert.AreEqual(0, Script(folder, "wait 1s"));
            Assert.AreEqual((true, "LAPEL"), (_options!.HasSecretKeys, _options.Unit), "without a seed nobody can draw its keys again");
            int code = Script(
                folder,
                "wait 1s",
                "--size",
                "qvga",
                "--fps",
                "8",
                "--pre-event",
                "60",
                "--card-size",
                "64",
                "--card-rate",
                "250",
                "--seed",
                "77"
            );
            Assert.AreEqual(0, code, _error.ToString());
            Assert.AreEqual(
                (FrameSize.Qvga, 8, 60, 64, 250, 77),
                (
                    _options!.Size,
                    _options.FramesPerSecond,
                    _options.PreEventSeconds,
                    _options.CardMegabytes,
                    _options.CardKilobytesPerSecond,
                    _options.Seed
                )
            );
            Assert.AreEqual((false, "SEED-77"), (_options.HasSecretKeys, _options.Unit));
            Assert.AreEqual((folder["card"], folder["device"]), (_options.CardFolder, _options.DeviceFolder));
            Assert.AreEqual(new DateTime(2026, 11, 23, 20, 0, 0, DateTimeKind.Utc), _options.Utc);
        }

        [TestMethod]
        public void An_interrupted_script_stops_the_recording_and_exits_130()
        {
            using var folder = new TemporaryFolder();
            _cancel.Cancel();
            Assert.AreEqual(130, Script(folder, "wait 1h"));
            Assert.AreEqual("lapel: interrupted\nhint: run it again to go on", Lines(_error));
            Assert.IsTrue(_engine!.Disposed);
        }

        [TestMethod]
        public void Without_terminal_and_script_a_plain_line_comes_each_second_until_the_end()
        {
            using var folder = new TemporaryFolder();
            _cancel.CancelAfter(2500);
            Assert.AreEqual(0, Run("run", "--card", folder["card"], "--device", folder["device"]));
            string[] lines = _error.ToString().TrimEnd().Split('\n');
            Assert.IsInRange(1, 3, lines.Length);
            Assert.StartsWith("00:00:01 buffering, pre-event ", lines[0]);
        }

        [TestMethod]
        public void The_demo_plays_a_shift_exports_the_key_and_gives_the_verdict()
        {
            using var folder = new TemporaryFolder();
            string demo = folder["demo"];
            Assert.AreEqual(0, Run("demo", demo, "--json"), _error.ToString());
            Assert.AreEqual(2, _engine!.Status.Recordings);
            Assert.AreEqual(_engine.PublicKey, File.ReadAllText(Path.Combine(demo, "device.pub")));
            Assert.AreEqual((Path.Combine(demo, "card"), Path.Combine(demo, "device.pub"), true), _verified.Single());
            Assert.AreEqual("", _error.ToString());

            _verdict = 1;
            Assert.AreEqual(1, Run("demo", demo), "a former demo is added to, and the verifier has the last word");
        }

        [TestMethod]
        public void The_demo_touches_no_other_folder()
        {
            using var folder = new TemporaryFolder();
            folder.Write("letter.txt", "dear");
            Assert.AreEqual(2, Run("demo", folder.Path));
            Assert.AreEqual(
                $"lapel: {folder.Path} is not empty and no former demo: nothing is overwritten\nhint: name a new folder",
                Lines(_error)
            );
            Assert.HasCount(1, Directory.GetFileSystemEntries(folder.Path));
        }

        [TestMethod]
        public void The_demo_keeps_the_key_of_another_camera()
        {
            using var folder = new TemporaryFolder();
            Directory.CreateDirectory(folder["card"]);
            Directory.CreateDirectory(folder["device"]);
            folder.Write("device.pub", "another");
            Assert.AreEqual(2, Run("demo", folder.Path));
            Assert.Contains("is the key of another camera", _error.ToString());
            Assert.AreEqual("another", File.ReadAllText(folder["device.pub"]));
        }

        private int Script(TemporaryFolder folder, string script, params string[] more)
        {
            string[] args =
            {
                "run",
                "--card",
                folder["card"],
                "--device",
                folder["device"],
                "--virtual-time",
                "--script",
                folder.Write("script", script),
            };
            return Run(args.Concat(more).ToArray());
        }

        private int Run(params string[] args)
        {
            return CommandLine.Run(
                args,
                new Host
                {
                    Out = _out,
                    Error = _error,
                    IsTerminal = false,
                    Cancel = _cancel.Token,
                    OpenCamera = options =>
                    {
                        _options = options;
                        return _engine = new FakeEngine();
                    },
                    VerifyCard = (card, key, json) =>
                    {
                        _verified.Add((card, key, json));
                        return _verdict;
                    },
                }
            );
        }

        private static string Lines(StringWriter writer)
        {
            return writer.ToString().ReplaceLineEndings("\n").Trim();
        }
    }
}
