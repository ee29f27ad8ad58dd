// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using Lapel.Hal;
using Lapel.Hal.Virtual;
using Lapel.VirtualCamera.Scripts;

namespace Lapel.VirtualCamera
{
    /// <summary>A camera in virtual time, and the hands that handle it. Not for use by two threads.</summary>
    public interface ICameraEngine : IDisposable
    {
        /// <summary>Virtual time since the first power-on, microseconds. It runs on while the power is cut.</summary>
        long NowUs { get; }

        /// <summary>The camera at this moment.</summary>
        CameraStatus Status { get; }

        /// <summary>
        /// The device's public key from the storage inside the camera, as the 512 characters of FORMAT.md 2.1; made at the first boot.
        /// </summary>
        string PublicKey { get; }

        /// <summary>The cable in the service port, seen from the host; it stays the same when the power goes.</summary>
        VirtualCable Line { get; }

        /// <summary>One turn of the firmware's loop.</summary>
        void Step();

        /// <summary>Turns of the loop until the virtual time is reached; the last turn may end later.</summary>
        void RunUntil(long virtualUs);

        /// <summary>A finger goes down on a button.</summary>
        void Press(Button button);

        /// <summary>The finger leaves the button.</summary>
        void Release(Button button);

        /// <summary>
        /// A finger begins a gesture on a button. Its parts come at their times to the microsecond, also in the middle of a call in which
        /// the firmware is busy for long.
        /// </summary>
        void Play(Button button, IReadOnlyList<GesturePart> gesture);

        /// <summary>The power goes, at whatever the camera is doing.</summary>
        void CutPower();

        /// <summary>
        /// The camera is switched off as it should be: its audit log says so and is signed. Not while a recording is under way.
        /// </summary>
        void SwitchOff();

        /// <summary>The power comes back after <see cref="CutPower"/> or <see cref="SwitchOff"/>.</summary>
        void Boot();

        /// <summary>The card is pulled out.</summary>
        void PullCard();

        /// <summary>The card is put in again.</summary>
        void InsertCard();

        /// <summary>Connects or disconnects the camera module.</summary>
        void ConnectSensor(bool connected);

        /// <summary>Sets the battery's voltage.</summary>
        /// <param name="millivolts">0 to 6000.</param>
        void SetBattery(int millivolts);

        /// <summary>Sets the camera's clock, as a dock would.</summary>
        void SetUtc(DateTime utc);
    }
}
