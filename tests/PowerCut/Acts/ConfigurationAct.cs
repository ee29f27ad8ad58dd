// SPDX-License-Identifier: MIT

using System;
using Lapel.Authority;
using Lapel.Hal.Virtual;
using Lapel.Link;
using Lapel.Link.Tests;
using Lapel.Recorder;
using Camera = Lapel.VirtualCamera.VirtualCamera;

namespace Lapel.PowerCut
{
    /// <summary>
    /// A signed configuration is installed: the first one, or the next with another dock. Wherever the power goes, the old one or the new
    /// one is in force as a whole, its settings, its keys and its owner; it can be brought again as long as it is not.
    /// </summary>
    internal sealed class ConfigurationAct(int serial) : IAct
    {
        private readonly OwnedCamera _owned = OwnedCamera.One;

        public string Name => serial == 1 ? "first-configuration" : "configuration";

        public MemorySnapshot Card => serial == 1 ? _owned.UnownedCard : _owned.Card;

        public MemorySnapshot Flash => serial == 1 ? _owned.UnownedFlash : _owned.Flash;

        public void Prepare(CameraConnection connection)
        {
            if (serial > 1)
            {
                LogIn(connection, OwnedCamera.Dock);
            }
        }

        public void Do(CameraConnection connection) => OwnedCamera.Configure(connection, OwnedCamera.Configuration(serial));

        public string? Left(MemoryMedium card, MemoryMedium flash, Cut cut) => null;

        public string? Follow(MemoryMedium card, MemoryMedium flash, Cut cut)
        {
            int inForce = -1;
            string? wrong = Powered.Run(card, flash, 61, (camera, port) => Up(camera) ?? Whole(port, out inForce));
            if (wrong == null && inForce != serial && inForce != serial - 1)
            {
                wrong = $"configuration {inForce} is in force";
            }

            wrong ??= Powered.Run(card, flash, 62, (camera, port) => Up(camera) ?? Again(port, inForce));
            wrong ??= Powered.Run(card, flash, 63, (camera, port) => Up(camera) ?? Whole(port, out inForce));
            if (wrong == null && inForce != serial)
            {
                wrong = $"brought again, configuration {inForce} is in force";
            }

            // Nothing can save what the card lost of the log while it said that it had written it.
            bool lost = cut.Variant == CutVariant.LostWrite && cut.Change.Path == Judge.Log;
            return wrong ?? (lost || _owned.Log(card).Agrees ? null : "the audit log does not agree");
        }

        private static string? Up(Camera camera) =>
            camera.Firmware.State == RecorderState.Buffering
                ? null
                : "the camera does not come up: " + camera.Firmware.State + " " + camera.Firmware.Faults;

        // Which configuration is in force, and whether all of it is.
        private static string? Whole(CablePort port, out int number)
        {
            using CameraConnection connection = CameraConnection.Open(port, everyRate: false);
            Hello hello = connection.Evidence.Hello();
            number =
                !hello.IsOwned ? 0
                : hello.Unit == "UNIT-1" ? 1
                : hello.Unit == "UNIT-2" ? 2
                : -1;
            string preEvent = new SettingsGroup(connection.Smp).Read("pre_event_s");
            bool first = Takes(connection, OwnedCamera.Dock),
                next = Takes(connection, OwnedCamera.NextDock);
            if (number == 0)
            {
                return first || next ? "the camera is unowned and takes a log-in" : null;
            }

            if (preEvent != (2 * number).ToString(System.Globalization.CultureInfo.InvariantCulture))
            {
                return $"unit {hello.Unit} with a pre-event of {preEvent} s";
            }

            return (first, next) == (number == 1, number == 2) ? null : $"unit {hello.Unit} and the first dock {first}, the next {next}";
        }

        private string? Again(CablePort port, int inForce)
        {
            using CameraConnection connection = CameraConnection.Open(port, everyRate: false);
            if (inForce > 0)
            {
                LogIn(connection, inForce == 1 ? OwnedCamera.Dock : OwnedCamera.NextDock);
            }

            TaskOutcome outcome = OwnedCamera.Configure(connection, OwnedCamera.Configuration(serial));
            port.Advance(TimeSpan.FromSeconds(2));
            return outcome.Result == (inForce == serial ? TaskResult.Stale : TaskResult.Done)
                ? null
                : $"brought again it is {outcome.Result} ({outcome.Text}), {inForce} was in force";
        }

        private static void LogIn(CameraConnection connection, SigningKey dock) =>
            connection.Evidence.Login(OwnedCamera.Station(dock), CameraRole.Dock);

        private static bool Takes(CameraConnection connection, SigningKey dock)
        {
            try
            {
                LogIn(connection, dock);
                connection.Evidence.Logout();
                return true;
            }
            catch (LinkException error) when (error.Failure == LinkFailure.Refused)
            {
                return false;
            }
        }
    }
}
