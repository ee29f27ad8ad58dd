// SPDX-License-Identifier: MIT

using Lapel.Recorder;

namespace Lapel.CostMeter.Scenarios;

/// <summary>From power-on until the camera can record, on a card of 8,000 slots of which nearly all are used.</summary>
public sealed class Boot : IScenario
{
    CameraRig? rig;

    public string Name => "boot, 8,000 slots";

    public void Prepare() => rig = new CameraRig(slots: 8_000, used: 7_990);

    public void Run()
    {
        rig!.SwitchOn();
        rig.Until(() => rig.Camera.State == RecorderState.Buffering, 30);
    }
}
