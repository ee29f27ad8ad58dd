// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Lapel.Hal;
using Lapel.Hal.Virtual;
using Lapel.Verify;
using Lapel.VirtualCamera;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Engine = Lapel.VirtualCamera.VirtualCamera;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>A whole camera in virtual time on media in memory, and the hands that handle it.</summary>
    internal sealed class Bench : IDisposable
    {
        /// <summary>A press of an ordinary finger, microseconds.</summary>
        public const long TapUs = 90_000;

        /// <summary>From the first to the second press of a double press, microseconds.</summary>
        public const long DoubleUs = 250_000;

        /// <summary>A hold that stops: the 3 s asked for and a little.</summary>
        public const long HoldUs = 3_200_000;

        private readonly List<(long FromUs, long ToUs)> _sensorOut = [];

        private long _busyUntilUs;

        /// <summary>A camera switched on, its card still being made.</summary>
        public Bench(
            Func<VirtualCameraOptions, VirtualCameraOptions>? with = null,
            IMedium? card = null,
            IMedium? flash = null,
            IScene? scene = null,
            bool keepBytes = false
        )
        {
            Options = new VirtualCameraOptions("", "", scene ?? new NoiseScene())
            {
                CardMegabytes = 48,
                SlotBytes = 1 << 20,
                PreEventSeconds = 5,
                ContinueSeconds = 0,
            };
            if (with != null)
            {
                Options = with(Options);
            }

            Card = card ?? new MemoryMedium();
            Flash = flash ?? new MemoryMedium();
            KeepBytes = keepBytes;
            Camera = Engine.Open(Options, Card, Flash);
            Parts.Sensor.Log.KeepBytes = keepBytes;
        }

        public VirtualCameraOptions Options { get; }

        public IMedium Card { get; }

        public IMedium Flash { get; }

        public Engine Camera { get; }

        public bool KeepBytes { get; }

        public VirtualBoardParts Parts => Camera.Parts;

        /// <summary>Virtual time since this boot, microseconds.</summary>
        public long NowUs => Parts.Clock.NowUs;

        public OperatingState State => Camera.Status.State;

        /// <summary>What the chip took since this boot.</summary>
        public IReadOnlyList<MegaPicture> Pictures => Parts.Sensor.Log.Pictures;

        /// <summary>Turns of the loop for so long.</summary>
        public void Run(double seconds) => Camera.RunUntil(Camera.NowUs + (long)(seconds * 1e6));

        /// <summary>Turns until the camera is in a state; fails when it takes longer than so many seconds.</summary>
        public void Until(OperatingState state, double limitSeconds = 60)
        {
            long limit = Camera.NowUs + (long)(limitSeconds * 1e6);
            while (State != state)
            {
                if (Camera.NowUs > limit)
                {
                    Assert.Fail($"after {limitSeconds} s the camera is {State} ({Camera.Status.Fault}), wanted {state}");
                }

                Camera.Step();
            }
        }

        /// <summary>Waits for the camera to be up, its card with all its slots, and then for so many seconds of pre-event.</summary>
        public void Ready(double seconds = 0)
        {
            Until(OperatingState.Buffering);
            for (long limit = NowUs + 600_000_000; Camera.Status.IsMakingSlots;)
            {
                Assert.IsLessThan(limit, NowUs, "the card does not get all its slots");
                Camera.Step();
            }

            if (seconds > 0)
            {
                Run(seconds);
            }
        }

        /// <summary>A double press that begins now; returns when its second press goes down, microseconds since boot.</summary>
        public long DoublePress()
        {
            long at = NowUs;
            Parts.RecordButton.Hold(at, TapUs);
            Parts.RecordButton.Hold(at + DoubleUs, TapUs);
            return at + DoubleUs;
        }

        /// <summary>A double press that begins at a time, unless one is already on its way.</summary>
        public void DoublePressOnce(long atUs)
        {
            if (NowUs < _busyUntilUs)
            {
                return;
            }

            Parts.RecordButton.Hold(atUs, TapUs);
            Parts.RecordButton.Hold(atUs + DoubleUs, TapUs);
            _busyUntilUs = atUs + DoubleUs + TapUs;
        }

        /// <summary>A hold that begins at a time, unless something is already on its way.</summary>
        public void HoldOnce(long atUs)
        {
            if (NowUs < _busyUntilUs)
            {
                return;
            }

            Parts.RecordButton.Hold(atUs, HoldUs);
            _busyUntilUs = atUs + HoldUs;
        }

        /// <summary>Starts a recording and waits until it runs.</summary>
        public long Start()
        {
            long pressed = DoublePress();
            Until(OperatingState.Recording, 1);
            while (NowUs < pressed + TapUs)
            {
                Camera.Step();
            }

            return pressed;
        }

        /// <summary>A tap that begins now.</summary>
        public void Tap(Button button = Button.Record) =>
            (button == Button.Record ? Parts.RecordButton : Parts.EventButton).Hold(NowUs, TapUs);

        /// <summary>A hold that begins now; returns when it takes effect.</summary>
        public long Hold()
        {
            Parts.RecordButton.Hold(NowUs, HoldUs);
            return NowUs + 3_000_000;
        }

        /// <summary>Stops the recording and waits until all of it is on the card.</summary>
        public long Stop(double limitSeconds = 120)
        {
            long stopped = Hold();
            while (NowUs < stopped - 3_000_000 + HoldUs)
            {
                Camera.Step();
            }

            Until(OperatingState.Buffering, limitSeconds);
            return stopped;
        }

        /// <summary>Types at the service port and reads until the camera has been silent for a while.</summary>
        public string Type(string text, double silentSeconds = 0.3)
        {
            Camera.Line.Send(Encoding.Latin1.GetBytes(text));
            var answer = new StringBuilder();
            long silentUs = Camera.NowUs;
            while (Camera.NowUs - silentUs < (long)(silentSeconds * 1e6))
            {
                Camera.Step();
                byte[] bytes = Camera.Line.Receive();
                if (bytes.Length == 0)
                {
                    continue;
                }

                answer.Append(Encoding.Latin1.GetString(bytes));
                silentUs = Camera.NowUs;
            }

            return answer.ToString();
        }

        /// <summary>Whether the sensor is connected.</summary>
        public bool SensorConnected { get; private set; } = true;

        /// <summary>Connects or disconnects the sensor.</summary>
        public void ConnectSensor(bool connected)
        {
            SensorConnected = connected;
            if (connected)
            {
                _sensorOut[^1] = (_sensorOut[^1].FromUs, NowUs);
            }
            else
            {
                _sensorOut.Add((NowUs, long.MaxValue));
            }

            Camera.ConnectSensor(connected);
        }

        /// <summary>
        /// Whether a picture may be missing: the sensor went away before it was read out, which takes at most half a second.
        /// </summary>
        public bool MayMiss(MegaPicture picture) =>
            _sensorOut.Any(o => o.FromUs <= picture.DoneUs + 500_000 && o.ToUs >= picture.CommandedUs);

        /// <summary>What lies on the card.</summary>
        public StoredCard Stored() => new(Card);

        /// <summary>What the verifier says of each recording.</summary>
        public IReadOnlyList<RecordingResult> Judge() => Verdicts.Of(Stored(), Camera.PublicKey);

        /// <summary>The power goes and comes back after a second.</summary>
        public void Reboot()
        {
            RequireFiveFiles();
            Camera.CutPower();
            Camera.RunUntil(Camera.NowUs + 1_000_000);
            Camera.Boot();
            Parts.Sensor.Log.KeepBytes = KeepBytes;
        }

        public void Dispose()
        {
            RequireFiveFiles();
            Camera.Dispose();
        }

        private void RequireFiveFiles() => Assert.AreEqual(0, Parts.Card.RefusedOpens, "a sixth file was to be opened");
    }
}
