// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using Lapel.Authority;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Cli.Tests
{
    /// <summary>The examples of the help texts work as they are typed.</summary>
    [TestClass]
    public sealed class ExampleTests
    {
        /// <summary>The key pairs that the examples of keygen make, and the kind of each.</summary>
        private static readonly Dictionary<string, string> Kinds = new()
        {
            ["county"] = "agency",
            ["authority"] = "authority",
            ["dock"] = "station",
            ["archive"] = "archive",
        };

        [TestMethod]
        public void Every_command_has_an_example_that_is_a_right_command_line()
        {
            RootCommand root = CommandLine.Build(Host(new StringWriter(), new StringWriter()));
            foreach ((Command command, string example) in Examples(root))
            {
                Assert.IsNotEmpty(example, $"{command.Name} has no example");
                if (command.Name is "bash" or "zsh" or "powershell" or "completion")
                {
                    continue;
                }

                string typed = example.Contains('|') ? example[(example.IndexOf('|') + 1)..].Trim() : example;
                ParseResult parsed = root.Parse(typed.Split(' ')[1..]);
                Assert.IsEmpty(parsed.Errors, example);
                Assert.AreEqual(command.Name is "lapel" or "testhost" ? "demo" : command.Name, parsed.CommandResult.Command.Name, example);
            }
        }

        /// <summary>A key file in an example is one that an example of keygen makes, and of the kind that the command wants.</summary>
        [TestMethod]
        public void The_examples_that_need_no_camera_run_one_after_the_other()
        {
            using var folder = new TemporaryFolder();
            string before = Environment.CurrentDirectory;
            folder.Write(
                "county.json",
                """
                { "serial": 1, "device": "any", "recipients": ["county.pub"], "stations": [ { "key": "dock.pub", "role": "dock" } ],
                  "archives": ["archive.pub"], "settings": { "unit": "UNIT-17" } }
                """
            );
            List<string> examples = [.. Examples(CommandLine.Build(Host(new StringWriter(), new StringWriter()))).Select(e => e.Example)];
            try
            {
                Environment.CurrentDirectory = folder.Path;
                foreach ((string name, string kind) in Kinds)
                {
                    Good(examples.Single(e => e.StartsWith($"lapel keygen {kind}")));
                    Assert.IsTrue(File.Exists(name + ".key"), name);
                }

                foreach (string start in new[] { "config sign", "config show", "retire sign" })
                {
                    Good(examples.Single(e => e.StartsWith("lapel " + start)));
                }

                File.Delete("order");
                Good(examples.Single(e => e.StartsWith("lapel rotate sign")));
                foreach (string example in examples)
                {
                    foreach (Match file in Regex.Matches(example, @"(\w+)\.key"))
                    {
                        string kind = Kinds[file.Groups[1].Value],
                            wanted =
                                example.Contains("--archive " + file.Value) || example.StartsWith("lapel receipt") ? "archive"
                                : example.Contains(" sign ") ? "authority"
                                : example.StartsWith("lapel export") ? "agency"
                                : "station";
                        Assert.AreEqual(wanted, kind, example);
                    }
                }
            }
            finally
            {
                Environment.CurrentDirectory = before;
            }
        }

        [TestMethod]
        [DataRow(
            """{ "serial": 1, "colour": "red" }""",
            "line 1: there is no field colour; the fields there are serial, device, authority,"
        )]
        [DataRow(
            "{ \"serial\": 1,\n \"settings\": { \"untis\": \"A\" } }",
            "line 2: there is no field settings.untis; the fields there are preEventSeconds,"
        )]
        [DataRow(
            """{ "serial": 1, "private": { "oficer": "A" } }""",
            "line 1: there is no field private.oficer; the fields there are officer, place, note"
        )]
        [DataRow("""{ "serial": "one" }""", "line 1: serial must be a whole number")]
        [DataRow("""{ "serial": 1, "settings": { "covert": "yes" } }""", "line 1: settings.covert must be true or false")]
        [DataRow("""{ "serial": 1, "recipients": "a.pub" }""", "line 1: recipients must be a list in brackets")]
        [DataRow(
            """{ "serial": 1, "stations": [ { "key": "a.pub", "rle": "dock" } ] }""",
            "line 1: there is no field stations[0].rle; the fields there are key, role"
        )]
        [DataRow("serial", "line 1: not as a configuration is written")]
        public void What_is_wrong_in_a_configuration_is_named(string plan, string wrong)
        {
            using var folder = new TemporaryFolder();
            Assert.StartsWith(
                wrong,
                Assert.ThrowsExactly<FormatException>(() => ConfigurationFile.Read(folder.Write("plan.json", plan), _ => [])).Message
            );
        }

        [TestMethod]
        [DataRow("config show nowhere.config", "nowhere.config: it does not exist")]
        [DataRow("config sign no/plan.json out --key authority.key", "authority key authority.key cannot be used: it does not exist")]
        [DataRow("config show .", "it is a folder")]
        [DataRow("config show noise", "noise is no signed configuration: it is no COSE_Sign1")]
        [DataRow("keygen station no/folder/dock", "its folder does not exist")]
        [DataRow("retire send nowhere certificate --key x.key", "order nowhere cannot be read: it does not exist")]
        [DataRow("export nowhere out", "nowhere")]
        [DataRow("verify nowhere", "nowhere")]
        public void No_message_speaks_of_dotnet(string arguments, string message)
        {
            using var folder = new TemporaryFolder();
            string before = Environment.CurrentDirectory;
            folder.Write("noise", [1, 2, 3]);
            try
            {
                Environment.CurrentDirectory = folder.Path;
                (int code, string output, string error) = Run("lapel " + arguments);
                Assert.AreEqual(2, code, output + error);
                Assert.StartsWith("lapel: ", error);
                Assert.Contains(message, error);
                foreach (string word in new[] { "Could not", "Access to the path", "CBOR", "Exception", "System." })
                {
                    Assert.DoesNotContain(word, error);
                }
            }
            finally
            {
                Environment.CurrentDirectory = before;
            }
        }

        private static IEnumerable<(Command Command, string Example)> Examples(Command command)
        {
            string text = command.Description ?? "";
            int at = text.IndexOf("For example: ", StringComparison.Ordinal);
            if (command.Subcommands.Count == 0 || at >= 0)
            {
                yield return (command, at < 0 ? "" : text[(at + 13)..]);
            }

            foreach ((Command, string) example in command.Subcommands.SelectMany(Examples))
            {
                yield return example;
            }
        }

        private static void Good(string line)
        {
            (int code, string output, string error) = Run(line);
            Assert.AreEqual(0, code, line + ": " + output + error);
        }

        private static (int Code, string Out, string Error) Run(string line)
        {
            var output = new StringWriter { NewLine = "\n" };
            var error = new StringWriter { NewLine = "\n" };
            int code = CommandLine.Run(line.Split(' ')[1..], Host(output, error));
            return (code, output.ToString(), error.ToString());
        }

        private static Host Host(StringWriter output, StringWriter error) =>
            new()
            {
                Out = output,
                Error = error,
                IsTerminal = false,
                Cancel = CancellationToken.None,
                OpenCamera = _ => new FakeEngine(),
                VerifyCard = (path, key, json) => Verify.VerifyCommand.Run(path, key, json, output, error),
            };
    }
}
