// SPDX-License-Identifier: MIT

using System;
using System.IO;
using System.Text.Json;
using System.Threading;
using Lapel.Image.Tests;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Cli.Tests
{
    /// <summary>lapel image on assemblies that are made by hand.</summary>
    [TestClass]
    public sealed class ImageTests
    {
        [TestMethod]
        public void An_image_is_made_shown_and_told_from_another_one()
        {
            using var folder = new TemporaryFolder();
            string config = folder.Write("config.json", ConfigurationText.Good);
            string bin = Directory.CreateDirectory(folder["bin"]).FullName;
            File.WriteAllBytes(Path.Combine(bin, "One.pe"), PeForge.Make("One", "1"));
            File.WriteAllBytes(Path.Combine(bin, "Three.pe"), PeForge.Make("Three", "3"));
            File.WriteAllBytes(Path.Combine(bin, "States.pe"), PeForge.Make("States", "lapel-build:" + new string('.', 64)));
            string image = folder["app.bin"];
            (int code, string made, string error) = Run("image", bin, "-o", image, "--config", config, "--json");
            Assert.AreEqual(0, code, error);
            JsonElement json = JsonDocument.Parse(made).RootElement;
            string build = json.GetProperty("build").GetString()!;
            Assert.AreEqual(4096, json.GetProperty("partitionBytes").GetInt32());
            Assert.AreEqual(new FileInfo(image).Length, json.GetProperty("bytes").GetInt64());

            Assert.AreEqual((0, $"{build}  app.bin\n"), Good(Run("image", image)));
            File.WriteAllBytes(image, File.ReadAllBytes(Path.Combine(bin, "States.pe")));
            (code, _, error) = Run("image", image);
            Assert.AreEqual(1, code);
            Assert.StartsWith($"lapel: {image}: 1 assemblies", error);
            Assert.Contains("states no build\nhint: ", error);
        }

        [TestMethod]
        [DataRow("image nowhere", "lapel: nowhere: it does not exist\nhint: give the folder")]
        [DataRow("image . --config nowhere", "lapel: -o is missing\nhint: say where the image goes")]
        [DataRow("image . -o x --config nowhere", "nowhere: it does not exist\n")]
        public void What_cannot_be_made_is_named(string line, string message)
        {
            (int code, string output, string error) = Run(line.Split(' '));
            Assert.AreEqual((2, ""), (code, output));
            Assert.Contains(message, error);
        }

        private static (int, string) Good((int Code, string Out, string Error) run) => (run.Code, run.Out);

        private static (int Code, string Out, string Error) Run(params string[] line)
        {
            var output = new StringWriter { NewLine = "\n" };
            var error = new StringWriter { NewLine = "\n" };
            var host = new Host
            {
                Out = output,
                Error = error,
                IsTerminal = false,
                Cancel = CancellationToken.None,
                OpenCamera = _ => new FakeEngine(),
                VerifyCard = (_, _, _) => throw new InvalidOperationException(),
            };
            return (CommandLine.Run(line, host), output.ToString(), error.ToString());
        }
    }
}
