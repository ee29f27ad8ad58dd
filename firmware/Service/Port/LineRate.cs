// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Service
{
    /// <summary>The port's rate.</summary>
    /// <remarks>
    /// A change is asked for at the old rate, answered at the old rate, and given up again unless a request arrives at the new one: so no
    /// host can leave the camera where the next one does not find it.
    /// </remarks>
    public sealed class LineRate
    {
        /// <summary>Rate after power-on, and the one that is returned to.</summary>
        public const int Default = 115200;

        /// <summary>A new rate must be confirmed by a request within this long, microseconds.</summary>
        public const long ConfirmUs = 2000000;

        /// <summary>A host that says nothing for this long is gone, microseconds.</summary>
        public const long SilenceUs = 30000000;

        private static readonly int[] Rates = { 115200, 460800, 921600, 3000000 };

        // About 45 ms a frame, so that a damaged one costs little; 91 ms at 115200, where 24 bytes beside 512 would be too much of the
        // line; 55 ms at 3 M, so that the line has something to send while a picture is read from the sensor and the next block from the
        // card, 38 ms together.
        private static readonly int[] Blocks = { 1024, 2048, 4096, 16384 };

        private const int SmallestBlock = 512;

        private readonly ILink _link;
        private int _asked;

        // The rate after power-on needs no proof: everybody begins there.
        private bool _confirmed = true;
        private long _heardUs;

        /// <summary>Rate of a link.</summary>
        public LineRate(ILink link)
        {
            _link = link;
        }

        /// <summary>Number of rates.</summary>
        public static int Count
        {
            get { return Rates.Length; }
        }

        /// <summary>A rate, bits a second.</summary>
        public static int Rate(int index)
        {
            return Rates[index];
        }

        /// <summary>Whether a rate can be asked for.</summary>
        public static bool IsRate(long baud)
        {
            for (int i = 0; i < Rates.Length; i++)
            {
                if (Rates[i] == baud)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Whether frames may have so many payload bytes at some rate.</summary>
        public static bool IsBlock(long bytes)
        {
            return bytes >= SmallestBlock && bytes <= BulkFrame.MaxPayload && (bytes & (bytes - 1)) == 0;
        }

        /// <summary>Payload bytes of a frame that suit the rate in force.</summary>
        public int Block
        {
            get
            {
                int block = Blocks[0];

                // The block of the fastest rate that is not above the one in force.
                for (int i = 0; i < Rates.Length && Rates[i] <= _link.Baud; i++)
                {
                    block = Blocks[i];
                }

                return block;
            }
        }

        /// <summary>Asks for a rate, to be changed to once the answer has left.</summary>
        public void Ask(int baud)
        {
            // Not changed yet: the answer to this very request still goes out at the old rate.
            _asked = baud;
        }

        /// <summary>A request arrived.</summary>
        public void Heard(long nowUs)
        {
            _confirmed = true;
            _heardUs = nowUs;
        }

        /// <summary>Changes the rate when it is time to.</summary>
        /// <param name="nowUs">Monotonic microseconds.</param>
        /// <param name="quiet">Whether nothing waits to be sent.</param>
        public void Step(long nowUs, bool quiet)
        {
            if (_asked != 0)
            {
                if (quiet)
                {
                    Change(nowUs);
                }
            }
            else if (_link.Baud != Default && quiet && nowUs - _heardUs > (_confirmed ? SilenceUs : ConfirmUs))
            {
                // Two seconds for the first request at the new rate, then half a minute of silence: either way a lost host leaves the port
                // where the next one looks.
                _confirmed = true;
                _link.SetBaud(Default);
            }
        }

        private void Change(long nowUs)
        {
            if (_link.SetBaud(_asked))
            {
                // A request, not any byte: noise at the wrong rate confirms nothing.
                _confirmed = false;
                _heardUs = nowUs;
            }

            _asked = 0;
        }
    }
}
