// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Service
{
    /// <summary>The last lines of the console since boot, in memory that is taken once.</summary>
    public sealed class LineHistory
    {
        /// <summary>Lines kept.</summary>
        public const int Lines = 16;

        /// <summary>Longest line kept, bytes: longer than any command, shorter than a log-in's proof, which serves once.</summary>
        public const int LongestLine = 96;

        private readonly byte[] _bytes = new byte[Lines * LongestLine];
        private readonly int[] _counts = new int[Lines];
        private int _added;
        private int _back;

        /// <summary>Keeps a line, unless it is the one before again.</summary>
        public void Add(byte[] line, int count)
        {
            _back = 0;
            if (count == 0 || count > LongestLine || IsNewest(line, count))
            {
                return;
            }

            int place = _added & (Lines - 1);
            Array.Copy(line, 0, _bytes, place * LongestLine, count);
            _counts[place] = count;
            _added++;
        }

        /// <summary>The line before the one shown.</summary>
        /// <param name="line">Where it is put.</param>
        /// <returns>Its bytes; -1 when there is none.</returns>
        public int Older(byte[] line)
        {
            if (_back == _added || _back == Lines)
            {
                return -1;
            }

            _back++;
            return Take(line);
        }

        /// <summary>The line after the one shown; behind the newest an empty one.</summary>
        /// <param name="line">Where it is put.</param>
        /// <returns>Its bytes; -1 when there is none.</returns>
        public int Newer(byte[] line)
        {
            if (_back == 0)
            {
                return -1;
            }

            _back--;
            return _back == 0 ? 0 : Take(line);
        }

        private int Take(byte[] line)
        {
            int place = (_added - _back) & (Lines - 1);
            Array.Copy(_bytes, place * LongestLine, line, 0, _counts[place]);
            return _counts[place];
        }

        private bool IsNewest(byte[] line, int count)
        {
            int place = (_added - 1) & (Lines - 1);
            if (_added == 0 || _counts[place] != count)
            {
                return false;
            }

            for (int i = 0; i < count; i++)
            {
                if (_bytes[place * LongestLine + i] != line[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
