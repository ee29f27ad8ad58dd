// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using Lapel.Evidence;
using Lapel.Faults.Probe;
using Lapel.Hal;
using Lapel.Hal.Virtual;
using Lapel.Recorder;
using Camera = Lapel.VirtualCamera.VirtualCamera;

namespace Lapel.Faults
{
    /// <summary>One story with one failing call, and what must hold of it.</summary>
    internal sealed class FaultRun : ISectorObserver
    {
        private const int Seed = 71;

        // From the fault to a camera that records or buffers again, or shows that it cannot.
        private const long BackUs = 30_000_000;

        // A camera that says that it records has brought something to the card within this: a fragment is 1 s, a slow operation 0.5 s.
        private const long IdleUs = 5_000_000;

        // A single fault is looked at for so long, and the rest of the story is left out when the camera is well then.
        private const long LookedAtUs = 10_000_000;

        // Calls that throw within a second, at most: more is a loop without a pause.
        private const int MostThrownASecond = 40;

        private readonly Fault? _fault;
        private readonly FaultPlan _plan;
        private readonly MemoryMedium _card = new();
        private readonly MemoryMedium _flash = new();
        private readonly Camera _camera;
        private MemorySnapshot? _atFault;
        private long _faultUs = -1;
        private long _slotWriteUs;
        private long _recordingSinceUs = -1;
        private long _secondUs;
        private int _thrownBefore;
        private bool _isPlayed;
        private int _resets;
        private Action<string>? _told;
        private string _state = "";
        private string? _wrong;

        private FaultRun(IStory story, Fault? fault, FaultPlan plan)
        {
            _fault = fault;
            _plan = plan;
            if (story.Card != null)
            {
                _card.Restore(story.Card);
                _flash.Restore(story.Flash!);
            }

            plan.OnFirst = () =>
            {
                _atFault = _card.TakeSnapshot();
                _faultUs = _camera!.NowUs;
            };
            _camera = Camera.Make(RoomyCamera.Options(Seed), _card, _flash);
            _camera.Board = board =>
            {
                AllocationProbe.Allocating = plan.Allocate;
                return new FaultyBoard(board, plan);
            };
            _camera.Booting = parts => parts.Card.Observer = this;
            _camera.Turned = Watch;
        }

        /// <summary>The members that a story calls, in order.</summary>
        public static List<string> Calls(IStory story)
        {
            var names = new List<string>();
            var run = new FaultRun(story, null, new FaultPlan { Names = names });
            using (run._camera)
            {
                run._camera.Boot();
                story.Play(run._camera);
            }

            AllocationProbe.Allocating = null;
            return names;
        }

        /// <summary>The methods that a story allocates in, in order: in its second run, when what is made once is there.</summary>
        public static List<string> Allocations(IStory story)
        {
            Calls(story);
            var methods = new List<string>();
            var run = new FaultRun(story, null, new FaultPlan { Allocating = methods });
            using (run._camera)
            {
                run._camera.Boot();
                story.Play(run._camera);
            }

            AllocationProbe.Allocating = null;
            return methods;
        }

        /// <summary>Makes one fault.</summary>
        /// <param name="fault">The fault.</param>
        /// <param name="told">Takes each change of the camera's state, with its time; null for nothing.</param>
        public static FaultOutcome Make(Fault fault, Action<string>? told = null)
        {
            var plan = new FaultPlan
            {
                At = fault.IsAllocation ? 0 : fault.Call,
                AtAllocation = fault.IsAllocation ? fault.Call : 0,
                Kind = fault.Kind,
                IsForEver = fault.IsForEver,
            };
            var run = new FaultRun(fault.Story, fault, plan) { _told = told };
            try
            {
                using (run._camera)
                {
                    return run.Play();
                }
            }
            catch (Exception error)
            {
                return new FaultOutcome { Wrong = "the loop ended: " + error, HasEnded = true };
            }
            finally
            {
                AllocationProbe.Allocating = null;
            }
        }

        public void BeforeWrite(string path, long sector, ReadOnlySpan<byte> data512)
        {
            if (path.EndsWith(".MP4", StringComparison.Ordinal))
            {
                _slotWriteUs = _camera.NowUs;
            }
        }

