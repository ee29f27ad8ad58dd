// SPDX-License-Identifier: MIT

using Lapel.Hal.Virtual;
using Lapel.Hal.Virtual.Nano;

namespace nanoFramework.System.IO.FileSystem
{
    /// <summary>nanoFramework's card socket, acting on the card of the current machine.</summary>
    public class SDCard : global::System.IDisposable
    {
        private readonly VirtualMachine _machine = VirtualMachine.Current;
        private readonly CardDetectParameters? _detect;

        /// <summary>A socket on the SDMMC peripheral.</summary>
        public SDCard(SDCardMmcParameters mmcParameters, CardDetectParameters? cdParameters = null)
        {
            CardType = SDInterfaceType.Mmc;
            MmcParameters = mmcParameters;
            _detect = cdParameters;
            Require(Esp32Functions.Mmc(mmcParameters.dataWidth));
        }

        /// <summary>A socket on an SPI bus.</summary>
        public SDCard(SDCardSpiParameters spiParameters, CardDetectParameters? cdParameters = null)
        {
            CardType = SDInterfaceType.Spi;
            SpiParameters = spiParameters;
            _detect = cdParameters;
            Require(Esp32Functions.Spi(spiParameters.spiBus));
        }

        /// <summary>How a card is wired.</summary>
        public enum SDInterfaceType
        {
            /// <summary>Fixed by the image.</summary>
            System = 0,

            /// <summary>SDMMC.</summary>
            Mmc = 1,

            /// <summary>SPI.</summary>
            Spi = 2,
        }

        /// <summary>Data lines of SDMMC.</summary>
        public enum SDDataWidth
        {
            /// <summary>One.</summary>
            _1_bit = 1,

            /// <summary>Four.</summary>
            _4_bit = 2,
        }

        /// <summary>How this one is wired.</summary>
        public SDInterfaceType CardType { get; }

        /// <summary>Its SDMMC parameters.</summary>
        public SDCardMmcParameters? MmcParameters { get; }

        /// <summary>Its SPI parameters.</summary>
        public SDCardSpiParameters? SpiParameters { get; }

        /// <summary>Whether it is mounted; a card that was pulled stays so until Unmount.</summary>
        public bool IsMounted { get; private set; }

        /// <summary>Whether the socket has a detect switch.</summary>
        public bool CardDetectEnabled => _detect is { enableCardDetectPin: true };

        /// <summary>The detect switch.</summary>
        public bool IsCardDetected => CardDetectEnabled && _machine.Pins[(int)_detect!.cardDetectPin].Level == _detect.cardDetectedState;

        /// <summary>Mounts the FAT volume as D:.</summary>
        /// <exception cref="IOException">No card, or not FAT32: VolumeNotFound.</exception>
        public void Mount()
        {
            Card().Mount();
            IsMounted = true;
        }

        /// <summary>Unmounts it.</summary>
        public void Unmount()
        {
            IsMounted = false;
            Card().Unmount();
        }

        /// <inheritdoc/>
        public void Dispose() { }

        private VirtualCard Card() =>
            _machine.Card ?? throw new IOException("the board has no card socket", (int)IOException.IOExceptionErrorCode.VolumeNotFound);

        private void Require(nanoFramework.Hardware.Esp32.DeviceFunction[] functions)
        {
            foreach (nanoFramework.Hardware.Esp32.DeviceFunction function in functions)
            {
                if (_machine.Functions[function] < 0)
                {
                    throw new global::System.ArgumentException($"card socket: {function} has no pin");
                }
            }
        }
    }
}
