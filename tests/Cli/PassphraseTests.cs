// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using Lapel.Authority;
using Lapel.Export;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Cli.Tests
{
    /// <summary>Key files with a passphrase (CUSTODY.md section 1.1), with OpenSSL as the independent reader and writer.</summary>
    [TestClass]
    public sealed class PassphraseTests
    {
        private const string Passphrase = "correct hörse";

        /// <summary>DER of the numbers of scrypt that lapel writes: N 16384, r 8, p 8, 32 bytes.</summary>
        private const string Numbers = "02024000020108020108020120";

        private readonly TemporaryFolder _folder = new();
        private readonly Queue<string?> _typed = new();
        private readonly List<string> _asked = [];
        private readonly Dictionary<string, string> _environment = [];

        [TestCleanup]
        public void RemoveFolder() => _folder.Dispose();

        [TestMethod]
        [DataRow("authority", "ed25519")]
        [DataRow("station", "ed25519")]
        [DataRow("archive", "ed25519")]
        [DataRow("agency", "x25519")]
        public void Openssl_reads_what_keygen_writes(string kind, string algorithm)
        {
            _folder.Write("words", Passphrase + "\n");
            Good("keygen", kind, _folder["some"], "--passphrase-file", _folder["words"]);
            string text = File.ReadAllText(_folder["some.key"]);
            Assert.DoesNotContain("\nsecret ", text);
            AssertOwnersOnly(_folder["some.key"]);
            string[] read = ["pkey", "-in", _folder["some.key"], "-passin", "file:" + _folder["words"]];
            Openssl([.. read, "-pubout", "-outform", "DER", "-out", _folder["der"]]);
            string named = File.ReadAllText(_folder["some.pub"]).Split("key ")[^1].Trim();
            Assert.AreEqual(named, Convert.ToHexStringLower(File.ReadAllBytes(_folder["der"])[^32..]));
            Assert.Contains(algorithm, Openssl([.. read, "-noout", "-text"]).ToLowerInvariant());
        }

        [TestMethod]
        public void What_openssl_encrypts_with_scrypt_is_read()
        {
            string plain = SigningKey.Generate(KeyKind.Authority).SecretText();
            Assert.AreEqual(plain, ProtectedKey.Open(Encrypted(plain, "-scrypt"), Passphrase));
            Assert.Contains(
                "not derived by scrypt",
                Assert.ThrowsExactly<FormatException>(() => ProtectedKey.Open(Encrypted(plain), Passphrase)).Message
            );
        }

        [TestMethod]
        public void Every_command_that_signs_takes_a_key_with_a_passphrase_from_each_of_its_sources()
        {
            Type(Passphrase, Passphrase);
            Good("keygen", "authority", _folder["authority"], "--passphrase");
            Assert.HasCount(2, _asked);
            string[] sign = ["retire", "sign", new string('a', 32), _folder["order1"], "--key", _folder["authority.key"]];

            Type("wrong", Passphrase);
            Good(sign);

            _folder.Write("words", "another\r\n\n" + Passphrase + "\r\n");
            sign[3] = _folder["order2"];
            Good([.. sign, "--passphrase-file", _folder["words"]]);

            _environment["LAPEL_PASSPHRASE_FILE"] = _folder["words"];
            sign[3] = _folder["order3"];
            Good(sign);
            Assert.HasCount(4, _asked, "a file given is not asked for");

            _folder.Write("plan.json", """{ "serial": 1, "device": "any" }""");
            Good("config", "sign", _folder["plan.json"], _folder["config"], "--key", _folder["authority.key"]);
            Good("rotate", "sign", new string('a', 32), _folder["order4"], "--number", "1", "--key", _folder["authority.key"]);
        }

        [TestMethod]
        public void A_passphrase_that_does_not_open_the_key_ends_in_one_line()
        {
            File.WriteAllText(_folder["a.key"], ProtectedKey.Lock(SigningKey.Generate(KeyKind.Authority).SecretText(), Passphrase));
            string[] sign = ["retire", "sign", new string('a', 32), _folder["order"], "--key", _folder["a.key"]];
            Type("one", "two", "three", Passphrase);
            Bad("none of these was its passphrase, or it is damaged", sign);
            Assert.HasCount(3, _asked);
            _typed.Clear();
            Bad("it has a passphrase, and there is no terminal to ask for it", sign);
            _folder.Write("words", "one\ntwo\n");
            Bad("is its passphrase, or it is damaged", [.. sign, "--passphrase-file", _folder["words"]]);
            Bad("cannot be read: it does not exist", [.. sign, "--passphrase-file", _folder["nowhere"]]);
            _folder.Write("words", "\n");
            Bad("is empty", [.. sign, "--passphrase-file", _folder["words"]]);
            _folder.Write("words", new string('x', 5000));
            Bad("has more than 4096 bytes", [.. sign, "--passphrase-file", _folder["words"]]);
            _folder.Write("words", string.Concat(Enumerable.Repeat("x\n", 9)));
            Bad("has more than 8 lines", [.. sign, "--passphrase-file", _folder["words"]]);
            Assert.IsFalse(File.Exists(_folder["order"]));

            Type("one", "two");
            Bad("the two passphrases differ", "keygen", "station", _folder["b"], "--passphrase");
            Type("", "");
            Bad("must have at least one character", "keygen", "station", _folder["b"], "--passphrase");
            Assert.IsFalse(File.Exists(_folder["b.key"]));
        }

        [TestMethod]
        [DataRow("0202400002017f02017f020120", "too much work", DisplayName = "work")]
        [DataRow("0202400002020100020108020120", "too much work", DisplayName = "memory")]
        [DataRow("0204400000000201080201080201 20", "too much work", DisplayName = "a cost of 2^30")]
        [DataRow("0209010000000000000000020108020108020120", "too much work", DisplayName = "a cost of 2^64")]
        [DataRow("02024001020108020108020120", "not possible", DisplayName = "no power of two")]
        [DataRow("02024000020100020108020120", "not possible", DisplayName = "no block")]
        [DataRow("02024000020108020180020120", "not possible", DisplayName = "a negative number")]
        [DataRow("02024000020108020108020110", "not possible", DisplayName = "a short key")]
        public void Hostile_numbers_are_refused_before_any_work(string numbers, string message)
        {
            string hex = Hex(ProtectedKey.Lock(AgencyKey.Make().SecretText(), Passphrase)),
                forged = numbers.Replace(" ", "");
            Assert.Contains(Numbers, hex);
            int grown = (forged.Length - Numbers.Length) / 2,
                at = hex.IndexOf(Numbers);
            byte[] der = Convert.FromHexString(hex[..at] + forged + hex[(at + Numbers.Length)..]);
            foreach (int length in Lengths(Convert.FromHexString(hex), at / 2))
            {
                der[length] += (byte)grown;
            }

            string forgedText = Text("agency", der);
            Assert.Contains(message, Assert.ThrowsExactly<FormatException>(() => ProtectedKey.Open(forgedText, Passphrase)).Message);
        }

        /// <summary>Nothing of a file can be cut off or changed so that it crashes a command or gives another key.</summary>
        [TestMethod]
        public void A_damaged_file_never_opens_as_another_key()
        {
            SigningKey key = SigningKey.Generate(KeyKind.Station);
            string plain = key.SecretText();

            // The least work that scrypt knows, for a thousand tries.
            byte[] whole = Convert.FromHexString(
                Hex(Encrypted(plain, "-scrypt", "-scrypt_N", "2", "-scrypt_r", "1", "-scrypt_p", "1"))
            );
            Assert.AreEqual(plain, ProtectedKey.Open(Text("station", whole, plain.Split('\n')[1]), Passphrase));
            for (int i = 0; i < whole.Length; i++)
            {
                Refused(plain, whole[..i]);
                for (int bit = 0; bit < 8; bit++)
                {
                    byte[] damaged = (byte[])whole.Clone();
                    damaged[i] ^= (byte)(1 << bit);
                    Refused(plain, damaged);
                }
            }
        }

        [TestMethod]
        public void The_passphrase_of_a_key_is_given_changed_and_taken_away()
        {
            Good("keygen", "agency", _folder["county"]);
            string plain = File.ReadAllText(_folder["county.key"]);
            Type("first", "first");
            Good("keygen", "passphrase", _folder["county.key"]);
            Assert.AreEqual(plain, ProtectedKey.Open(File.ReadAllText(_folder["county.key"]), "first"));
            _folder.Write("old", "first\n");
            _folder.Write("new", "second\n");
            string json = Good(
                "keygen",
                "passphrase",
                _folder["county.key"],
                "--passphrase-file",
                _folder["old"],
                "--new-passphrase-file",
                _folder["new"],
                "--json"
            );
            Assert.IsTrue(JsonDocument.Parse(json).RootElement.GetProperty("passphrase").GetBoolean());
            Assert.IsNull(ProtectedKey.Open(File.ReadAllText(_folder["county.key"]), "first"));
            Bad("is its passphrase", "keygen", "passphrase", _folder["county.key"], "--remove", "--passphrase-file", _folder["old"]);
            Good("keygen", "passphrase", _folder["county.key"], "--remove", "--passphrase-file", _folder["new"]);
            Assert.AreEqual(plain, File.ReadAllText(_folder["county.key"]));
            AssertOwnersOnly(_folder["county.key"]);
        }

        private static void AssertOwnersOnly(string path)
        {
            if (!OperatingSystem.IsWindows())
            {
                Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            }
        }

        private static void Refused(string plain, byte[] der)
        {
            string? opened;
            try
            {
                opened = ProtectedKey.Open(Text("station", der, plain.Split('\n')[1]), Passphrase);
                if (opened != null)
                {
                    SigningKey.Parse(opened);
                }
            }
            catch (FormatException)
            {
                return;
            }
            Assert.IsTrue(opened == null || opened == plain);
        }

        private static string Text(string kind, byte[] der, string id = "id 00") =>
            $"lapel {kind} secret key 1\n{id}\n-----BEGIN ENCRYPTED PRIVATE KEY-----\n{Convert.ToBase64String(der)}\n"
            + "-----END ENCRYPTED PRIVATE KEY-----\n";

        private static string Hex(string text) =>
            Convert.ToHexStringLower(Convert.FromBase64String(string.Concat(text.TrimEnd('\n').Split('\n')[3..^1])));

        /// <summary>Where the lengths of those elements stand that hold a place; all have one byte, or 81 and one.</summary>
        private static List<int> Lengths(byte[] der, int place)
        {
            List<int> lengths = [];
            int at = 0;
            while (at < place)
            {
                int length = der[at + 1] == 0x81 ? at + 2 : at + 1,
                    content = length + 1;
                if (place < content + der[length])
                {
                    lengths.Add(length);
                    at = der[at] == 0x30 ? content : place;
                }
                else
                {
                    at = content + der[length];
                }
            }
            return lengths;
        }

        private void Type(params string?[] lines)
        {
            foreach (string? line in lines)
            {
                _typed.Enqueue(line);
            }
        }

        private string Good(params string[] arguments)
        {
            (int code, string output, string error) = Run(arguments);
            Assert.AreEqual(0, code, string.Join(' ', arguments) + ": " + error);
            Assert.DoesNotContain(Passphrase, output + error);
            return output;
        }

        private void Bad(string message, params string[] arguments)
        {
            (int code, string output, string error) = Run(arguments);
            Assert.AreEqual(2, code, output + error);
            Assert.Contains(message, error);
        }

        private (int Code, string Out, string Error) Run(string[] arguments)
        {
            var output = new StringWriter { NewLine = "\n" };
            var error = new StringWriter { NewLine = "\n" };
            int code = CommandLine.Run(
                arguments,
                new Host
                {
                    Out = output,
                    Error = error,
                    IsTerminal = false,
                    Cancel = CancellationToken.None,
                    OpenCamera = _ => new FakeEngine(),
                    VerifyCard = (_, _, _) => 0,
                    Environment = name => _environment.GetValueOrDefault(name),
                    AskSecret = prompt =>
                    {
                        if (!_typed.TryDequeue(out string? typed))
                        {
                            return null;
                        }

                        _asked.Add(prompt);
                        return typed;
                    },
                }
            );
            return (code, output.ToString(), error.ToString());
        }

        /// <summary>A signing key's file as OpenSSL encrypts it.</summary>
        private string Encrypted(string plain, params string[] how)
        {
            string[] lines = plain.Split('\n');
            _folder.Write("pkcs8", [.. Convert.FromHexString("302e020100300506032b657004220420"), .. Convert.FromHexString(lines[2][7..])]);
            _folder.Write("words", Passphrase + "\n");
            string pem = Openssl(
                ["pkcs8", "-topk8", "-inform", "DER", "-in", _folder["pkcs8"], "-passout", "file:" + _folder["words"], .. how]
            );
            return $"{lines[0]}\n{lines[1]}\n{pem}";
        }

        private static string Openssl(params string[] arguments)
        {
            using Process process = Process.Start(
                new ProcessStartInfo("openssl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
            )!;
            string output = process.StandardOutput.ReadToEnd(),
                error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.AreEqual(0, process.ExitCode, error);
            return output;
        }
    }
}
