// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Faults
{
    /// <summary>
    /// A board each call of which may throw, as the plan says. What reads a register cannot throw on the runtime and is passed on: the
    /// monotonic clock, names, the end of the power.
    /// </summary>
    internal sealed class FaultyBoard(IBoard board, FaultPlan plan) : IBoard
    {
        public string Name => board.Name;

        public string Target => board.Target;

        public string Runtime => board.Runtime;

        public IClock Clock { get; } = new FaultyClock(board.Clock, plan);

        public ICameraModule Camera { get; } = new FaultyCamera(board.Camera, plan);

        public ICard Card { get; } = new FaultyCard(board.Card, plan);

        public IButtons Buttons { get; } = new FaultyButtons(board.Buttons, plan);

        public IIndicators Indicators { get; } = new FaultyIndicators(board.Indicators, plan);

        public IBattery Battery { get; } = new FaultyBattery(board.Battery, plan);

        public IEntropy Entropy { get; } = new FaultyEntropy(board.Entropy, plan);

        public INatives Natives { get; } = new FaultyNatives(board.Natives, plan);

        public IInternalStore Store { get; } = new FaultyStore(board.Store, plan);

        public ILink Link { get; } = new FaultyLink(board.Link, plan);

        public ISupervisor Supervisor => board.Supervisor;

        public IPower Power => board.Power;

        public void Restart() => board.Restart();

        private sealed class FaultyClock(IClock clock, FaultPlan plan) : IClock
        {
            public long Microseconds => clock.Microseconds;

            public long UtcTicks
            {
                get
                {
                    plan.Call("Clock.UtcTicks");
                    return clock.UtcTicks;
                }
            }

            public bool SetUtc(long utcTicks)
            {
                plan.Call("Clock.SetUtc");
                return clock.SetUtc(utcTicks);
            }

            public void Sleep(int milliseconds) => clock.Sleep(milliseconds);
        }

        private sealed class FaultyButtons(IButtons buttons, FaultPlan plan) : IButtons
        {
            public int Overruns
            {
                get
                {
                    plan.Call("Buttons.Overruns");
                    return buttons.Overruns;
                }
            }

            public bool TryTake(ButtonEdge edge)
            {
                plan.Call("Buttons.TryTake");
                return buttons.TryTake(edge);
            }

            public bool IsDown(Button button)
            {
                plan.Call("Buttons.IsDown");
                return buttons.IsDown(button);
            }
        }

        private sealed class FaultyIndicators(IIndicators indicators, FaultPlan plan) : IIndicators
        {
            public void Set(Indicator indicator, bool on)
            {
                plan.Call("Indicators.Set");
                indicators.Set(indicator, on);
            }

            public bool IsOn(Indicator indicator)
            {
                plan.Call("Indicators.IsOn");
                return indicators.IsOn(indicator);
            }
        }

        private sealed class FaultyBattery(IBattery battery, FaultPlan plan) : IBattery
        {
            public int Millivolts()
            {
                plan.Call("Battery.Millivolts");
                return battery.Millivolts();
            }
        }

        private sealed class FaultyEntropy(IEntropy entropy, FaultPlan plan) : IEntropy
        {
            public void Fill(byte[] buffer)
            {
                plan.Call("Entropy.Fill");
                entropy.Fill(buffer);
            }
        }
    }
}
