// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Cli.Tests
{
    /// <summary>The built program, run as a user runs it: wrong usage and unusable files.</summary>
    [TestClass]
    public sealed class ProcessTests
    {
        private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

        [TestMethod]
        [DataRow("fly", "unknown command 'fly'", "lapel --help")]
        [DataRow("rnu", "unknown command 'rnu'", "did you mean lapel run? lapel --help lists all")]
        [DataRow("Verify", "unknown command 'Verify'", "did you mean lapel verify? lapel --help lists all")]
        [DataRow("stat", "unknown command 'stat'", "did you mean lapel status? lapel --help lists all")]
        [DataRow("config sgin", "unknown command 'sgin'", "did you mean lapel config sign? lapel config --help lists all")]
        [DataRow("config", "lapel config needs a command: sign, show, get, set", "lapel config --help")]
        [DataRow("run --colour", "unknown option '--colour'", "lapel run --help")]
        [DataRow("run --crad-size 64", "unknown option '--crad-size'", "did you mean lapel run --card-size? lapel run --help lists all")]
        [DataRow("verify one two", "'two' is one argument too many", "lapel verify --help")]
        [DataRow("run --fps", "required argument missing for option: '--fps'", "lapel run --help")]
        [DataRow("run --fps 0", "--fps 0: must be a whole number from 1 to 30", "lapel run --help")]
        [DataRow("run --fps ten", "--fps ten: must be a whole number from 1 to 30", "lapel run --help")]
        [DataRow("run --pre-event 121", "--pre-event 121: must be a whole number from 0 to 120", "lapel run --help")]
        [DataRow("run --card-rate -5", "--card-rate -5: must be a whole number from 10 to 10000", "lapel run --help")]
        [DataRow(
            "run --card-size 34",
            "--card-size 34: must be a whole number from 35 to 32000: catalogue and log take 18 MB, two slots 17 MB",
            "lapel run --help"
        )]
        [DataRow("run --card-size 32001", "--card-size 32001: must be a whole number from 35 to 32000", "lapel run --help")]
        [DataRow("run --size 4k", "--size 4k: must be one of qvga, vga, svga, hd", "lapel run --help")]
        [DataRow(
            "run --virtual-time",
            "--virtual-time without --script would run through days in minutes",
            "give a script, or leave --virtual-time away"
        )]
        [DataRow("run --script nowhere.txt", "script nowhere.txt does not exist", null)]
        [DataRow("run --scene nowhere", "scene nowhere does not exist", "give a folder of JPEGs, an .mjpeg file, a video, or a webcam")]
        [DataRow(
            "run --device lapel-card/inside",
            "device folder lapel-card/inside lies on the card lapel-card: the keys never go onto the card",
            "name a folder beside the card's"
        )]
        [DataRow(
            "run --device lapel-card",
            "device folder lapel-card lies on the card lapel-card: the keys never go onto the card",
            "name a folder beside the card's"
        )]
        [DataRow("demo", "required argument 'OUT' missing for command: 'demo'", "lapel demo --help")]
        [DataRow("rotate sign order --key k --number two", "--number two: must be a whole number", "lapel rotate sign --help")]
        [DataRow("retire show nowhere", "certificate nowhere cannot be read: it does not exist", "lapel retire send writes one")]
        [DataRow(
            "verify . --keys nowhere",
            "cannot use the keys in nowhere: its folder does not exist",
            "give a folder of *.pub files: DEVICE.PUB, 64 hex digits, 32 bytes, or an Ed25519 public key as PEM or DER"
        )]
        public void Bad_usage_exits_2_with_one_message_and_a_hint(string arguments, string message, string? hint)
        {
            using var folder = new TemporaryFolder();
            (int code, string output, string error) = Run(folder.Path, null, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            Assert.AreEqual($"lapel: {message}\n" + (hint == null ? "" : $"hint: {hint}\n"), error);
            Assert.AreEqual("", output);
            Assert.AreEqual(2, code);
            Assert.IsEmpty(Directory.GetFileSystemEntries(folder.Path));
        }

        [TestMethod]
        public void Bad_scenes_exit_2_and_say_why()
        {
            using var folder = new TemporaryFolder();
            Directory.CreateDirectory(folder["none"]);
            folder.Write("text.jpg", "no picture");
            folder.Write("cut.mjpeg", Jpegs.Numbered(1)[..3000]);
            folder.Write("progressive.jpg", Jpegs.WithProcess(Jpegs.Numbered(1), 0xC2));
            folder.Write("small.mjpeg", Jpegs.Numbered(1));
            SceneFails(folder, "none", "scene folder none holds no .jpg or .jpeg file");
            SceneFails(folder, "text.jpg", "text.jpg is not a JPEG: it does not begin with FF D8");
            SceneFails(
                folder,
                "cut.mjpeg",
                "cut.mjpeg: the JPEG at byte 0 is cut short: the data ends before its end-of-image marker (byte 0)"
            );
            SceneFails(
                folder,
                "progressive.jpg",
                "picture 0 of progressive.jpg is a progressive JPEG; the sensor makes baseline JPEG only"
            );
            SceneFails(folder, "small.mjpeg", "the pictures of scene small.mjpeg are 320 x 240, the camera is set to 640 x 480");
        }

        [TestMethod]
        public void What_a_file_holds_does_not_steer_the_terminal()
        {
            using var folder = new TemporaryFolder();
            folder.Write("shift.txt", "\u001b[2Jwait 1s\n");
            (int code, _, string error) = Run(folder.Path, null, "run", "--virtual-time", "--script", "shift.txt");
            Assert.AreEqual(2, code);
            Assert.StartsWith("lapel: script shift.txt, line 1: unknown command '?[2Jwait'\n", error);
        }

        [TestMethod]
        public void A_video_without_ffmpeg_names_ffmpeg()
        {
            using var folder = new TemporaryFolder();
            folder.Write("a.mp4", "whatever");
            (int code, _, string error) = Run(folder.Path, folder.Path, "run", "--scene", "a.mp4");
            Assert.AreEqual(2, code);
            Assert.StartsWith("lapel: scene a.mp4 needs ffmpeg, and ffmpeg is not installed\nhint: install ffmpeg", error);
        }

        [TestMethod]
        public void A_card_folder_that_is_a_file_exits_2()
        {
            using var folder = new TemporaryFolder();
            folder.Write("card", "a file");
            (int code, _, string error) = Run(folder.Path, null, "run", "--card", "card");
            Assert.AreEqual("lapel: card folder card is a file\nhint: name a folder; it is made when it is not there\n", error);
            Assert.AreEqual(2, code);
            Assert.AreEqual("a file", File.ReadAllText(folder["card"]));
        }

        [TestMethod]
        public void A_card_folder_without_rights_exits_2()
        {
            if (!OperatingSystem.IsLinux())
            {
                Assert.Inconclusive("needs a folder that nobody can write");
            }

            using var folder = new TemporaryFolder();
            // Not even root makes files in /proc; an ordinary user is also held off by the mode.
            (int code, _, string error) = Run(folder.Path, null, "run", "--card", "/proc/self/fd");
            Assert.StartsWith("lapel: card folder /proc/self/fd cannot be written: ", error);
            Assert.Contains("\nhint: check the owner and mode of the folder, or name another\n", error);
            Assert.AreEqual(2, code);
        }

        [TestMethod]
        public void A_script_with_an_error_names_file_and_line()
        {
            using var folder = new TemporaryFolder();
            folder.Write("shift.txt", "wait 40s\npress button\n");
            (int code, string output, string error) = Run(folder.Path, null, "run", "--virtual-time", "--script", "shift.txt");
            Assert.AreEqual("lapel: script shift.txt, line 2: unknown button 'button'\nhint: buttons: record, event\n", error);
            Assert.AreEqual((2, ""), (code, output));
        }

        [TestMethod]
        public void Help_goes_to_standard_output_and_exits_0()
        {
            using var folder = new TemporaryFolder();
            (int code, string output, string error) = Run(folder.Path, null, "run", "--help");
            Assert.AreEqual((0, ""), (code, error));
            foreach (
                string option in new[]
                {
                    "--card",
                    "--device",
                    "--scene",
                    "--script",
                    "--virtual-time",
                    "--seed",
                    "--card-size",
                    "--card-rate",
                    "--pre-event",
                    "--fps",
                    "--size",
                    "--json",
                }
            )
            {
                Assert.Contains(option, output);
            }

            Assert.Contains("For example: lapel run", output);
        }

        [TestMethod]
        public void Without_arguments_it_says_how_to_begin()
        {
            using var folder = new TemporaryFolder();
            (int code, string output, string error) = Run(folder.Path, null);
            Assert.AreEqual((0, ""), (code, error));
            Assert.AreEqual(FirstHelp.Text.ReplaceLineEndings("\n") + "\n", output);
        }

        /// <summary>Those lines that need no camera at a port and end by themselves, one after the other, as they are typed.</summary>
        [TestMethod]
        [TestCategory("Sweep")]
        public void The_first_helps_lines_work_as_they_are_typed()
        {
            using var folder = new TemporaryFolder();
            string[] lines = FirstHelp.Text.Split('\n').Where(line => line.StartsWith("  lapel ")).ToArray();
            foreach (string line in lines.Take(3))
            {
                string[] words = line.Trim().Split("   ")[0].Split(' ')[1..];
                (int code, string output, string error) = Run(folder.Path, null, words);
                Assert.AreEqual(0, code, line + output + error);
            }

            string[] movies = Directory.GetFiles(folder["movies"], "*.mp4");
            Assert.HasCount(2, movies);
            (int judged, string verdict, string said) = Run(folder.Path, null, "verify", movies[0]);
            Assert.AreEqual(0, judged, verdict + said);
            Assert.Contains("segments rebuilt from it and the .json beside it", said);
            Assert.IsNotEmpty(lines.Skip(3));
        }

        private static void SceneFails(TemporaryFolder folder, string scene, string message)
        {
            (int code, string output, string error) = Run(folder.Path, null, "run", "--scene", scene);
            Assert.AreEqual($"lapel: {message}", error.Split('\n')[0]);
            Assert.AreEqual((2, ""), (code, output));
            Assert.IsFalse(Directory.Exists(folder["lapel-card"]));
        }

        private static (int Code, string Out, string Error) Run(string folder, string? path, params string[] arguments)
        {
            string dotnet = Path.Combine(
                RuntimeEnvironment.GetRuntimeDirectory(),
                "..",
                "..",
                "..",
                OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"
            );
            IEnumerable<string> all = new[] { Path.Combine(AppContext.BaseDirectory, "lapel.dll") }.Concat(arguments);
            var start = new ProcessStartInfo(dotnet, all)
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            if (path != null)
            {
                start.Environment["PATH"] = path;
            }

            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Limit))
            {
                process.Kill();
                Assert.Fail($"lapel {string.Join(' ', arguments)} did not end: {error.Result}");
            }
            return (process.ExitCode, output.Result.ReplaceLineEndings("\n"), error.Result.ReplaceLineEndings("\n"));
        }
    }
}
