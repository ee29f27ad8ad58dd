// SPDX-License-Identifier: MIT

using Lapel.Hal.Virtual;
using nanoFramework.Hardware.Esp32;

namespace System.IO.Ports
{
    /// <summary>
    /// nanoFramework's SerialPort on the UART of the current machine, as its native code for the ESP32 behaves (nf-interpreter a3e8139,
    /// targets/ESP32/_nanoCLR/System.IO.Ports): no transmit buffer beside the 128 bytes of the UART; a longer Write makes its thread wait
    /// until the last byte is in there; Read waits for all it is asked for, which here would be for ever.
    /// </summary>
    public sealed class SerialPort : IDisposable
    {
        private readonly VirtualMachine _machine = VirtualMachine.Current;
        private int _baudRate;
        private int _readBufferSize = 256;

        /// <summary>A port.</summary>
        public SerialPort(
            string portName,
            int baudRate = 9600,
            Parity parity = Parity.None,
            int dataBits = 8,
            StopBits stopBits = StopBits.One
        )
        {
            if (parity != Parity.None || dataBits != 8 || stopBits != StopBits.One)
            {
                throw new ArgumentException("the UART simulated here knows 8N1");
            }

            PortName = portName;
            _baudRate = baudRate;
        }

        /// <summary>Its name.</summary>
        public string PortName { get; }

        /// <summary>Whether it is open.</summary>
        public bool IsOpen { get; private set; }

        /// <summary>Bytes kept of what comes in; more than the 128 of the UART. Only before Open.</summary>
        public int ReadBufferSize
        {
            get => _readBufferSize;
            set
            {
                if (IsOpen)
                {
                    throw new InvalidOperationException("the buffer's size is set before the port is opened");
                }

                _readBufferSize = value;
            }
        }

        /// <summary>Bytes from which an event is raised; there are no events here.</summary>
        public int ReceivedBytesThreshold { get; set; } = 1;

        /// <summary>Bits a second; in an open port it changes at once, under what is still in the transmitter.</summary>
        public int BaudRate
        {
            get => _baudRate;
            set
            {
                if (value <= 0)
                {
                    throw new ArgumentOutOfRangeException(nameof(value));
                }

                _baudRate = value;
                if (IsOpen)
                {
                    Uart.Configure(value);
                }
            }
        }

        /// <summary>Bytes received.</summary>
        public int BytesToRead => Opened().Received;

        private VirtualUart Uart => _machine.Uart;

        /// <summary>Opens it; its pins must have been set.</summary>
        public void Open()
        {
            DeviceFunction transmit = PortName switch
            {
                "COM2" => DeviceFunction.COM2_TX,
                "COM3" => DeviceFunction.COM3_TX,
                _ => throw new ArgumentException($"{PortName}: only COM2 and COM3 are free"),
            };
            if (_machine.Functions[transmit] < 0 || _machine.Functions[transmit + 1] < 0)
            {
                throw new Exception($"{PortName} has no pins");
            }

            Uart.Open(Math.Max(_readBufferSize, VirtualUart.FifoBytes + 1), _baudRate);
            IsOpen = true;
        }

        /// <summary>Takes received bytes.</summary>
        public int Read(byte[] buffer, int offset, int count)
        {
            if (count > Opened().Received)
            {
                throw new InvalidOperationException($"Read of {count} bytes with {Uart.Received} there would wait for ever");
            }

            return Uart.Take(buffer.AsSpan(offset, count));
        }

        /// <summary>Sends bytes.</summary>
        public void Write(byte[] buffer, int offset, int count)
        {
            if (count > ushort.MaxValue)
            {
                throw new ArgumentException("a write of more than 65,535 bytes: the native code counts in 16 bits");
            }

            Opened().Transmit(buffer.AsSpan(offset, count));
            if (Uart.Untaken == 0)
            {
                return;
            }

            byte[] before = buffer.AsSpan(offset, count).ToArray();
            _machine.Threads.WaitUntil(Uart.TakenAtUs);
            if (!before.AsSpan().SequenceEqual(buffer.AsSpan(offset, count)))
            {
                VirtualMachine.Current.Clock.Accuse(new InvalidOperationException("the buffer was changed while it was being sent"));
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            if (IsOpen)
            {
                Uart.Close();
            }

            IsOpen = false;
        }

        private VirtualUart Opened() => IsOpen ? Uart : throw new InvalidOperationException($"{PortName} is not open");
    }
}
