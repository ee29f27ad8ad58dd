// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Text;
using Lapel.App;
using Lapel.Custody;
using Lapel.Evidence;
using Lapel.Hal;
using Lapel.Hal.Esp32;
using Lapel.Hal.Virtual;
using Lapel.Locks;
using Lapel.Recorder;
using Lapel.VirtualCamera.Scripts;
using nanoFramework.Hardware.Esp32;

namespace Lapel.VirtualCamera
{
    /// <summary>
    /// The real firmware on the virtual reference board. Card and internal storage outlive the power; the machine does not. One thread
    /// only: the runtime's static classes find their machine by thread.
    /// </summary>
    public sealed class VirtualCamera : ICameraEngine
    {
        private const long OffTurnUs = 10_000;
        private const int UnmadeTurnMs = 100;

        // First copy of the device's secret in internal storage: a camera that was never switched on has none.
        private const string FirstSecret = "SECRET.A";

        private readonly VirtualCameraOptions _options;
        private readonly IMedium _card;
        private readonly IMedium _flash;
        private long _beforeBootUs;
        private int _millivolts = 4_000;
        private bool _sensorConnected = true;
        private bool _cardIn = true;
        private bool _booted;
        private bool _ordersKey;
        private Camera? _camera;

        // The power is on, and the firmware could not be made.
        private LastFence? _unmade;
        private long? _restartUtc;
        private long? _asleepUtc;
        private long _asleepUs;
        private Sleep.WakeupGpioPin _wakeupPins;
        private FolderLock[] _locks = [];
        private IDisposable? _machine;

        private VirtualCamera(VirtualCameraOptions options, IMedium card, IMedium flash)
        {
            _options = options;
            _card = card;
            _flash = flash;
            _ordersKey = options.OrdersKey && !flash.FileExists(FirstSecret);
        }

        /// <summary>
        /// A camera on folders of this machine, switched on. Throws <see cref="FolderLockedException"/> when another process is at work in
        /// one of them.
        /// </summary>
        public static VirtualCamera Open(VirtualCameraOptions options)
        {
            // Two cameras on one card or one inside would destroy each other's recordings.
            FolderLock card = FolderLock.Take(options.CardFolder);
            FolderLock? device = null;
            try
            {
                device = FolderLock.Take(options.DeviceFolder);
                VirtualCamera camera = Open(options, new FolderMedium(options.CardFolder), new FolderMedium(options.DeviceFolder));
                camera._locks = [card, device];
                return camera;
            }
            catch
            {
                device?.Dispose();
                card.Dispose();
                throw;
            }
        }

        /// <summary>A camera on any media, switched on.</summary>
        public static VirtualCamera Open(VirtualCameraOptions options, IMedium card, IMedium flash)
        {
            VirtualCamera camera = Make(options, card, flash);
            camera.Boot();
            return camera;
        }

        /// <summary>A camera on any media, switched off.</summary>
        public static VirtualCamera Make(VirtualCameraOptions options, IMedium card, IMedium flash) =>
            new VirtualCamera(options, card, flash);

        /// <inheritdoc/>
        public VirtualCable Line { get; } = new VirtualCable();

        /// <summary>
        /// What a test does to the board's parts between power-on and the firmware's first instruction; null for nothing.
        /// </summary>
        public Action<VirtualBoardParts>? Booting { get; set; }

        /// <summary>
        /// The board that the firmware is given at each boot from the next on, made from the one there is; null for that one.
        /// </summary>
        public Func<IBoard, IBoard>? Board { get; set; }

        /// <summary>Called after each turn of the loop; null for nothing.</summary>
        public Action? Turned { get; set; }

        /// <summary>The board's parts while the power is on.</summary>
        public VirtualBoardParts Parts { get; private set; } = null!;

        /// <summary>The firmware while the power is on.</summary>
        public Camera Firmware => _camera ?? throw new InvalidOperationException("the power is off");

        /// <inheritdoc/>
        public long NowUs => _beforeBootUs + (IsOn ? Parts.Clock.NowUs : 0);

        /// <summary>How often the watchdog has reset the camera.</summary>
        public int Resets { get; private set; }

        /// <summary>Whether the camera has switched itself off, and a press of the record button switches it on.</summary>
        public bool IsAsleep => _asleepUtc != null;

        /// <summary>Whether the power is on and the firmware could not be made: it shows that it cannot record, and may restart.</summary>
        public bool IsUnmade => _unmade != null || _restartUtc != null;

        private bool IsOn => _camera != null || _unmade != null;

        /// <inheritdoc/>
        public CameraStatus Status => _camera == null
                ? new CameraStatus { NowUs = NowUs, State = _unmade == null ? OperatingState.Off : OperatingState.Fault }
                : Snapshot(_camera);

        /// <inheritdoc/>
        public string PublicKey => Encoding.ASCII.GetString(PublicKeyText.Build(Firmware.Device));

