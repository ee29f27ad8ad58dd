// SPDX-License-Identifier: MIT

using Lapel.Custody;
using Lapel.Evidence;
using Lapel.Hal;
using Lapel.Service;

namespace Lapel.App
{
    /// <summary>The service port of the camera: its lanes wired to what they may ask.</summary>
    public sealed class CameraPort : ILoopTask
    {
        // The 128 bytes of the transmitter take 11 ms at the slowest rate; the rest is for the bridge behind it.
        private const long QuietUs = 50000;

        // The rate after power-on (PROTOCOL.md), which a host comes back to when it hears nothing.
        private const int FirstBaud = 115200;

        private readonly IBoard _board;
        private readonly CameraParts _parts;
        private readonly CameraStatistics _statistics;
        private readonly CameraService _service;
        private readonly AccessControl _access;
        private ServiceOutput _output;
        private ServicePort _port;
        private SmpServer _smp;
        private long _restartUs;
        private bool _isBroken;

        /// <summary>Wires the port.</summary>
        /// <param name="service">What the lanes may ask.</param>
        /// <param name="parts">The camera's parts.</param>
        /// <param name="statistics">Told of the port, whose statistics it shows.</param>
        public CameraPort(CameraService service, CameraParts parts, CameraStatistics statistics)
        {
            _board = parts.Board;
            _parts = parts;
            _statistics = statistics;
            _service = service;
            _access = parts.Access;
            SelfTest = new SelfTest(service, SelfTestItems());
            Build();
        }

        /// <inheritdoc/>
        public string Name
        {
            get { return "port"; }
        }

        /// <summary>The self-test, which has a task of its own.</summary>
        public SelfTest SelfTest { get; }

        /// <summary>
        /// Something threw in the middle: with the next step the port is made anew, as at power-on. Who was logged in is so no more, and a
        /// self-test is over.
        /// </summary>
        public void BreakOff()
        {
            _isBroken = true;
        }

        /// <inheritdoc/>
        public bool IsDue(long nowUs)
        {
            return _isBroken || _port.IsDue(nowUs) || _service.IsRestartAsked || _access.IsRestartOrdered;
        }

        /// <summary>One step. True when it worked. Does not return when a restart is due.</summary>
        /// <param name="nowUs">Monotonic microseconds.</param>
        public bool Step(long nowUs)
        {
            if (_isBroken)
            {
                BeginAnew();
            }

            bool worked = _port.Step(nowUs);
            if (_access.IsRestartOrdered)
            {
                _service.RequestRestart(false);
            }

            if (!worked && _service.IsRestartDue)
            {
                StepRestart(nowUs);
            }

            return worked;
        }

        private void BeginAnew()
        {
            SelfTest.BreakOff();
            _access.Logout();
            _parts.Store.Files.Leave(FileUse.Port);
            _parts.Feedback.MistrustLights();
            Build();
            if (_board.Link.Baud != FirstBaud)
            {
                _board.Link.SetBaud(FirstBaud);
            }

            _isBroken = false;
        }

        private void Build()
        {
            _output = new ServiceOutput(_board.Link);
            Console console = new Console(_service, _output, Commands(_access, _parts.Tail));
            _smp = new SmpServer(_service, _access, _board.Link, _output, console);
            _port = new ServicePort(_board.Link, _output, console, _smp);
            _statistics.SetPort(_port, _smp, _output);
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
                new FenceTest(),
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
                new RepairCommand(access),
                new ConfigCommand(access),
                new LoginCommand(access),
                new LogoutCommand(access),
                new RebootCommand(access),
            };
        }
    }
}
