// SPDX-License-Identifier: MIT

using Lapel.Hal.Virtual;

namespace System.Device.Spi
{
    /// <summary>A device on an SPI bus of the current machine, with the limits of the native code.</summary>
    public class SpiDevice : IDisposable
    {
        private readonly VirtualSpiBus _bus;
        private readonly int _chipSelect;

        /// <summary>Opens a device.</summary>
        public SpiDevice(SpiConnectionSettings settings)
        {
            if (settings.ChipSelectLine < -1)
            {
                throw new ArgumentException("chip select below -1");
            }

            if (settings.Mode != SpiMode.Mode0 || settings.DataFlow != DataFlow.MsbFirst)
            {
                throw new ArgumentException("the chips simulated here speak mode 0, most significant bit first");
            }

            ConnectionSettings = settings;
            _chipSelect = settings.ChipSelectLine;
            _bus = VirtualMachine.Current.Spi[settings.BusId];
            _bus.Open(settings.ClockFrequency);
        }

        /// <summary>What it was opened with.</summary>
        public SpiConnectionSettings ConnectionSettings { get; }

        /// <summary>Opens a device.</summary>
        public static SpiDevice Create(SpiConnectionSettings settings) => new SpiDevice(settings);

        /// <summary>Clocks bytes in.</summary>
        public void Read(SpanByte buffer)
        {
            Check(buffer);
            _bus.Transfer(_chipSelect, ReadOnlySpan<byte>.Empty, buffer.Host);
        }

        /// <summary>Clocks bytes out.</summary>
        public void Write(SpanByte buffer)
        {
            Check(buffer);
            _bus.Transfer(_chipSelect, buffer.Host, Span<byte>.Empty);
        }

        /// <summary>Clocks bytes both ways at once.</summary>
        public void TransferFullDuplex(SpanByte writeBuffer, SpanByte readBuffer)
        {
            Check(writeBuffer);
            Check(readBuffer);
            if (writeBuffer.Length != readBuffer.Length)
            {
                throw new ArgumentException("full duplex needs two buffers of one length");
            }

            _bus.Transfer(_chipSelect, writeBuffer.Host, readBuffer.Host);
        }

        /// <inheritdoc/>
        public void Dispose() { }

        private static void Check(SpanByte window)
        {
            // The native code keeps start and length in int16.
            if (window.Start > short.MaxValue || window.Length > short.MaxValue)
            {
                throw new ArgumentException("SPI window beyond 32,767");
            }
        }
    }
}
