// SPDX-License-Identifier: MIT

using System;
using System.Text;
using System.Threading;

namespace Lapel.Cli
{
    /// <summary>Asks for a secret at the terminal and shows nothing of it.</summary>
    internal static class SecretPrompt
    {
        private const int MaxChars = 1024;

        /// <summary>What was typed; null when nobody sits there.</summary>
        /// <exception cref="OperationCanceledException">Ctrl-C.</exception>
        public static string? Ask(string prompt, CancellationToken cancel)
        {
            if (Console.IsInputRedirected || Console.IsErrorRedirected)
            {
                return null;
            }

            // Looking for a key takes the terminal's echo away, until the program ends: before the prompt, since some type at once.
            _ = Console.KeyAvailable;
            Console.Error.Write(prompt);
            string? typed = null;

            // The read waits for a key, and this thread for Ctrl-C.
            var reader = new Thread(() => typed = Read()) { IsBackground = true };
            reader.Start();
            while (!reader.Join(TimeSpan.FromMilliseconds(50)))
            {
                if (cancel.IsCancellationRequested)
                {
                    Console.Error.WriteLine();
                    throw new OperationCanceledException(cancel);
                }
            }

            Console.Error.WriteLine();
            return typed;
        }

        private static string Read()
        {
            var typed = new StringBuilder();
            while (true)
            {
                ConsoleKeyInfo key = Console.ReadKey(intercept: true);
                switch (key.Key)
                {
                    case ConsoleKey.Enter:
                        return typed.ToString();
                    case ConsoleKey.Backspace when typed.Length > 0:
                        typed.Length--;
                        break;
                    case ConsoleKey.U when key.Modifiers.HasFlag(ConsoleModifiers.Control):
                        typed.Clear();
                        break;
                    default:
                        if (!char.IsControl(key.KeyChar) && typed.Length < MaxChars)
                        {
                            typed.Append(key.KeyChar);
                        }

                        break;
                }
            }
        }
    }
}
