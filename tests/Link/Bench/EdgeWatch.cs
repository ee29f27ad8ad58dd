// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using Lapel.Hal;

namespace Lapel.Link.Tests
{
    /// <summary>Sees the edges of the buttons with the stamps that the firmware gets, at every boot of a camera.</summary>
    internal sealed class EdgeWatch
    {
        private readonly List<(Button Button, long AtUs)> _downs = new();
        private bool _isLastDown;

        public IBoard Watch(IBoard board)
        {
            _downs.Clear();
            return new WatchedBoard(board, new WatchedButtons(board.Buttons, this));
        }

        /// <summary>The stamp of a press, microseconds since power-on; null when the firmware has not taken its edge.</summary>
        /// <param name="button">The button.</param>
        /// <param name="pressedUs">When it went down: a stamp is never before its edge.</param>
        public long? Stamp(Button button, long pressedUs)
        {
            int found = _downs.FindIndex(down => down.Button == button && down.AtUs >= pressedUs);
            return found < 0 ? null : _downs[found].AtUs;
        }

        private void Took(ButtonEdge edge)
        {
            if (edge.EarlierUs > 0 && _isLastDown)
            {
                // The edge before was stamped too late, as is known now.
                _downs[^1] = _downs[^1] with { AtUs = _downs[^1].AtUs - edge.EarlierUs };
            }

            _isLastDown = edge.Down;
            if (edge.Down)
            {
                _downs.Add((edge.Button, edge.AtUs));
            }
        }

        private sealed class WatchedButtons(IButtons buttons, EdgeWatch watch) : IButtons
        {
            public int Overruns => buttons.Overruns;

            public bool TryTake(ButtonEdge edge)
            {
                if (!buttons.TryTake(edge))
                {
                    return false;
                }

                watch.Took(edge);
                return true;
            }

            public bool IsDown(Button button) => buttons.IsDown(button);
        }

        private sealed class WatchedBoard(IBoard board, IButtons buttons) : IBoard
        {
            public string Name => board.Name;

            public string Target => board.Target;

            public string Runtime => board.Runtime;

            public IClock Clock => board.Clock;

            public ICameraModule Camera => board.Camera;

            public ICard Card => board.Card;

            public IButtons Buttons => buttons;

            public IIndicators Indicators => board.Indicators;

            public IBattery Battery => board.Battery;

            public IEntropy Entropy => board.Entropy;

            public INatives Natives => board.Natives;

            public IInternalStore Store => board.Store;

            public ILink Link => board.Link;

            public ISupervisor Supervisor => board.Supervisor;

            public IPower Power => board.Power;

            public void Restart() => board.Restart();
        }
    }
}
