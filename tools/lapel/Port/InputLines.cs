// SPDX-License-Identifier: MIT

using System;
using System.Collections.Concurrent;
using System.IO;
using System.Threading;

namespace Lapel.Cli
{
    /// <summary>Lines of standard input, read beside: whoever waits for the next one still notices what happens meanwhile.</summary>
    internal sealed class InputLines : IDisposable
    {
        private readonly BlockingCollection<string> _lines = [];
        private readonly TextReader _input;

        /// <param name="input">The input; read to its end, or until the program ends.</param>
        public InputLines(TextReader input)
        {
            _input = input;

            // Nothing ends a read of a terminal or a pipe.
            new Thread(Read) { IsBackground = true, Name = "standard input" }.Start();
        }

        /// <summary>The next line; null at the end.</summary>
        /// <param name="meanwhile">Called over and over while there is none yet; what it throws ends the wait. It takes its time.</param>
        public string? Next(Action meanwhile)
        {
            while (true)
            {
                if (_lines.TryTake(out string? line))
                {
                    return line;
                }

                if (_lines.IsCompleted)
                {
                    return null;
                }

                meanwhile();
            }
        }

        public void Dispose() => _lines.Dispose();

        private void Read()
        {
            try
            {
                while (_input.ReadLine() is string line)
                {
                    _lines.Add(line);
                }
            }
            catch (Exception e) when (FileTrouble.Is(e) || e is ObjectDisposedException)
            {
                // The input broke off, or nobody waits for a line any more.
            }
            finally
            {
                End();
            }
        }

        private void End()
        {
            try
            {
                _lines.CompleteAdding();
            }
            catch (ObjectDisposedException) { }
        }
    }
}
