using Lapel.Hal;
using Lapel.Service;

namespace Lapel.App
{
    /// <summary>The service port of the camera: its lanes wired to what they may ask.</summary>
    public sealed class CameraPort
    {
        private readonly IBoard _board;
        private readonly CameraService _service;
        private readonly ServicePort _port;

        /// <summary>Wires the port.</summary>
        /// <param name="service">What the lanes may ask.</param>
        /// <param name="figures">Told of the port, whose figures it shows.</param>
        public CameraPort(CameraService service, CameraFigures figures)
        {
            _board = service.Board;
            _service = service;
            ServiceOutput output = new ServiceOutput(_board.Link);
            Console console = new Console(service, output, Commands());
            _port = new ServicePort(_board.Link, output, console, null);
            figures.SetPort(_port, output);
        }

        /// <summary>One step. True when it worked. Does not return when a restart is due.</summary>
        /// <param name="nowUs">Monotonic microseconds.</param>
        public bool Step(long nowUs)
        {
            bool worked = _port.Step(nowUs);
            if (!worked && _service.IsRestartDue) _board.Restart();
            return worked;
        }

        private static ConsoleCommand[] Commands()
        {
            return new ConsoleCommand[]
            {
                new VersionCommand(),
                new StatusCommand(),
                new FigureCommand("rec", "recorder", "figures of the recorder"),
                new FigureCommand("card", "card", "figures of the card"),
                new FigureCommand("bat", "battery", "the battery"),
                new FigureCommand("link", "link", "figures of this port"),
            };
        }
    }
}
