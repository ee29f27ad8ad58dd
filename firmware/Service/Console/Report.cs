// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>
    /// The figures that a command gives: for people a line each, or a line a row; for programs one line of JSON. Names are lower case words
    /// with underscores.
    /// </summary>
    public sealed class Report
    {
        private const string Digits = "0123456789abcdef";

        private readonly TextOutput _output;
        private readonly bool _json;

        // Written as it comes, nothing is gathered: a list of thousands of slots takes no memory. These say what separates the next
        // value.
        private bool _begun;
        private bool _inList;
        private bool _inRow;
        private bool _first;

        /// <summary>An empty report.</summary>
        /// <param name="output">Where it goes.</param>
        /// <param name="json">Whether it is for programs.</param>
        public Report(TextOutput output, bool json)
        {
            _output = output;
            _json = json;
        }

        /// <summary>Whether it is for programs.</summary>
        public bool IsJson
        {
            get { return _json; }
        }

        /// <summary>A text.</summary>
        public void Field(string name, string value)
        {
            if (_json)
            {
                Value(name, Quoted(value));
            }
            else
            {
                Value(name, value);
            }
        }

        /// <summary>A text of a row, for people as wide as its column.</summary>
        public void Field(string name, string value, int width)
        {
            Field(name, _json ? value : value.PadRight(width));
        }

        /// <summary>A number.</summary>
        public void Field(string name, long value)
        {
            Value(name, value.ToString());
        }

        /// <summary>Yes or no.</summary>
        public void Flag(string name, bool value)
        {
            if (_json)
            {
                Value(name, value ? "true" : "false");
            }
            else
            {
                Value(name, value ? "yes" : "no");
            }
        }

        /// <summary>What is not known, or not there: null for programs.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="words">What people are told.</param>
        public void Absent(string name, string words)
        {
            Value(name, _json ? "null" : words);
        }

        /// <summary>Bytes in hexadecimal; null is "none".</summary>
        public void Bytes(string name, byte[] value, int count)
        {
            if (value == null)
            {
                Absent(name, "none");
            }
            else
            {
                Field(name, Hex(value, count));
            }
        }

        /// <summary>Begins a list of rows.</summary>
        public void BeginList(string name)
        {
            if (!_json)
            {
                return;
            }

            Separate();
            _output.Text("\"" + name + "\":[");
            _inList = true;
            _first = true;
        }

        /// <summary>Begins a row.</summary>
        public void BeginRow()
        {
            if (_json)
            {
                if (!_first)
                {
                    _output.Text(",");
                }

                _output.Text("{");
            }

            _inRow = true;
            _first = true;
        }

        /// <summary>Ends a row.</summary>
        public void EndRow()
        {
            _output.Text(_json ? "}" : "\r\n");
            _inRow = false;
            _first = false;
        }

        /// <summary>Ends a list.</summary>
        public void EndList()
        {
            if (_json && _inList)
            {
                _output.Text("]");
            }

            _inList = false;
            _first = false;
        }

        /// <summary>The command was carried out: ends the report.</summary>
        public void Ok()
        {
            if (!_json)
            {
                _output.Line("OK");
                return;
            }

            Value("ok", "true");
            _output.Line("}");
        }

        /// <summary>The command was not carried out: ends the report.</summary>
        /// <param name="code">One lower case word.</param>
        /// <param name="text">What was wrong.</param>
        public void Fail(string code, string text)
        {
            if (!_json)
            {
                _output.Line("ERR " + code + " " + text);
                return;
            }

            // Also in the midst of a list: what was said so far stays well-formed.
            if (_inRow)
            {
                EndRow();
            }

            if (_inList)
            {
                EndList();
            }

            Value("ok", "false");
            Field("code", code);
            Field("text", text);
            _output.Line("}");
        }

        /// <summary>Bytes in hexadecimal.</summary>
        public static string Hex(byte[] bytes, int count)
        {
            char[] text = new char[count * 2];
            for (int i = 0; i < count; i++)
            {
                text[i * 2] = Digits[bytes[i] >> 4];
                text[i * 2 + 1] = Digits[bytes[i] & 15];
            }

            return new string(text);
        }

        private void Value(string name, string value)
        {
            if (_json)
            {
                Separate();
                _output.Text("\"" + name + "\":" + value);
            }
            else if (_inRow)
            {
                _output.Text(_first ? value : " " + value);
            }
            else
            {
                _output.Line(name.PadRight(Column) + value);
            }

            _first = false;
        }

        // Wide enough for the longest name of a figure.
        private const int Column = 20;

        private void Separate()
        {
            if (!_begun)
            {
                _output.Text("{");
            }
            else if (!_first)
            {
                _output.Text(",");
            }

            _begun = true;
            _first = false;
        }

        private static string Quoted(string value)
        {
            // At worst every character is escaped. Anything unprintable becomes a question mark: JSON stays valid whatever a name holds.
            char[] text = new char[value.Length * 2 + 2];
            int at = 0;
            text[at++] = '"';
            for (int i = 0; i < value.Length; i++)
            {
                char c = value[i];
                if (c == '"' || c == '\\')
                {
                    text[at++] = '\\';
                }

                text[at++] = c >= ' ' && c <= '~' ? c : '?';
            }

            text[at++] = '"';
            return new string(text, 0, at);
        }
    }
}
