// SPDX-License-Identifier: MIT

using Lapel.Recorder;

namespace Lapel.CostMeter.Scenarios;

/// <summary>
/// From power-on until the camera can record, on a card of 8,000 slots of which nearly all are used. The key was made at the first boot.
/// </summary>
/// <param name="isKnown">Whether the camera had this card in before: its audit log is there, and is searched for its end.</param>
public sealed class Boot(bool isKnown) : IScenario
{
    CameraRig? rig;

    public string Name => isKnown ? "boot again, 8,000 slots and a log" : "boot, 8,000 slots";

    public void Prepare()
    {
        rig = new CameraRig(slots: 8_000, used: 7_990);
        rig.BootFirst(isKnown);
    }

    public void Run()
    {
        rig!.SwitchOn();
        rig.Until(() => rig.Camera.State == RecorderState.Buffering, 30);
    }
}
