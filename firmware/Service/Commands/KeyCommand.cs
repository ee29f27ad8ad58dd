// SPDX-License-Identifier: MIT

using Lapel.Evidence;

namespace Lapel.Service
{
    /// <summary>key: how the device's key stands; key make orders the first one of a camera that has none (CUSTODY.md 9.1).</summary>
    public sealed class KeyCommand : ConsoleCommand
    {
        /// <summary>The command.</summary>
        public KeyCommand()
            : base("key", "[make]", "the device's key; make orders the first one of a new camera") { }

        /// <summary>Name of a state of the keys.</summary>
        public static string NameOf(KeyStatus status)
        {
            switch (status)
            {
                case KeyStatus.Up:
                    return "in-force";
                case KeyStatus.NoKey:
                    return "none";
                case KeyStatus.Damaged:
                    return "damaged";
                case KeyStatus.CannotWrite:
                    return "not-writable";
                case KeyStatus.Retired:
                    return "retired";
                default:
                    return "starting";
            }
        }

        /// <inheritdoc/>
        public override void Begin(ConsoleCall call)
        {
            bool make = call.Count == 1 && call.Argument(0) == "make";
            if (call.Count > 0 && !make)
            {
                call.Fail(ErrorCode.Usage, "key takes make or nothing");
                return;
            }

            DeviceKeys keys = call.Camera.Keys;
            if (!make)
            {
                call.Report.Field("key", NameOf(keys.Status));
                if (keys.FaultText.Length == 0)
                {
                    call.Report.Absent("fault", "none");
                }
                else
                {
                    call.Report.Field("fault", keys.FaultText);
                }

                call.Ok();
            }
            else if (call.Camera.OrderKey())
            {
                call.Ok();
            }
            else if (keys.Status == KeyStatus.Unknown)
            {
                call.Fail(ErrorCode.Busy, "the camera is still starting");
            }
            else
            {
                call.Fail(
                    ErrorCode.Failed,
                    keys.Status == KeyStatus.Up ? "there is a key" : "no key can be made: " + keys.FaultText
                );
            }
        }
    }
}
