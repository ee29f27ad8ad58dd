// SPDX-License-Identifier: MIT

namespace Lapel.Hal.Virtual
{
    /// <summary>Register addresses as the simulated chip decodes them (independent of the driver's table on purpose).</summary>
    internal static class MegaAddress
    {
        public const int Test = 0x00;
        public const int FifoControl = 0x04;
        public const int Reset = 0x07;
        public const int DeviceAddress = 0x0A;
        public const int Format = 0x20;
        public const int Resolution = 0x21;
        public const int Quality = 0x2A;
        public const int BurstRead = 0x3C;
        public const int SingleRead = 0x3D;
        public const int SensorId = 0x40;
        public const int Year = 0x41;
        public const int Month = 0x42;
        public const int Day = 0x43;
        public const int State = 0x44;
        public const int Size0 = 0x45;
        public const int Size1 = 0x46;
        public const int Size2 = 0x47;
        public const int FpgaVersion = 0x49;
    }
}
