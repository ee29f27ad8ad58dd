// SPDX-License-Identifier: MIT

namespace Lapel.Hal
{
    /// <summary>What a camera module is doing, as <see cref="ICameraModule.Step"/> returns it.</summary>
    public enum CameraState
    {
        /// <summary>Not begun, or ended.</summary>
        Off = 0,

        /// <summary>Being reset, identified, configured; keep stepping.</summary>
        Starting = 1,

        /// <summary>Ready for <see cref="ICameraModule.Capture"/> or a new setting.</summary>
        Idle = 2,

        /// <summary>A picture is being taken; keep stepping.</summary>
        Exposing = 3,

        /// <summary>A picture waits in the module's FIFO: read it, then call <see cref="ICameraModule.EndFrame"/>.</summary>
        FrameReady = 4,

        /// <summary>
        /// The module does not answer or answers nonsense; <see cref="ICameraModule.Fault"/> says which. Only Begin leaves this state.
        /// </summary>
        Fault = 5,
    }

    /// <summary>Why a camera module is in <see cref="CameraState.Fault"/>.</summary>
    public enum CameraFault
    {
        /// <summary>No fault.</summary>
        None = 0,

        /// <summary>The test register does not hold what is written: no module, or no bus.</summary>
        Absent = 1,

        /// <summary>The bus answers but the identity is not in the driver's table.</summary>
        UnknownIdentity = 2,

        /// <summary>The module stayed busy longer than its limit.</summary>
        Stuck = 3,

        /// <summary>Captures failed one after another: none done in time, or an impossible length each time.</summary>
        NoPicture = 4,

        /// <summary>The module works, but for 2 s none of its pictures was a whole JPEG.</summary>
        BadPictures = 5,

        /// <summary>For 2 s each picture was larger than the ring takes (262,144 bytes), at the lowest quality too.</summary>
        PicturesTooLarge = 6,

        /// <summary>A call to the module ended in an exception: it is not known what it did. It is begun anew.</summary>
        BrokenOff = 7,
    }

    /// <summary>JPEG frame sizes a module can be asked for.</summary>
    public enum FrameSize
    {
        /// <summary>320 x 240.</summary>
        Qvga = 0,

        /// <summary>640 x 480.</summary>
        Vga = 1,

        /// <summary>800 x 600; not every module.</summary>
        Svga = 2,

        /// <summary>1280 x 720.</summary>
        Hd = 3,
    }

    /// <summary>JPEG quality steps, best first.</summary>
    public enum FrameQuality
    {
        /// <summary>Large files, fine detail.</summary>
        High = 0,

        /// <summary>The module's default.</summary>
        Default = 1,

        /// <summary>Small files.</summary>
        Low = 2,
    }

    /// <summary>
    /// A module that takes JPEG pictures into a FIFO of its own. Never blocks for longer than one bus transfer: waiting is done
    /// by being stepped. Pictures are read straight into the caller's pages.
    /// </summary>
    public interface ICameraModule
    {
        /// <summary>
        /// Resets and configures the module. Step until Idle or Fault. Allowed in any state; also how a fault is retried.
        /// </summary>
        void Begin(FrameSize size, FrameQuality quality);

        /// <summary>Advances whatever is under way; cheap when nothing is.</summary>
        /// <param name="nowUs">Monotonic time, microseconds.</param>
        /// <returns>What the module is doing now.</returns>
        CameraState Step(long nowUs);

        /// <summary>Why the state is Fault.</summary>
        CameraFault Fault { get; }

        /// <summary>
        /// The module's identity byte (0 before it was read) in bits 7:0, its firmware date as year-month-day in bits 31:8 (0xYYMMDD).
        /// </summary>
        int Identity { get; }

        /// <summary>Starts one picture. Only in Idle; ignored elsewhere. The exposure begins at the sensor's next frame.</summary>
        /// <param name="nowUs">Monotonic time, microseconds.</param>
        void Capture(long nowUs);

        /// <summary>Changes the quality from the next picture on. Only in Idle; ignored elsewhere. Step until Idle again.</summary>
        /// <param name="quality">The quality.</param>
        /// <param name="nowUs">Monotonic time, microseconds.</param>
        void SetQuality(FrameQuality quality, long nowUs);

        /// <summary>Bytes in the FIFO in FrameReady: the JPEG and whatever padding the module adds after it.</summary>
        int FrameLength { get; }

        /// <summary>
        /// Reads the next bytes of the picture. Only in FrameReady; at most FrameLength bytes in all, in any number of calls.
        /// </summary>
        /// <param name="page">Destination.</param>
        /// <param name="offset">First byte written in it.</param>
        /// <param name="count">1 to 32,768; offset + count at most page.Length. The driver keeps to the bus limits.</param>
        void Read(byte[] page, int offset, int count);

        /// <summary>Releases the FIFO: back to Idle.</summary>
        void EndFrame();

        /// <summary>Captures that failed and were tried again since Begin.</summary>
        int Retries { get; }
    }
}
