// SPDX-License-Identifier: MIT

using Lapel.Custody;
using Lapel.Hal;
using Lapel.Service;

namespace Lapel.App
{
    /// <summary>The service port of the camera: its lanes wired to what they may ask.</summary>
    public sealed class CameraPort
    {
        // The 128 bytes of the transmitter take 11 ms at the slowest rate; the rest is for the bridge behind it.
        private const long QuietUs = 50000;

        private readonly IBoard _board;
        private readonly ServiceOutput _output;
        private readonly CameraService _service;
        private readonly AccessControl _access;
        private readonly SelfTest _selfTest;
        private readonly ServicePort _port;
        private readonly SmpServer _smp;
        private long _restartUs;

        /// <summary>Wires the port.</summary>
        /// <param name="service">What the lanes may ask.</param>
        /// <param name="access">Says who may do what.</param>
        /// <param name="statistics">Told of the port, whose statistics it shows.</param>
        /// <param name="tail">The newest entries of the audit log.</param>
        public CameraPort(CameraService service, AccessControl access, CameraStatistics statistics, AuditTail tail)
        {
            _board = service.Board;
            _service = service;
            _access = access;
            _output = new ServiceOutput(_board.Link);
            _selfTest = new SelfTest(service, SelfTestItems());
            service.SetSelfTest(_selfTest);
            service.SetAccess(access);
            Console console = new Console(service, _output, Commands(access, tail));
            _smp = new SmpServer(service, access, _board.Link, _output, console);
            _port = new ServicePort(_board.Link, _output, console, _smp);
            statistics.SetPort(_port, _smp, _output);
        }

        /// <summary>One step. True when it worked. Does not return when a restart is due.</summary>
        /// <param name="nowUs">Monotonic microseconds.</param>
        public bool Step(long nowUs)
        {
            if (_access.IsBusy)
            {
                _access.MayUseCard = _service.MayWrite && !_selfTest.UsesCard;
                _access.CardFault = _service.CardFault;
            }

            bool worked = _port.Step(nowUs);
            if (_selfTest.UsesCard)
            {
                YieldFiles();
            }

            if (_selfTest.Step(nowUs))
            {
                worked = true;
            }

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

        /// <summary>Whether a segment is open on the card to be read.</summary>
        public bool HoldsFile
        {
            get { return _smp.HoldsFile; }
        }

        /// <summary>Whether one will be soon, or was until just now.</summary>
        public bool NeedsFile(long nowUs)
        {
            return _smp.NeedsFile(nowUs);
        }

        /// <summary>Whether the camera is in a dock.</summary>
        public bool IsDocked(long nowUs)
        {
            return _smp.IsDocked(nowUs);
        }

        /// <summary>
        /// A recording began: what the port and the custodian have open on the card is closed, before the past needs the last of the card's
        /// five files.
        /// </summary>
        public void YieldCard()
        {
            YieldFiles();
            _selfTest.YieldCard();
        }

        private void YieldFiles()
        {
            _smp.YieldCard();
            _access.MayUseCard = false;
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
                new StatusCommand(),
                new SelfTestCommand(_selfTest),
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
