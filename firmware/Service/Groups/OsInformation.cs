// SPDX-License-Identifier: MIT

using Lapel.Evidence;

namespace Lapel.Service
{
    /// <summary>What `info` tells, letter by letter, in the order in which Zephyr puts it.</summary>
    /// <remarks>The build's time (b) is "unknown": builds are reproducible and have none.</remarks>
    public static class OsInformation
    {
        private const string Letters = "snrvbmpio";

        /// <summary>The fields that a format asks for, joined by spaces; null when a letter is unknown.</summary>
        /// <param name="format">Letters; `a` is all of them.</param>
        /// <param name="camera">The camera.</param>
        public static string Text(string format, IServiceCamera camera)
        {
            for (int i = 0; i < format.Length; i++)
            {
                if (format[i] != 'a' && Letters.IndexOf(format[i]) < 0)
                {
                    return null;
                }
            }

            bool all = format.IndexOf('a') >= 0;
            string text = "";
            for (int i = 0; i < Letters.Length; i++)
            {
                if (!all && format.IndexOf(Letters[i]) < 0)
                {
                    continue;
                }

                if (text.Length > 0)
                {
                    text += " ";
                }

                text += Field(Letters[i], camera);
            }

            return text;
        }

        private static string Field(char letter, IServiceCamera camera)
        {
            switch (letter)
            {
                case 's':
                    return "Lapel";
                case 'n':
                    return camera.Configuration.Unit;
                case 'r':
                    return camera.Version;
                case 'v':
                    return "evidence-format-" + FormatVersion.Current.ToString();
                case 'b':
                    return "unknown";
                case 'm':
                    return camera.Board.Runtime == null ? "nanoCLR" : "nanoCLR-" + camera.Board.Runtime;
                case 'o':
                    return "nanoFramework";
                case 'p':
                    return camera.Board.Target;
                default:
                    return camera.Board.Name;
            }
        }
    }
}
