// SPDX-License-Identifier: MIT

namespace Lapel.Hal.Esp32
{
    /// <summary>Registers of the ArduCAM Mega, with the vendor's names (ArducamCamera.c of its SDK V3).</summary>
    public enum MegaRegister
    {
        /// <summary>Scratch register: what is written is read back.</summary>
        Test = 0x00,

        /// <summary>FIFO control, see <see cref="MegaFifoControl"/>.</summary>
        FifoControl = 0x04,

        /// <summary>SENSOR_RESET: bit 6 resets camera and bridge.</summary>
        SensorReset = 0x07,

        /// <summary>DEBUG_DEVICE_ADDRESS: the sensor's I2C address behind the bridge; 0x78.</summary>
        DebugDeviceAddress = 0x0A,

        /// <summary>FORMAT: 1 is JPEG.</summary>
        Format = 0x20,

        /// <summary>CAPTURE_RESOLUTION: bit 7 video mode, bits 6:0 the code.</summary>
        CaptureResolution = 0x21,

        /// <summary>IMAGE_QUALITY: 0 high, 1 default, 2 low.</summary>
        ImageQuality = 0x2A,

        /// <summary>BURST_FIFO_READ: an opcode rather than a register.</summary>
        BurstFifoRead = 0x3C,

        /// <summary>SENSOR_ID.</summary>
        SensorId = 0x40,

        /// <summary>YEAR of the firmware since 2000, bits 5:0.</summary>
        Year = 0x41,

        /// <summary>MONTH of the firmware, bits 3:0.</summary>
        Month = 0x42,

        /// <summary>DAY of the firmware, bits 4:0.</summary>
        Day = 0x43,

        /// <summary>SENSOR_STATE: bits 1:0 are 10 when idle, bit 2 capture done.</summary>
        SensorState = 0x44,

        /// <summary>FIFO_SIZE bits 7:0.</summary>
        FifoSize1 = 0x45,

        /// <summary>FIFO_SIZE bits 15:8.</summary>
        FifoSize2 = 0x46,

        /// <summary>FIFO_SIZE bits 23:16.</summary>
        FifoSize3 = 0x47,
    }
}
