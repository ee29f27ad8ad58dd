// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Faults
{
    /// <summary>A camera module whose calls may throw.</summary>
    internal sealed class FaultyCamera(ICameraModule camera, FaultPlan plan) : ICameraModule
    {
        public CameraFault Fault => camera.Fault;

        public int Identity => camera.Identity;

        public int FrameLength => camera.FrameLength;

        public int Retries => camera.Retries;

        public void Begin(FrameSize size, FrameQuality quality)
        {
            plan.Call("Camera.Begin");
            camera.Begin(size, quality);
        }

        public CameraState Step(long nowUs)
        {
            plan.Call("Camera.Step");
            return camera.Step(nowUs);
        }

        public void Capture(long nowUs)
        {
            plan.Call("Camera.Capture");
            camera.Capture(nowUs);
        }

        public void SetQuality(FrameQuality quality, long nowUs)
        {
            plan.Call("Camera.SetQuality");
            camera.SetQuality(quality, nowUs);
        }

        public void Read(byte[] page, int offset, int count)
        {
            plan.Call("Camera.Read");
            camera.Read(page, offset, count);
        }

        public void EndFrame()
        {
            plan.Call("Camera.EndFrame");
            camera.EndFrame();
        }
    }
}
