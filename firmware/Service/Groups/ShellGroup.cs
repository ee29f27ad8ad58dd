// SPDX-License-Identifier: MIT

using System.Text;
using Lapel.Evidence;

namespace Lapel.Service
{
    /// <summary>Group 9: a command of the console, carried out at once. The console's own rules say who may do what.</summary>
    public sealed class ShellGroup : SmpGroup
    {
        private const int Execute = 0;
        private const int TooLong = 2;
        private const int Empty = 3;

        // What finds room in an answer beside its keys.
        private const int MaxOutput = SmpReply.MaxBytes - 64;

        private readonly Console _console;
        private readonly TextBuffer _output = new TextBuffer(MaxOutput);

        /// <summary>Commands of this console.</summary>
        public ShellGroup(Console console)
        {
            _console = console;
        }

        /// <inheritdoc/>
        public override int Number
        {
            get { return 9; }
        }

        /// <inheritdoc/>
        public override string Name
        {
            get { return "shell mgmt"; }
        }

        /// <inheritdoc/>
        public override int Commands
        {
            get { return 1; }
        }

        /// <inheritdoc/>
        public override SmpProgress Handle(SmpRequest request, SmpReply reply, long nowUs)
        {
            if (request.Command != Execute || !request.IsWrite)
            {
                reply.Fail(SmpError.NotSupported);
            }
            else
            {
                Run(request, reply, nowUs);
            }

            return SmpProgress.Answered;
        }

        private void Run(SmpRequest request, SmpReply reply, long nowUs)
        {
            // Counted first, then taken: the array of words has its exact size, and a malformed list makes no string.
            int count = Count(request);
            if (count < 0)
            {
                reply.Fail(SmpError.Invalid);
            }
            else if (count == 0)
            {
                reply.Fail(Empty, SmpError.Invalid);
            }
            else if (count > Console.MostWords)
            {
                reply.Fail(TooLong, SmpError.Invalid);
            }
            else
            {
                Run(Words(request, count), reply, nowUs);
            }
        }

        private void Run(string[] words, SmpReply reply, long nowUs)
        {
            _output.Clear();
            int result = _console.Execute(words, _output, nowUs);

            // Half a list must not pass for a whole one; the console shows it all.
            if (_output.IsCut)
            {
                reply.Fail(SmpError.TooLong);
                return;
            }

            reply.Key("o");
            reply.Text(_output.Bytes, 0, _output.Count);
            reply.Key("ret");
            reply.Int(result);
        }

        // Words of printable ASCII; some clients put a whole line into one of them. -1 when they are something else.
        private static int Count(SmpRequest request)
        {
            return Split(request, null);
        }

        private static string[] Words(SmpRequest request, int count)
        {
            var words = new string[count];
            Split(request, words);
            return words;
        }

        private static int Split(SmpRequest request, string[] words)
        {
            CborCursor items = request.Map.At("argv");
            if (items == null || !items.Head(CborMajor.Array))
            {
                return -1;
            }

            // Kept: the heads of the words overwrite what the cursor says of the array.
            bool indefinite = items.IsIndefinite;
            long left = items.Value;
            int count = 0;
            while (indefinite ? !items.TakeBreak() : left-- > 0)
            {
                if (!items.String(CborMajor.Text))
                {
                    return -1;
                }

                int length = (int)items.Value;
                if (!SmpMap.IsAscii(request.Buffer, items.Position - length, length))
                {
                    return -1;
                }

                count = AddWords(request.Buffer, items.Position - length, items.Position, words, count);
            }

            return count;
        }

        private static int AddWords(byte[] buffer, int at, int end, string[] words, int count)
        {
            while (at < end)
            {
                int begin = at;
                while (at < end && buffer[at] != ' ')
                {
                    at++;
                }

                // Empty words are none: clients send a trailing space.
                if (at > begin)
                {
                    if (words != null)
                    {
                        words[count] = Encoding.UTF8.GetString(buffer, begin, at - begin);
                    }

                    count++;
                }

                at++;
            }

            return count;
        }
    }
}
