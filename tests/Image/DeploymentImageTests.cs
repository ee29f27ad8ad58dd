// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Lapel.Build;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Image.Tests
{
    [TestClass]
    public sealed class DeploymentImageTests
    {
        private const string Points = "................................................................";

        private string _folder = "";

        [TestInitialize]
        public void Begin()
        {
            _folder = Directory.CreateTempSubdirectory("lapel-image").FullName;
            Put("One", "one");
            Put("Three", "33");
            Put("States", "lapel-build:" + Points);
        }

        [TestCleanup]
        public void End() => Directory.Delete(_folder, true);

        [TestMethod]
        public void TheImageStatesTheDigestOfAllButTheOneThatStatesIt()
        {
            DeploymentImage image = DeploymentImage.Make(_folder, Configuration());
            string file = Path.Combine(_folder, "app.bin");
            image.Write(file);
            byte[] whole = File.ReadAllBytes(file);
            byte[][] padded = [.. new[] { "One", "Three" }.Select(n => Padded(File.ReadAllBytes(Path.Combine(_folder, n + ".pe"))))];
            string digest = Convert.ToHexStringLower(SHA256.HashData([.. padded[0], .. padded[1]]));
            byte[] states = PeForge.Make("States", "lapel-build:" + digest);
            CollectionAssert.AreEqual((byte[])[.. padded[0], .. Padded(states), .. padded[1]], whole);
            DeploymentImage read = DeploymentImage.Read(file);
            Assert.AreEqual(digest, read.Stated);
            Assert.IsTrue(read.IsTrue);
            Assert.AreEqual(whole.Length, read.Bytes);
            image.Write(file);
            CollectionAssert.AreEqual(whole, File.ReadAllBytes(file), "the same again");
        }

        [TestMethod]
        public void NoByteOfAnImageChangesUnseen()
        {
            string file = Path.Combine(_folder, "app.bin");
            DeploymentImage.Make(_folder, Configuration()).Write(file);
            byte[] good = File.ReadAllBytes(file);
            for (int at = 0; at < good.Length; at++)
            {
                byte[] bad = (byte[])good.Clone();
                bad[at] ^= 0x10;
                File.WriteAllBytes(file, bad);
                Assert.IsFalse(IsGood(file), "byte " + at);
                File.WriteAllBytes(file, good[..at]);
                Assert.IsFalse(IsGood(file), "cut at " + at);
            }
        }

        [TestMethod]
        public void AnImageOfOtherAssembliesIsNotTrue()
        {
            string file = Path.Combine(_folder, "app.bin");
            DeploymentImage.Make(_folder, Configuration()).Write(file);
            byte[] other = Padded(PeForge.Make("One", "two"));
            byte[] bytes = File.ReadAllBytes(file);
            other.CopyTo(bytes, 0);
            File.WriteAllBytes(file, bytes);
            Assert.IsFalse(DeploymentImage.Read(file).IsTrue);
        }

        [TestMethod]
        public void WhatCannotBeUsedIsNamed()
        {
            Refused("Three.pe is not there", () => File.Delete(Path.Combine(_folder, "Three.pe")));
            Refused("calls itself Four", () => File.WriteAllBytes(Path.Combine(_folder, "Three.pe"), PeForge.Make("Four", "4")));
            Refused("0 assemblies state a build", () => Put("States", "nothing"));
            Refused("2 assemblies state a build", () => Put("Three", "lapel-build:" + Points));
            Refused("stands there twice", () => Put("States", "lapel-build:" + Points + "lapel-build:" + Points));
            Refused("not whole", () => Put("States", "lapel-build:.."));
            Refused("One states the build", () =>
            {
                Put("One", "lapel-build:" + Points);
                Put("States", "nothing");
            });
            Refused("bytes, and the partition has 4096", () => Put("One", new string('x', 4096)));
            Refused(
                "One.pe refers to States, which does not stand before it",
                () => File.WriteAllBytes(Path.Combine(_folder, "One.pe"), PeForge.Make("One", "1", "States"))
            );
            Refused("bytes stand behind the assembly", () =>
                File.AppendAllText(Path.Combine(_folder, "One.pe"), "more")
            );
        }

        [TestMethod]
        public void TheRuntimesOwnLibraryIsAnAssembly()
        {
            string? file = Directory
                .EnumerateFiles(Path.Combine(Top(), "artifacts"), "mscorlib.pe", SearchOption.AllDirectories)
                .FirstOrDefault();
            if (file == null)
            {
                Assert.Inconclusive("the device gate has not restored nanoFramework.CoreLibrary yet");
            }

            DeviceAssembly library = DeviceAssembly.Read(file);
            Assert.IsNull(library.Name, "the runtime has the word in a table of its own");
            Assert.AreEqual(new Version(1, 17, 11, 0), library.Version);
        }

        [TestMethod]
        public void ABuildOfWhichNoImageWasMadeStatesNone()
        {
            Assert.IsNull(BuildId.Digest());
        }

        // CRC RevEng's catalogue: CRC-32/CKSUM has the check value 765E7680, which is inverted at the end.
        [TestMethod]
        public void TheForgeHasTheRightCrc()
        {
            Assert.AreEqual(~0x765E7680u, PeForge.Crc("123456789"u8));
        }

        private void Refused(string words, Action change)
        {
            End();
            Begin();
            change();
            ImageException refused = Assert.ThrowsExactly<ImageException>(() => DeploymentImage.Make(_folder, Configuration()));
            Assert.Contains(words, refused.Message);
        }

        private static bool IsGood(string file)
        {
            try
            {
                return DeploymentImage.Read(file).IsTrue;
            }
            catch (ImageException)
            {
                return false;
            }
        }

        private static byte[] Padded(byte[] bytes) => [.. bytes, .. new byte[(4 - bytes.Length % 4) % 4]];

        private void Put(string name, string content) =>
            File.WriteAllBytes(Path.Combine(_folder, name + ".pe"), PeForge.Make(name, content));

        private DeploymentConfiguration Configuration()
        {
            string file = Path.Combine(_folder, "config.json");
            File.WriteAllText(file, ConfigurationText.Good);
            return DeploymentConfiguration.Read(file);
        }

        internal static string Top([System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
            Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
    }
}