        private FaultOutcome Play()
        {
            Fault fault = _fault!;
            _camera.Boot();
            try
            {
                fault.Story.Play(_camera);
            }
            catch (StoryOverException)
            {
                // The fault is long over, and the camera is well.
            }

            _isPlayed = true;
            if (_faultUs < 0)
            {
                return new FaultOutcome { Wrong = "the call did not come" };
            }

            // It ends as soon as the camera is well: what a fault for ever does needs the whole time to show.
            while (_camera.NowUs < _faultUs + BackUs && (fault.IsForEver || !IsWell))
            {
                _camera.Step();
            }

            if (fault.Kind == FaultKind.Hang ? _camera.Resets != 1 : _camera.Resets > 0)
            {
                _wrong ??= $"the watchdog has reset the camera {_camera.Resets} times";
            }

            RecorderState state = State;
            bool isDeaf = fault.IsForEver && _plan.Failing is "Buttons.TryTake" or "Buttons.Overruns";
            if (isDeaf && !_camera.IsUnmade && (_camera.Firmware.Faults & RecorderFaults.Buttons) == 0)
            {
                _wrong ??= $"presses do nothing, and the camera is {state} ({FaultText})";
            }

            bool cannot = state == RecorderState.Fault;
            if (!IsWell && !cannot)
            {
                _wrong ??= $"{(_camera.NowUs - _faultUs) / 1000} ms after the fault the camera is {state} ({FaultText})";
            }
            else if (cannot && !fault.IsForEver && !HasNoKey)
            {
                // What failed once is over: nothing keeps it from recording but a key that was not made, which is ordered anew.
                _wrong ??= $"a single fault, and it cannot record: {FaultText}";
            }

            _plan.IsOver = true;
            AllocationProbe.Allocating = null;
            _camera.CutPower();
            if (_wrong == null)
            {
                _wrong = FaultJudge.Check(fault.Story, _card, _flash, _atFault!);
            }

            return new FaultOutcome
            {
                Wrong = _wrong == null ? null : _plan.Failing + ": " + _wrong,
                Failing = _plan.Failing,
                CannotRecord = cannot,
            };
        }

        private RecorderState State => _camera.IsUnmade ? RecorderState.Fault : _camera.Firmware.State;

        private bool HasNoKey => !_camera.IsUnmade && _camera.Firmware.KeyStatus == KeyStatus.NoKey;

        // The question goes through the board, and is no call of the camera's.
        private string FaultText => _plan.Aside(() => _camera.Status.Fault ?? "no fault");

        private bool IsWell => State is RecorderState.Buffering or RecorderState.Recording;

        // What the camera claims, at each turn of its loop.
        private void Watch()
        {
            long now = _camera.NowUs;
            Tell(now);
            if (_camera.Resets > _resets)
            {
                // What is to hold within a time holds from the reset.
                _resets = _camera.Resets;
                _faultUs = now;
            }

            if (_camera.IsUnmade)
            {
                return;
            }

            if (!_isPlayed && _fault is { IsForEver: false } && _faultUs >= 0 && now - _faultUs > LookedAtUs && IsWell)
            {
                throw new StoryOverException();
            }

            bool records = _camera.Firmware.State == RecorderState.Recording && _camera.Firmware.Faults == RecorderFaults.None;
            if (!records)
            {
                _recordingSinceUs = -1;
            }
            else if (_recordingSinceUs < 0)
            {
                _recordingSinceUs = now;
                _slotWriteUs = now;
            }
            else if (now - _slotWriteUs > IdleUs)
            {
                _wrong ??= "it says that it records, and brings nothing to the card";
            }

            if (now - _secondUs < 1_000_000)
            {
                return;
            }

            if (_plan.Thrown - _thrownBefore > MostThrownASecond)
            {
                _wrong ??= $"{_plan.Thrown - _thrownBefore} faults in a second: a loop without a pause";
            }

            _thrownBefore = _plan.Thrown;
            _secondUs = now;
        }

        private void Tell(long nowUs)
        {
            if (_told == null)
            {
                return;
            }

            string state = _camera.IsUnmade ? "unmade" : $"{State} ({FaultText}), {_camera.Resets} resets";
            if (state != _state)
            {
                _state = state;
                _told($"{nowUs / 1000} ms ({(_faultUs < 0 ? "before" : _plan.Failing)}, {_plan.Thrown} thrown): {state}");
            }
        }

        private sealed class StoryOverException : Exception;
    }
}
