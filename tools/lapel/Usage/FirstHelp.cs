// SPDX-License-Identifier: MIT

namespace Lapel.Cli
{
    /// <summary>
    /// What someone sees who types the program's name and nothing else. Every line works as it is typed, one after the other.
    /// </summary>
    internal static class FirstHelp
    {
        /// <summary>The text.</summary>
        public const string Text = """
            Lapel: an open body-worn camera whose recordings prove themselves.

            Try it without a camera:
              lapel demo shift                                 a camera plays a short shift onto shift/card
              lapel verify shift/card --key shift/device.pub   is it authentic?
              lapel export shift/card movies                   one MP4 a recording, to watch
              lapel run --port                                 a camera in real time, with a serial port

            With a camera at a serial port:
              lapel ports                                      where it is
              lapel status                                     how it is
              lapel diag                                       its self-test

            lapel --help lists the commands. lapel COMMAND --help says what one takes.
            """;
    }
}
