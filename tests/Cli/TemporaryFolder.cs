// SPDX-License-Identifier: MIT

using System;
using System.IO;

namespace Lapel.Cli.Tests
{
    /// <summary>A folder for one test.</summary>
    internal sealed class TemporaryFolder : IDisposable
    {
        public TemporaryFolder()
        {
            Path = Directory.CreateTempSubdirectory("lapel-test-").FullName;
        }

        public string Path { get; }

        /// <summary>Path of a name in it.</summary>
        public string this[string name] => System.IO.Path.Combine(Path, name);

        /// <summary>Writes a file in it.</summary>
        public string Write(string name, byte[] content)
        {
            File.WriteAllBytes(this[name], content);
            return this[name];
        }

        /// <summary>Writes a text file in it.</summary>
        public string Write(string name, string content)
        {
            File.WriteAllText(this[name], content);
            return this[name];
        }

        public void Dispose()
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
