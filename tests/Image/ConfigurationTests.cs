// SPDX-License-Identifier: MIT

using System;
using System.IO;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Image.Tests
{
    [TestClass]
    public sealed class ConfigurationTests
    {
        [TestMethod]
        public void TheProjectsOwnIsRead()
        {
            DeploymentConfiguration own = DeploymentConfiguration.Read(Path.Combine(DeploymentImageTests.Top(), "nanoff.config.json"));
            Assert.AreEqual("S3-REF-1", own.Board.Name);
            Assert.AreEqual("Lapel.Build", own.Deployment.BuildId);
        }

        [TestMethod]
        [DataRow("\"target\": \"T\"", "\"target\": \"T\", \"colour\": 1", "line 2: board.colour is no key of it")]
        [DataRow("\"flashBaud\": 921600", "\"flashBaud\": \"fast\"", "line 4: serial.flashBaud has another type")]
        [DataRow("\"flashBaud\": 921600", "\"flashBaud\": 1", "line 4: flashBaud: must be from 9600 to 5000000")]
        [DataRow("\"flashBaud\": 921600, ", "", "serial lacks flashBaud")]
        [DataRow("\"target\": \"T\"", "\"target\": null", "line 2: board.target has another type")]
        [DataRow("\"sizeKiB\": 4,", "\"sizeKiB\": 4, \"sizeKiB\": 4,", "is there twice")]
        [DataRow("\"sizeKiB\": 4,", "\"sizeKiB\": 4.5,", "line 7: deployment.sizeKiB has another type")]
        [DataRow("\"sizeKiB\": 4,", "\"sizeKiB\": 0,", "line 7: sizeKiB: must be from 4 to 16384")]
        [DataRow("0x1B0000", "1B0000", "line 6: address: must be 0x and hexadecimal digits")]
        [DataRow("0x1B0000", "0x1B0001", "line 6: address: must be 0x and hexadecimal digits, a multiple of 0x1000")]
        [DataRow("1.2.3.4", "1.2.3", "line 3: minimumVersion: must be four numbers")]
        [DataRow("\"Three\"]", "\"Three\", \"Two\"]", "line 8: application: must be the last")]
        [DataRow("\"One\", ", "\"One\", \"One\", ", "line 10: assemblies: an assembly is there twice")]
        [DataRow("\"One\", ", "\"../One\", ", "line 10: assemblies: an assembly's name is no path")]
        [DataRow("\"buildId\": \"States\"", "\"buildId\": \"Four\"", "line 9: buildId: must be one of the assemblies")]
        [DataRow("\"deployment\": {", "\"deployment\": [", "line 5: deployment has another type")]
        [DataRow("\"One\", ", "\"One, ", "it is no JSON")]
        public void WhatIsWrongIsNamedWithItsLine(string from, string to, string words)
        {
            string file = Path.GetTempFileName();
            try
            {
                File.WriteAllText(file, ConfigurationText.Good.Replace(from, to, StringComparison.Ordinal));
                ImageException refused = Assert.ThrowsExactly<ImageException>(() => DeploymentConfiguration.Read(file));
                Assert.Contains(words, refused.Message);
            }
            finally
            {
                File.Delete(file);
            }
        }
    }
}
