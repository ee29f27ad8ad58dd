// SPDX-License-Identifier: MIT

using System;
using System.Linq;

namespace Lapel.Link
{
    /// <summary>
    /// Counts the bytes that arrive while evidence is fetched. Noise leaves all values as frequent as they are; a link that eats or changes
    /// bytes leaves some of them out, and which ones tells what it does.
    /// </summary>
    internal sealed class ByteCensus
    {
        private const byte XOn = 0x11,
            XOff = 0x13,
            LineFeed = 0x0A,
            Return = 0x0D,
            All = 0xFF;

        /// <summary>A value that is expected so often and never comes is left out by somebody: by chance, one in a million.</summary>
        private const double Enough = 14;

        /// <summary>Values on either side by which it is told how often one is expected.</summary>
        private const int Around = 8;

        /// <summary>Of bytes of which one bit is cut off, more than so many are control characters; of text hardly any.</summary>
        private const double ControlShare = 0.05;

        private readonly long[] _counts = new long[256];
        private long _total,
            _returnLineFeed,
            _single;
        private int _run;
        private byte _last;

        /// <summary>Bytes counted.</summary>
        public long Total => _total;

        /// <summary>Counts bytes, in their order.</summary>
        public void Add(ReadOnlySpan<byte> bytes)
        {
            foreach (byte value in bytes)
            {
                _counts[value]++;
                if (value == LineFeed && _last == Return)
                {
                    _returnLineFeed++;
                }

                if (value == All)
                {
                    _run++;
                }
                else
                {
                    _single += _run % 2;
                    _run = 0;
                }

                _last = value;
            }

            _total += bytes.Length;
        }

        /// <summary>What the link does to bytes, for people; null when nothing of the kind shows.</summary>
        public string? Verdict()
        {
            long high = _counts.Skip(128).Sum();
            if (high == 0 && _total > 2048)
            {
                // Those of the line ends and of the marks are in text too.
                long control = _counts.Take(32).Where((_, value) => value is not (Return or LineFeed or 4 or 6 or 9 or 0x14)).Sum();
                return control > ControlShare * _total ? "it carries seven bits of each byte" : null;
            }

            if (IsLeftOut(XOn) && IsLeftOut(XOff))
            {
                return "it takes the bytes 11 and 13 for itself (XON/XOFF)";
            }

            if (IsLeftOut(Return))
            {
                return "it changes or drops the byte 0D (CR)";
            }

            if (IsLeftOut(LineFeed))
            {
                return "it changes or drops the byte 0A (LF)";
            }

            if (_returnLineFeed >= Enough && _returnLineFeed == _counts[LineFeed])
            {
                return "it puts a byte 0D before each 0A (LF becomes CR LF)";
            }

            if (_returnLineFeed >= Enough && _returnLineFeed == _counts[Return])
            {
                return "it puts a byte 0A after each 0D (CR becomes CR LF)";
            }

            return _counts[All] >= 4 * Enough && _single == 0 ? "it sends each byte FF twice (telnet)" : null;
        }

        private bool IsLeftOut(byte value)
        {
            if (_counts[value] > 0)
            {
                return false;
            }

            // By the middle one: zeros and what is left out beside do not count.
            long[] around =
            [
                .. Enumerable.Range(value - Around, 2 * Around + 1).Where(v => v >= 0 && v != value).Select(v => _counts[v]).Order(),
            ];
            return around[around.Length / 2] >= Enough;
        }
    }
}
