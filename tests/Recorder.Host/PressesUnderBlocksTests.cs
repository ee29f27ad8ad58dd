// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Device.Gpio;
using System.Linq;
using Lapel.Hal;
using Lapel.Hal.Esp32;
using Lapel.Hal.Virtual;
using Lapel.Tests;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Recorder.Host.Tests
{
    /// <summary>
    /// Fingers on the virtual pins, the board's driver and the decoder, while native calls hold up the loop: what an officer means is what
    /// is decoded, from 100 ms after the pins are open.
    /// </summary>
    [TestClass]
    public sealed class PressesUnderBlocksTests
    {
        private const int RecordPin = 1;
        private const int EventPin = 2;
        private const int LongestBlockUs = 500_000;

        [TestMethod]
        [TestCategory(TestSize.Sweep)]
        [DataRow(0)]
        [DataRow(100_000)]
        [DataRow(200_000)]
        [DataRow(300_000)]
        [DataRow(LongestBlockUs)]
        public void WhatIsMeantIsDecoded(int longestBlockUs)
        {
            int trains = TestSize.Of(200, 10_000);
            var wrong = new List<string>();
            for (int seed = 1; seed <= trains; seed++)
            {
                (List<string> meant, List<string> decoded) = Play(seed, longestBlockUs);
                if (!meant.SequenceEqual(decoded))
                {
                    wrong.Add($"seed {seed}: meant {string.Join(", ", meant)}; decoded {string.Join(", ", decoded)}");
                }
            }

            Console.WriteLine($"presses under blocks of up to {longestBlockUs / 1000} ms: {trains} trains, {wrong.Count} decided wrongly");
            Assert.IsEmpty(wrong, string.Join(Environment.NewLine, wrong.Take(5)));
        }

        private static (List<string> Meant, List<string> Decoded) Play(int seed, int longestBlockUs)
        {
            var random = new Random(seed);
            var machine = new VirtualMachine(seed);
            using IDisposable scope = machine.Enter();
            var buttons = new GpioButtons(new GpioController(), RecordPin, EventPin);
            var fingers = new Fingers(machine, random);
            List<string> meant = fingers.Mean();
            var decoder = new GestureDecoder(buttons, new PressLog(PressLog.DefaultCapacity));
            var gesture = new GestureEvent();
            var decoded = new List<string>();
            bool isRecording = false;
            while (machine.Clock.NowUs < fingers.EndUs)
            {
                decoder.TapAtOnce = isRecording;
                decoder.Step(machine.Clock.NowUs);
                while (decoder.TryTake(gesture))
                {
                    string? action = Action(gesture, ref isRecording);
                    decoder.TapAtOnce = isRecording;
                    if (action != null)
                    {
                        decoded.Add(action);
                    }
                }

                // A loop at work: short calls, and now and then one that holds up everything.
                machine.RunNative(random.Next(4) == 0 ? random.Next(longestBlockUs + 1) : random.Next(2_000));
                machine.Clock.Sleep(random.Next(2) == 0 ? 0 : 10);
            }

            Assert.AreEqual(0, decoder.MadeUp, "seed " + seed);
            return (meant, decoded);
        }

        private static string? Action(GestureEvent gesture, ref bool isRecording)
        {
            switch (gesture.Kind)
            {
                case GestureKind.DoublePress when !isRecording:
                    isRecording = true;
                    return "start";
                case GestureKind.Hold when isRecording && gesture.Button == Button.Record:
                    isRecording = false;
                    return "stop";
                case GestureKind.Tap when isRecording:
                    return "mark " + gesture.Button;
                default:
                    return null;
            }
        }

        /// <summary>A person's hands: times as people have them, contacts that bounce.</summary>
        private sealed class Fingers
        {
            private readonly VirtualMachine _machine;
            private readonly Random _random;

            public Fingers(VirtualMachine machine, Random random)
            {
                _machine = machine;
                _random = random;
                EndUs = 100_000 + random.Next(400_000);
            }

            /// <summary>When everything is over and decided, microseconds.</summary>
            public long EndUs { get; private set; }

            /// <summary>Presses for a while; returns what was meant by it.</summary>
            public List<string> Mean()
            {
                var meant = new List<string>();
                for (int recordings = _random.Next(1, 3); recordings > 0; recordings--)
                {
                    Press(RecordPin, 60, 200);
                    Pause(80, 380);
                    Press(RecordPin, 60, 200);
                    meant.Add("start");
                    for (int marks = _random.Next(5); marks > 0; marks--)
                    {
                        Pause(600, 2_000);
                        Mark(meant);
                    }

                    Pause(600, 2_000);
                    Press(RecordPin, 3_100, 4_500);
                    meant.Add("stop");
                    Pause(700, 2_000);
                }

                EndUs += 2_000_000;
                return meant;
            }

            private void Mark(List<string> meant)
            {
                switch (_random.Next(3))
                {
                    case 0:
                        Press(RecordPin, 50, 900);
                        meant.Add("mark Record");
                        break;
                    case 1:
                        Press(EventPin, 50, 900);
                        meant.Add("mark Event");
                        break;
                    default:
                        // Neither a tap nor a hold: it means nothing, and above all no stop.
                        Press(RecordPin, 1_100, 2_900);
                        break;
                }
            }

            private void Pause(int fromMs, int toMs) => EndUs += _random.Next(fromMs * 1000, toMs * 1000);

            private void Press(int pin, int fromMs, int toMs)
            {
                Edge(pin, down: true);
                Pause(fromMs, toMs);
                Edge(pin, down: false);
            }

            private void Edge(int pin, bool down)
            {
                long atUs = EndUs;
                At(pin, atUs, down);
                for (int bounces = _random.Next(3); bounces > 0; bounces--)
                {
                    atUs += _random.Next(100, 2_000);
                    At(pin, atUs, !down);
                    atUs += _random.Next(100, 2_000);
                    At(pin, atUs, down);
                }
            }

            private void At(int pin, long atUs, bool down) =>
                _machine.Clock.At(atUs, () => _machine.Pins[pin].Drive(down ? false : null));
        }
    }
}
