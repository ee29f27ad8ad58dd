// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using Lapel.Hal.Virtual;

namespace Lapel.Faults
{
    /// <summary>Counts the calls through hal/ and lets one of them throw, once, or that one and every later one like it.</summary>
    internal sealed class FaultPlan
    {
        private const int LongestHangSeconds = 120;

        private string? _failing;
        private int _allocations;
        private bool _isAside;
        private string? _pending;

        /// <summary>Calls so far.</summary>
        public int Calls { get; private set; }

        /// <summary>The call that throws, from 1; 0: none.</summary>
        public int At { get; init; }

        /// <summary>The allocation that fails, from 1; 0: none.</summary>
        public int AtAllocation { get; init; }

        /// <summary>What it throws.</summary>
        public FaultKind Kind { get; init; }

        /// <summary>Whether every later call of the same member throws too.</summary>
        public bool IsForEver { get; init; }

        /// <summary>The member of each call, when set.</summary>
        public List<string>? Names { get; init; }

        /// <summary>The method of each allocation, when set.</summary>
        public List<string>? Allocating { get; init; }

        /// <summary>Called when the first one is about to throw.</summary>
        public Action? OnFirst { get; set; }

        /// <summary>How often something was thrown.</summary>
        public int Thrown { get; private set; }

        /// <summary>Whether the plan is over: nothing throws any more.</summary>
        public bool IsOver { get; set; }

        /// <summary>The member that throws; null before the first time.</summary>
        public string? Failing => _failing;

        /// <summary>A question of whoever watches: its calls neither count nor throw.</summary>
        public T Aside<T>(Func<T> question)
        {
            _isAside = true;
            try
            {
                return question();
            }
            finally
            {
                _isAside = false;
            }
        }

        /// <summary>A call begins.</summary>
        public void Call(string name)
        {
            if (_isAside)
            {
                return;
            }

            Calls++;
            Names?.Add(name);
            bool isFirst = Calls == At;
            if (IsOver || !(isFirst || (IsForEver && ReferenceEquals(_failing, name))))
            {
                return;
            }

            if (isFirst)
            {
                OnFirst?.Invoke();
                _failing = name;
            }

            if (Kind == FaultKind.AfterEffect)
            {
                _pending = name;
                return;
            }

            Throw(name);
        }

        /// <summary>The device code is about to allocate.</summary>
        public void Allocate(string method)
        {
            if (_isAside || IsOver)
            {
                return;
            }

            Allocating?.Add(method);
            if (++_allocations == AtAllocation)
            {
                OnFirst?.Invoke();
                _failing = method;
                Thrown++;
                throw new OutOfMemoryException("injected in " + method);
            }
        }

        /// <summary>A call that can take effect has done so.</summary>
        public void Done()
        {
            if (_pending is string name)
            {
                _pending = null;
                Throw(name);
            }
        }

        /// <summary>The same, for a call that answers.</summary>
        public T Done<T>(T answer)
        {
            Done();
            return answer;
        }

        private void Throw(string name)
        {
            Thrown++;
            if (Kind == FaultKind.Hang)
            {
                Hang();
            }

            throw FaultKinds.Make(Kind, name);
        }

        // The watchdog's reset comes out of it.
        private static void Hang()
        {
            for (int s = 0; s < LongestHangSeconds; s++)
            {
                VirtualMachine.Current.RunNative(1_000_000);
            }

            throw new InvalidOperationException("nothing ends a call that never returns");
        }
    }
}