        /// <inheritdoc/>
        public void Step()
        {
            if (_restartUtc != null)
            {
                Boot();
                Turned?.Invoke();
                return;
            }

            if (_unmade != null)
            {
                // As in Program.Main.
                try
                {
                    _unmade.Show(Parts.Clock.NowUs);
                    _unmade.Watch(Parts.Clock.NowUs);
                    Parts.Clock.Sleep(UnmadeTurnMs);
                }
                catch (RestartException restart)
                {
                    Restart(restart);
                }

                Turned?.Invoke();
                return;
            }

            if (_camera == null)
            {
                _beforeBootUs += OffTurnUs;
                return;
            }

            try
            {
                Parts.Clock.Sleep(_camera.Step());
                if (_ordersKey && _camera.KeyStatus != KeyStatus.Unknown)
                {
                    // The technician who sets the camera up. What it may make of the order is its own matter.
                    _camera.OrderKey();
                    _ordersKey = false;
                }
            }
            catch (RestartException restart)
            {
                Restart(restart);
                Boot();
            }
            catch (DeepSleepException)
            {
                FallAsleep();
            }

            Turned?.Invoke();
        }

        /// <inheritdoc/>
        public void RunUntil(long virtualUs)
        {
            while (NowUs < virtualUs)
            {
                Step();
            }
        }

        /// <inheritdoc/>
        public void Press(Button button)
        {
            Wake(button);
            if (!IsAsleep)
            {
                Parts.Machine.Apply(() => ButtonOf(button).Press());
            }
        }

        /// <inheritdoc/>
        public void Release(Button button)
        {
            if (!IsAsleep)
            {
                Parts.Machine.Apply(() => ButtonOf(button).Release());
            }
        }

        /// <inheritdoc/>
        public void Play(Button button, IReadOnlyList<GesturePart> gesture)
        {
            Wake(button);
            if (_camera == null)
            {
                return;
            }

            long at = Parts.Clock.NowUs;
            foreach (GesturePart part in gesture)
            {
                if (part.Down)
                {
                    ButtonOf(button).Hold(at, part.DurationUs);
                }

                at += part.DurationUs;
            }
        }

        /// <inheritdoc/>
        public void CutPower()
        {
            _asleepUtc = null;
            if (!IsOn)
            {
                return;
            }

            _beforeBootUs = NowUs;
            _camera = null;
            _unmade = null;
            Parts.Machine.SwitchOff();
            Line.Detach();
            _machine?.Dispose();
        }

        /// <inheritdoc/>
        public void SwitchOff()
        {
            _camera?.SwitchOff();
            CutPower();
        }

        /// <inheritdoc/>
        public void Boot()
        {
            if (IsOn)
            {
                return;
            }

            Parts = new VirtualBoardParts(
                ReferenceWiring.Make(),
                _options.Scene,
                _card,
                _flash,
                _options.Seed + (int)(_beforeBootUs & 0xFFFFFF)
            );
            if (_options.HasSecretKeys)
            {
                Parts.Machine.Entropy = new SystemEntropy();
            }

            Parts.Card.CapacityBytes = _options.CardMegabytes * 1_000_000L;
            Parts.Card.Times.WriteRate = _options.CardKilobytesPerSecond * 1_000L;
            Parts.Card.Times.StallEvery = _options.CardStallEvery;
            Parts.Battery.Millivolts = _millivolts;
            Parts.Sensor.Faults.Absent = !_sensorConnected;
            if (!_cardIn)
            {
                Parts.Card.Pull();
            }

            // The real-time clock of the board has no battery of its own: it is set once, not at each boot.
            if (!_booted && _options.Utc is DateTime utc)
            {
                Parts.Clock.UtcTicks = utc.Ticks;
            }

            if (_asleepUtc is long asleepTicks)
            {
                Parts.Clock.UtcTicks = asleepTicks + (_beforeBootUs - _asleepUs) * TimeSpan.TicksPerMicrosecond;
                Parts.Machine.WakeupCause = Sleep.WakeupCause.Ext0;
                _asleepUtc = null;
            }

            if (_restartUtc is long utcTicks)
            {
                Parts.Clock.UtcTicks = utcTicks;
                _restartUtc = null;
            }

            _booted = true;
            Parts.Machine.Uart.Attach(Line);
            Booting?.Invoke(Parts);
            _machine = Parts.Machine.Enter();
            IBoard board = new ReferenceBoard();
            board = Board == null ? board : Board(board);
            try
            {
                _camera = new Camera(board, Configuration());
            }
            catch (Exception e) when (e is not PowerCutException)
            {
                MakeFailed(board, e);
            }
        }

        /// <inheritdoc/>
        public void PullCard()
        {
            _cardIn = false;
            if (_camera != null)
            {
                Parts.Machine.Apply(Parts.Card.Pull);
            }
        }

        /// <inheritdoc/>
        public void InsertCard()
        {
            _cardIn = true;
            if (_camera != null)
            {
                Parts.Machine.Apply(() => Parts.Card.Insert());
            }
        }

        /// <inheritdoc/>
        public void ConnectSensor(bool connected)
        {
            _sensorConnected = connected;
            if (_camera != null)
            {
                Parts.Sensor.Faults.Absent = !connected;
            }
        }

        /// <inheritdoc/>
        public void SetBattery(int millivolts)
        {
            _millivolts = millivolts;
            if (_camera != null)
            {
                Parts.Battery.Millivolts = millivolts;
            }
        }

