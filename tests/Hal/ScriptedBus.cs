// SPDX-License-Identifier: MIT

using Lapel.Hal.Esp32;

namespace Lapel.Hal.Tests
{
    /// <summary>A module reduced to what the driver's logic can see: registers, an idle flag and a done flag set by the test.</summary>
    internal sealed class ScriptedBus : IMegaBus
    {
        public int[] Registers = new int[128];

        /// <summary>Polls of SENSOR_STATE that still answer busy.</summary>
        public int Busy;

        /// <summary>The test register holds nothing.</summary>
        public bool Dead;

        /// <summary>Captures commanded.</summary>
        public int Captures;

        /// <summary>Register writes in order, register in bits 15:8, value in bits 7:0; a fixed number of them.</summary>
        public int[] Written = new int[64];

        /// <summary>How many were written.</summary>
        public int Count;

        /// <summary>Bursts so far.</summary>
        public int Bursts;

        /// <summary>Bursts that asked for the dummy byte to be skipped.</summary>
        public int FirstBursts;

        /// <summary>Longest burst.</summary>
        public int LongestBurst;

        private int _next;

        public ScriptedBus()
        {
            Registers[(int)MegaRegister.SensorId] = 0x86;
            Registers[(int)MegaRegister.Year] = 25;
            Registers[(int)MegaRegister.Month] = 6;
            Registers[(int)MegaRegister.Day] = 17;
        }

        public void SetLength(int length)
        {
            Registers[(int)MegaRegister.FifoSize1] = length & 0xFF;
            Registers[(int)MegaRegister.FifoSize2] = (length >> 8) & 0xFF;
            Registers[(int)MegaRegister.FifoSize3] = (length >> 16) & 0xFF;
        }

        public void SetDone(bool done)
        {
            Registers[(int)MegaRegister.SensorState] = done ? 0x04 : 0;
        }

        public void Write(int register, int value)
        {
            if (Count < Written.Length)
            {
                Written[Count++] = (register << 8) | value;
            }

            if (register == (int)MegaRegister.FifoControl && value == (int)MegaFifoControl.Start)
            {
                Captures++;
                _next = 0;
            }

            if (!Dead)
            {
                Registers[register] = value;
            }
        }

        public int Read(int register)
        {
            if (register != (int)MegaRegister.SensorState)
            {
                return Registers[register];
            }

            if (Busy > 0)
            {
                Busy--;
                return 0;
            }

            return Registers[register] | 0x02;
        }

        public void Burst(bool first, byte[] page, int offset, int count)
        {
            Bursts++;
            if (first)
            {
                FirstBursts++;
            }

            if (count > LongestBurst)
            {
                LongestBurst = count;
            }

            for (int n = 0; n < count; n++)
            {
                page[offset + n] = (byte)_next++;
            }
        }
    }
}
