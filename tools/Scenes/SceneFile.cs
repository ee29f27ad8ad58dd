// SPDX-License-Identifier: MIT

using System;
using System.IO;

namespace Lapel.Scenes
{
    /// <summary>Turns what the file system refuses into a scene's error.</summary>
    internal static class SceneFile
    {
        /// <summary>Runs a read of a path.</summary>
        /// <exception cref="SceneException">The read failed.</exception>
        public static T Reading<T>(string path, Func<T> read)
        {
            try
            {
                return read();
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                throw new SceneException($"scene {path} does not exist", null, e);
            }
            catch (UnauthorizedAccessException e)
            {
                throw new SceneException(
                    $"scene {path} cannot be read: no rights to it",
                    "check the owner and mode of the file and its folders",
                    e
                );
            }
            catch (IOException e)
            {
                throw new SceneException($"scene {path} cannot be read", null, e);
            }
        }
    }
}
