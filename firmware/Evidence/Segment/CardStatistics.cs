// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>How the card and the hashing fared during one recording; both of its segment writers report here.</summary>
    public sealed class CardStatistics
    {
        private long _writeUs;
        private long _writtenBytes;
        private int _writes;
        private int _slowestUs;
        private int _slowWrites;
        private long _hashUs;
        private int _frames;

        /// <summary>Microseconds spent in writes.</summary>
        public long WriteUs
        {
            get { return _writeUs; }
        }

        /// <summary>Bytes written.</summary>
        public long WrittenBytes
        {
            get { return _writtenBytes; }
        }

        /// <summary>Slowest write, microseconds.</summary>
        public int SlowestUs
        {
            get { return _slowestUs; }
        }

        /// <summary>Forgets everything.</summary>
        public void Clear()
        {
            _writeUs = 0;
            _writtenBytes = 0;
            _writes = 0;
            _slowestUs = 0;
            _slowWrites = 0;
            _hashUs = 0;
            _frames = 0;
        }

        /// <summary>One write happened.</summary>
        /// <param name="us">Microseconds that the card took for it.</param>
        /// <param name="bytes">Bytes written.</param>
        public void AddWrite(int us, int bytes)
        {
            // Ten times the mean so far, once there is a mean worth the name: the counter that recorders of this class publish.
            if (_writes >= 16 && (long)us * _writes > _writeUs * 10)
            {
                _slowWrites++;
            }

            _writeUs += us;
            _writtenBytes += bytes;
            _writes++;
            if (us > _slowestUs)
            {
                _slowestUs = us;
            }
        }

        /// <summary>One frame was hashed and written.</summary>
        /// <param name="hashUs">Microseconds of hashing it; in a sealed recording of encrypting and hashing it.</param>
        public void AddFrame(int hashUs)
        {
            _hashUs += hashUs;
            _frames++;
        }

        /// <summary>
        /// Fills in the values of key 30 (FORMAT.md 3.6) that are known here. Each is 0 as long as there was nothing to measure.
        /// </summary>
        /// <param name="statistics">
        /// Takes means of hashing and writing a frame, card rate, slowest write and slow writes; the rest of it stays.
        /// </param>
        public void CopyTo(RecordingStatistics statistics)
        {
            statistics.HashUs = _frames == 0 ? 0 : (int)(_hashUs / _frames);
            statistics.WriteUs = _frames == 0 ? 0 : (int)(_writeUs / _frames);
            statistics.CardBytesPerSecond = _writeUs < 1000 ? 0 : (int)(_writtenBytes * 1000 / (_writeUs / 1000));
            statistics.SlowestWriteMs = _slowestUs / 1000;
            statistics.SlowWrites = _slowWrites;
        }
    }
}
