// SPDX-License-Identifier: MIT

using Lapel.Recorder;

namespace Lapel.CostMeter.Scenarios;

/// <summary>
/// The boot after a cut at the end of a full 8 MiB slot, the longest recovery of one segment there is: authenticated from its first
/// fragment to its last, signed, indexed, closed.
/// </summary>
public sealed class Recovery : IScenario
{
    // 18 kB at 8 frames a second fill a slot in 56 s.
    const int FullSeconds = 52;

    CameraRig? rig;

    public string Name => "boot after a cut, open slot full";

    public void Prepare()
    {
        rig = CameraRig.Recording();
        rig.Run(FullSeconds);
        rig.CutPower();
    }

    public void Run()
    {
        rig!.SwitchOn();
        rig.Until(() => rig.Camera.State == RecorderState.Buffering && !rig.Camera.IsRecovering, 60);
    }
}
