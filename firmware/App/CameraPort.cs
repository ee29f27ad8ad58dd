// SPDX-License-Identifier: MIT

using Lapel.Custody;
using Lapel.Hal;
using Lapel.Service;

namespace Lapel.App
{
    /// <summary>The service port of the camera: its lanes wired to what they may ask.</summary>
    public sealed class CameraPort : ILoopTask
    {
        // The 128 bytes of the transmitter take 11 ms at the slowest rate; the rest is for the bridge behind it.
        private const long QuietUs = 50000;

        private readonly IBoard _board;
        private readonly ServiceOutput _output;
        private readonly CameraService _service;
        private readonly AccessControl _access;
        private readonly ServicePort _port;
        private readonly SmpServer _smp;
        private long _restartUs;

        /// <summary>Wires the port.</summary>
        /// <param name="service">What the lanes may ask.</param>
        /// <param name="parts">The camera's parts.</param>
        /// <param name="statistics">Told of the port, whose statistics it shows.</param>
        public CameraPort(CameraService service, CameraParts parts, CameraStatistics statistics)
        {
            _board = parts.Board;
            _service = service;
            _access = parts.Access;
            _output = new ServiceOutput(_board.Link);
            SelfTest = new SelfTest(service, SelfTestItems());
            Console console = new Console(service, _output, Commands(_access, parts.Tail));
            _smp = new SmpServer(service, _access, _board.Link, _output, console);
            _port = new ServicePort(_board.Link, _output, console, _smp);
            statistics.SetPort(_port, _smp, _output);
        }

        /// <inheritdoc/>
        public string Name
        {
            get { return "port"; }
        }

        /// <summary>The self-test, which has a task of its own.</summary>
        public SelfTest SelfTest { get; }

        /// <inheritdoc/>
        public bool IsDue(long nowUs)
        {
            return _port.IsDue(nowUs) || _service.IsRestartAsked || _access.IsRotationOrdered;
        }

        /// <summary>One step. True when it worked. Does not return when a restart is due.</summary>
        /// <param name="nowUs">Monotonic microseconds.</param>
        public bool Step(long nowUs)
        {
            bool worked = _port.Step(nowUs);
            if (_access.IsRotationOrdered)
            {
                _service.RequestRestart(false);
            }

            if (!worked && _service.IsRestartDue)
            {
                StepRestart(nowUs);
            }

            return worked;
        }

        // Whoever asked for it gets the answer first.
        private void StepRestart(long nowUs)
        {
            if (!_output.IsEmpty || _board.Link.IsSending)
            {
                _restartUs = nowUs + QuietUs;
            }
            else if (_restartUs == 0)
            {
                _restartUs = nowUs + QuietUs;
            }
            else if (nowUs >= _restartUs)
            {
                _service.Restart(nowUs, _access);
            }
        }

        /// <summary>Whether the camera is in a dock.</summary>
        public bool IsDocked(long nowUs)
        {
            return _smp.IsDocked(nowUs);
        }

        private static SelfTestItem[] SelfTestItems()
        {
            return new SelfTestItem[]
            {
                new SensorTest(),
                new CardTest(),
                new ButtonTest(),
                new IndicatorTest(),
                new BatteryTest(),
                new ClockTest(),
                new NativesTest(),
                new SignatureTest(),
                new EntropyTest(),
                new MemoryTest(),
                new StorageTest(),
            };
        }

        private ConsoleCommand[] Commands(AccessControl access, AuditTail tail)
        {
            return new ConsoleCommand[]
            {
                new VersionCommand(),
                new StatusCommand(access),
                new SelfTestCommand(SelfTest),
                new LogCommand(tail),
                new StatisticsCommand("rec", "recorder", "figures of the recorder"),
                new StatisticsCommand("card", "card", "figures of the card"),
                new StatisticsCommand("bat", "battery", "the battery"),
                new StatisticsCommand("link", "link", "figures of this port"),
                new MemoryCommand(),
                new ListCommand(),
                new DateCommand(access),
                new KeyCommand(),
                new ConfigCommand(access),
                new LoginCommand(access),
                new LogoutCommand(access),
                new RebootCommand(access),
            };
        }
    }
}
