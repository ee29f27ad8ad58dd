// SPDX-License-Identifier: MIT

using Code = Lapel.Hal.Virtual.Nano.IOException.IOExceptionErrorCode;

namespace Lapel.Hal.Virtual
{
    /// <summary>The card in the socket, drive D:. It can be pulled, put back, exchanged, worn out, full.</summary>
    public sealed class VirtualCard : VirtualVolume
    {
        private readonly VirtualPin? _detect;
        private readonly bool _detectedLevel;
        private bool _mounted;

        /// <summary>A card in a machine's socket.</summary>
        /// <param name="machine">The machine.</param>
        /// <param name="medium">What the card holds.</param>
        /// <param name="detectPin">GPIO of the detect switch; -1 for none.</param>
        /// <param name="detectedLevel">Level of that pin with a card in.</param>
        /// <param name="seed">Seed of its times.</param>
        public VirtualCard(VirtualMachine machine, IMedium medium, int detectPin = -1, bool detectedLevel = false, int seed = 1)
            : base(machine, medium, seed)
        {
            _detectedLevel = detectedLevel;
            if (detectPin >= 0)
            {
                _detect = machine.Pins[detectPin];
            }

            _detect?.Drive(_detectedLevel);
        }

        /// <summary>Whether a card is in the socket.</summary>
        public bool IsInserted { get; private set; } = true;

        /// <summary>The card is not FAT32: it does not mount.</summary>
        public bool Unformatted { get; set; }

        /// <summary>Takes the card out: every operation fails until one is in and mounted again.</summary>
        public void Pull()
        {
            IsInserted = false;
            _mounted = false;
            ForgetOpenFiles();
            _detect?.Drive(!_detectedLevel);
        }

        /// <summary>Puts a card in; the same one when no other is given.</summary>
        public void Insert(IMedium? other = null)
        {
            if (other != null)
            {
                Medium = other;
            }

            IsInserted = true;
            _detect?.Drive(_detectedLevel);
        }

        internal void Mount()
        {
            Spend(Times.OpenMost);
            if (!IsInserted)
            {
                throw new Nano.IOException("no card", Code.VolumeNotFound);
            }

            if (Unformatted)
            {
                throw new Nano.IOException("no FAT32 volume", Code.VolumeNotFound);
            }

            _mounted = true;
        }

        internal void Unmount()
        {
            _mounted = false;
            ForgetOpenFiles();
        }

        /// <inheritdoc/>
        protected override void CheckReachable()
        {
            // The file system notices a pulled card by the failing sector, not by the switch.
            if (!IsInserted)
            {
                throw new Nano.IOException("the card does not answer", Code.Others);
            }

            if (!_mounted)
            {
                throw new Nano.IOException("D: is not mounted", Code.VolumeNotFound);
            }
        }
    }
}
