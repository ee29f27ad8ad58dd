// SPDX-License-Identifier: MIT

using System;
using System.IO;
using System.Linq;

namespace Lapel.Cli
{
    /// <summary>Where a demonstration lives: a card, the inside of a camera, and its public key.</summary>
    internal sealed class DemoFolder
    {
        private const string CardName = "card";
        private const string DeviceName = "device";
        private const string KeyName = "device.pub";
        private const string MoviesName = "movies";

        private readonly string _path;

        /// <summary>Takes a folder that is new, empty, or of a former demonstration, to which another shift is then added.</summary>
        /// <exception cref="CommandException">The folder holds anything else, or cannot be written.</exception>
        public DemoFolder(string path)
        {
            _path = path;
            if (File.Exists(path))
            {
                throw new CommandException($"{path} is a file", "name a folder; it is made when it is not there");
            }

            if (Directory.Exists(path) && !IsEmptyOrDemo())
            {
                throw new CommandException($"{path} is not empty and no former demo: nothing is overwritten", "name a new folder");
            }

            Folders.Prepare(Card, "card folder");
            Folders.Prepare(Device, "device folder");
        }

        /// <summary>The folder that stands for the card.</summary>
        public string Card => Path.Combine(_path, CardName);

        /// <summary>The folder that stands for the storage inside the camera.</summary>
        public string Device => Path.Combine(_path, DeviceName);

        /// <summary>The public key's file.</summary>
        public string Key => Path.Combine(_path, KeyName);

        /// <summary>Where a next step may put exported recordings.</summary>
        public string Movies => Path.Combine(_path, MoviesName);

        /// <summary>Puts the public key beside the card.</summary>
        /// <exception cref="CommandException">The file there is of another camera.</exception>
        public void Export(string publicKey)
        {
            if (!File.Exists(Key))
            {
                File.WriteAllText(Key, publicKey);
            }
            else if (File.ReadAllText(Key) != publicKey)
            {
                throw new CommandException(
                    $"{Key} is the key of another camera than {Device}: nothing is overwritten",
                    "name a new folder"
                );
            }
        }

        private bool IsEmptyOrDemo()
        {
            try
            {
                string[] names = Directory.GetFileSystemEntries(_path).Select(entry => Path.GetFileName(entry)).ToArray();
                return names.Length == 0
                    || (
                        Directory.Exists(Card)
                        && Directory.Exists(Device)
                        && names.All(name => name is CardName or DeviceName or KeyName or MoviesName)
                    );
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new CommandException($"{_path} cannot be read: {FileTrouble.Text(e)}", null, e);
            }
        }
    }
}
