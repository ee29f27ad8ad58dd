// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using Lapel.App;
using Lapel.Hal;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.WholeCamera.Tests
{
    /// <summary>One turn of the loop: who is asked when, and that a press waits for one card operation at most.</summary>
    [TestClass]
    public sealed class LoopTableTests
    {
        private readonly List<string> _done = [];
        private readonly FixedClock _clock = new();

        [TestMethod]
        public void BetweenTwoCardOperationsTheButtonsAreLookedAt()
        {
            LoopTable loop = Table();
            loop.Add(Task("live"), TaskRule.EveryTurn, TaskCost.CardOperation);
            loop.Add(Task("log"), TaskRule.EveryTurn, TaskCost.CardOperation);
            loop.Turn();
            CollectionAssert.AreEqual(new[] { "buttons", "live", "buttons", "log" }, _done);
        }

        [TestMethod]
        public void WhatComputesBetweenTwoCardOperationsDoesNotStandForALookAtTheButtons()
        {
            LoopTable loop = Table();
            loop.Add(Task("live"), TaskRule.EveryTurn, TaskCost.CardOperation);
            loop.Add(Task("nonces"), TaskRule.EveryTurn, TaskCost.Slice);
            loop.Add(Task("pre-event"), TaskRule.EveryTurn, TaskCost.CardOperation);
            loop.Turn();
            CollectionAssert.AreEqual(new[] { "buttons", "live", "nonces", "buttons", "pre-event" }, _done);
        }

        [TestMethod]
        public void AGestureThatWasActedOnEndsTheTurn()
        {
            var buttons = new FakeTask("buttons", _done);
            var loop = new LoopTable(_clock, buttons, 4);
            var live = new FakeTask("live", _done) { Works = true };
            loop.Add(live, TaskRule.EveryTurn, TaskCost.CardOperation);
            loop.Add(Task("log"), TaskRule.EveryTurn, TaskCost.CardOperation);
            live.Stepped = () => buttons.Works = true;
            Assert.IsTrue(loop.Turn());
            CollectionAssert.AreEqual(new[] { "buttons", "live", "buttons" }, _done);
        }

        [TestMethod]
        public void WhoWasNotDueIsAskedAgainAfterItsPollAndWhoWorkedAtTheNextTurn()
        {
            const int PollUs = 2000;
            LoopTable loop = Table();
            var port = new FakeTask("port", _done);
            loop.Add(port, TaskRule.Beside, TaskCost.CardOperation, PollUs);
            port.Due = false;
            loop.Turn();
            port.Due = true;
            port.Works = true;
            _clock.Microseconds = PollUs - 1;
            loop.Turn();
            CollectionAssert.DoesNotContain(_done, "port");
            _clock.Microseconds = PollUs;
            loop.Turn();
            loop.Turn();
            Assert.AreEqual(2, _done.FindAll(name => name == "port").Count);
        }

        [TestMethod]
        public void AGestureWakesWhoWaits()
        {
            var buttons = new FakeTask("buttons", _done);
            var loop = new LoopTable(_clock, buttons, 4);
            var lights = new FakeTask("lights", _done) { Due = false };
            loop.Add(lights, TaskRule.Beside, TaskCost.Instant, 5000);
            loop.Turn();
            lights.Due = true;
            loop.Turn();
            CollectionAssert.DoesNotContain(_done, "lights");
            buttons.Works = true;
            loop.Turn();
            CollectionAssert.Contains(_done, "lights");
        }

        [TestMethod]
        public void WhoIsPolledWaitsLongerWhilePicturesAreWrittenButNotForEver()
        {
            const int PollUs = 2000;
            const int BusyUs = 40000;
            LoopTable loop = Table();
            loop.Add(Task("live"), TaskRule.EveryTurn, TaskCost.CardOperation);
            var port = new FakeTask("port", _done) { Due = false };
            loop.Add(port, TaskRule.Beside, TaskCost.CardOperation, PollUs);
            _clock.Microseconds = 1000000;
            loop.Turn();
            port.Due = true;
            _clock.Microseconds += PollUs + BusyUs - 1;
            loop.Turn();
            CollectionAssert.DoesNotContain(_done, "port");
            _clock.Microseconds++;
            loop.Turn();
            CollectionAssert.Contains(_done, "port");
        }

        private LoopTable Table() => new(_clock, new FakeTask("buttons", _done), 4);

        private FakeTask Task(string name) => new(name, _done) { Works = true };

        private sealed class FakeTask(string name, List<string> done) : ILoopTask
        {
            public bool Due { get; set; } = true;

            public bool Works { get; set; }

            public Action? Stepped { get; set; }

            public string Name => name;

            public bool IsDue(long nowUs) => Due;

            public bool Step(long nowUs)
            {
                done.Add(name);
                Stepped?.Invoke();
                return Works;
            }
        }

        private sealed class FixedClock : IClock
        {
            public long Microseconds { get; set; }

            public long UtcTicks => 0;

            public bool SetUtc(long utcTicks) => false;

            public void Sleep(int milliseconds) => Microseconds += milliseconds * 1000L;
        }
    }
}
