// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Formats.Cbor;
using System.Globalization;

namespace Lapel.Verify
{
    /// <summary>
    /// Reads the content of a certificate of retirement (CUSTODY.md 6.2): a map with exactly the keys that are asked for, in order.
    /// Anything but the deterministic encoding is refused with
    /// <see cref="FormatException"/>, which names the field.
    /// </summary>
    internal sealed class CertificateReader
    {
        private readonly CborReader _cbor;
        private string _what = "content";
        private int _key;

        public CertificateReader(byte[] content)
        {
            // Definite lengths, shortest integers, sorted keys: as for a manifest, whose keys are such small integers too.
            _cbor = new CborReader(content, CborConformanceMode.Canonical);
            Pairs = Try(() => _cbor.ReadStartMap() ?? throw Bad("is of indefinite length"));
        }

        /// <summary>Keys in the map, as it says.</summary>
        public int Pairs { get; }

        /// <summary>The next key's value, a number from <paramref name="least"/> to <paramref name="most"/>.</summary>
        public ulong Number(string what, ulong least, ulong most) => Value(what, () => Within(_cbor.ReadUInt64(), least, most));

        /// <summary>The next key's value, such a number or null.</summary>
        public ulong? NumberOrNull(string what, ulong least, ulong most) =>
            Value<ulong?>(
                what,
                () =>
                {
                    if (_cbor.PeekState() != CborReaderState.Null)
                    {
                        return Within(_cbor.ReadUInt64(), least, most);
                    }

                    _cbor.ReadNull();
                    return null;
                }
            );

        /// <summary>The next key's value, so many bytes.</summary>
        public byte[] Bytes(string what, int length) =>
            Value(
                what,
                () =>
                {
                    byte[] bytes = _cbor.ReadByteString();
                    return bytes.Length == length ? bytes : throw Bad("has " + N((ulong)bytes.Length) + " bytes, not " + N((ulong)length));
                }
            );

        /// <summary>The values of the next two keys: runs of segments, and how many are not listed.</summary>
        public SegmentRuns Segments(string what)
        {
            List<SegmentRun> runs = Value("list of " + what, Runs);
            var unlisted = (uint)Number("number of unlisted " + what, 0, uint.MaxValue);
            return unlisted == 0 || runs.Count == SegmentRuns.Most
                ? new SegmentRuns(runs, unlisted)
                : throw Bad("is " + N(unlisted) + " although the list has room");
        }

        /// <summary>Nothing may follow.</summary>
        public void End() =>
            Try(() =>
            {
                _what = "content";
                _cbor.ReadEndMap();
                return _cbor.BytesRemaining == 0 ? true : throw Bad("is followed by other bytes");
            });

        private List<SegmentRun> Runs()
        {
            int count = _cbor.ReadStartArray() ?? throw Bad("is of indefinite length");
            if (count > SegmentRuns.Most)
            {
                throw Bad("has " + N((ulong)count) + " runs, and " + N(SegmentRuns.Most) + " are the most");
            }

            var runs = new List<SegmentRun>();
            for (int i = 0; i < count; i++)
            {
                if (_cbor.ReadStartArray() != 3)
                {
                    throw Bad("has a run that is not [recording, first segment, how many]");
                }

                ulong recording = Within(_cbor.ReadUInt64(), 0, uint.MaxValue),
                    first = Within(_cbor.ReadUInt64(), 0, uint.MaxValue);
                runs.Add(new SegmentRun((uint)recording, (uint)first, (uint)Within(_cbor.ReadUInt64(), 1, uint.MaxValue - first)));
                _cbor.ReadEndArray();
            }
            _cbor.ReadEndArray();
            return runs;
        }

        private T Value<T>(string what, Func<T> read)
        {
            _what = what;
            _key++;
            return Try(() =>
            {
                if (_cbor.PeekState() != CborReaderState.UnsignedInteger || _cbor.ReadUInt64() != (ulong)_key)
                {
                    throw Bad("(key " + N((ulong)_key) + ") does not stand where it must");
                }

                return read();
            });
        }

        private T Try<T>(Func<T> read)
        {
            try
            {
                return read();
            }
            catch (CborContentException)
            {
                throw Bad("is not deterministic CBOR");
            }
            catch (InvalidOperationException)
            {
                throw Bad("is of the wrong kind");
            }
            catch (OverflowException)
            {
                throw Bad("is out of range");
            }
        }

        private ulong Within(ulong value, ulong least, ulong most) =>
            value >= least && value <= most ? value : throw Bad("is out of range");

        private FormatException Bad(string text) => new("its " + _what + " " + text);

        private static string N(ulong value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