        /// <inheritdoc/>
        public void SetUtc(DateTime utc) => Firmware.SetClock((utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond, 0);

        /// <inheritdoc/>
        public void Dispose()
        {
            CutPower();
            (_card as IDisposable)?.Dispose();
            (_flash as IDisposable)?.Dispose();
            foreach (FolderLock held in _locks)
            {
                held.Dispose();
            }

            _locks = [];
        }

        // As in Program.Main.
        private void MakeFailed(IBoard board, Exception error)
        {
            _unmade = new LastFence(board);
            try
            {
                _unmade.Fall(FencedPart.Camera, ThrownBy.Of(error), 0, 0);
            }
            catch (RestartException restart)
            {
                Restart(restart);
            }
        }

        // The real-time clock runs on.
        private void FallAsleep()
        {
            long utcTicks = Parts.Clock.UtcTicks;
            _wakeupPins = Parts.Machine.WakeupPins;
            CutPower();
            _asleepUtc = utcTicks;
            _asleepUs = _beforeBootUs;
        }

        private void Wake(Button button)
        {
            if (IsAsleep && button == Button.Record && (_wakeupPins & DeepSleepPower.WakeupPin) != 0)
            {
                Boot();
            }
        }

        // The real-time clock runs on through a restart, and is lost in a reset.
        private void Restart(RestartException restart)
        {
            _restartUtc = restart.IsReset ? DateTime.UnixEpoch.Ticks : Parts.Clock.UtcTicks;
            CutPower();
            if (restart.IsReset)
            {
                Resets++;
                _beforeBootUs += VirtualSupervisor.ResetUs;
            }
        }

        private CameraConfiguration Configuration() =>
            new CameraConfiguration
            {
                PreEventSeconds = _options.PreEventSeconds,
                Size = _options.Size,
                IntervalMs = 1000 / _options.FramesPerSecond,
                SlotBytes = _options.SlotBytes,
                ContinueSeconds = _options.ContinueSeconds,
                Unit = _options.Unit,
                Recipients = _options.Recipients,
                Private = new PrivateFacts { Officer = _options.Officer },
            };

        private VirtualButton ButtonOf(Button button) => button == Button.Record ? Parts.RecordButton : Parts.EventButton;

        private CameraStatus Snapshot(Camera camera) =>
            new CameraStatus
            {
                NowUs = NowUs,
                State = (OperatingState)((int)camera.State + 1),
                Fault = FaultText(camera),
                Utc = camera.IsClockSet ? new DateTime(Parts.Clock.UtcTicks, DateTimeKind.Utc) : null,
                PreEventSeconds = camera.Ring.BufferedMs / 1000.0,
                Frames = camera.Pump.Captured,
                Drops = camera.Pump.DroppedNoMemory + camera.Pump.DroppedCorrupt,
                Recordings = camera.Recordings,
                RecordingNumber = camera.State is RecorderState.Recording or RecorderState.Closing ? camera.Recording?.Number : null,
                UnwrittenSeconds = UnwrittenMs(camera.Ring) / 1000.0,
                Markers = camera.Markers,
                SlotsFree = camera.Catalogue.FreeSlots,
                SlotsTotal = camera.Catalogue.Slots,
                IsMakingSlots = camera.IsMakingSlots,
                BatteryMillivolts = Parts.Battery.Millivolts,
                Red = Parts.Indicators.IsOn(Indicator.Red),
                Green = Parts.Indicators.IsOn(Indicator.Green),
                Vibration = Parts.Indicators.IsOn(Indicator.Vibration),
                Tone = Parts.Indicators.IsOn(Indicator.Tone),
            };

        /// <summary>Of so many pictures as wait for the card, the time that the newest took.</summary>
        private static long UnwrittenMs(FrameRing ring)
        {
            int last = ring.Next - 1;
            return ring.PinnedFrames == 0 ? 0 : ring.TimeMs(last) - ring.TimeMs(Math.Max(0, last - ring.PinnedFrames));
        }

        private static string? FaultText(Camera camera)
        {
            if (camera.Faults == RecorderFaults.None)
            {
                return null;
            }

            var text = new StringBuilder();
            if ((camera.Faults & RecorderFaults.Sensor) != 0)
            {
                text.Append("sensor: ").Append(camera.Pump.LastFault);
            }

            if ((camera.Faults & RecorderFaults.CardAbsent) != 0)
            {
                Separate(text).Append("no card");
            }

            if ((camera.Faults & RecorderFaults.Battery) != 0)
            {
                Separate(text).Append("battery empty");
            }

            if (camera.InternalFault.Length > 0)
            {
                Separate(text).Append(camera.InternalFault);
            }
            else if ((camera.Faults & RecorderFaults.Storage) != 0)
            {
                Separate(text).Append("card: ").Append(camera.CardStatus);
            }

            if ((camera.Faults & RecorderFaults.Buttons) != 0)
            {
                Separate(text).Append("buttons");
            }

            return text.ToString();
        }

        private static StringBuilder Separate(StringBuilder text) => text.Length == 0 ? text : text.Append(", ");
    }
}
