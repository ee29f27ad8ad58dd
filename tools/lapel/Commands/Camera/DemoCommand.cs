// SPDX-License-Identifier: MIT

using System;
using System.CommandLine;
using Lapel.Hal.Virtual;
using Lapel.Scenes;
using Lapel.VirtualCamera;
using Lapel.VirtualCamera.Scripts;

namespace Lapel.Cli.Commands
{
    /// <summary>lapel demo: a short shift in virtual time, then its verification.</summary>
    internal sealed class DemoCommand
    {
        /// <summary>The shift. Its second recording is longer than any one segment.</summary>
        private const string Shift = """
            wait 40s                # the ring fills: 30 s of pre-event footage at the press
            expect state buffering
            double record
            wait 10s
            expect state recording
            press record            # a marker
            wait 5s
            press event             # and another
            wait 10s
            hold record 3.2s
            wait 30s
            expect state buffering
            expect recordings == 1
            expect markers == 2
            double record
            wait 150s
            hold record 3.2s
            wait 30s
            expect state buffering
            expect recordings == 2
            """;

        private readonly Argument<string> _out = new("OUT")
        {
            Description = "A new or empty folder, or one of a former demo, to which the shift is added",
        };

        private readonly Option<string?> _scene = new("--scene")
        {
            Description =
                "What the sensor sees: a folder of JPEGs, an .mjpeg file, a video through ffmpeg; a drawn test picture without it",
            HelpName = "WHAT",
        };

        private readonly Option<bool> _json = new("--json") { Description = "The result as JSON, one object a line" };
        private readonly CameraSettings _camera = new();
        private readonly Host _host;

        private DemoCommand(Host host)
        {
            _host = host;
        }

        /// <summary>The command.</summary>
        public static Command Create(Host host)
        {
            var demo = new DemoCommand(host);
            var command = new Command("demo", "Play a short shift onto a card in OUT and verify it. For example: lapel demo shift")
            {
                demo._out,
                demo._scene,
                demo._json,
            };
            demo._camera.AddTo(command);
            command.SetAction(demo.Execute);
            return command;
        }

        private int Execute(ParseResult parsed)
        {
            IScene scene = SceneSource.Open(parsed.GetValue(_scene), _camera.FrameSize(parsed), CameraSettings.VirtualStart);
            using var closing = scene as IDisposable;
            var folder = new DemoFolder(parsed.GetValue(_out)!);
            bool json = parsed.GetValue(_json);
            using (
                ICameraEngine engine = _host.OpenCamera(
                    _camera.Read(parsed, folder.Card, folder.Device, scene, CameraSettings.VirtualStart)
                )
            )
            {
                string? failure = Play(engine);
                if (failure != null)
                {
                    _host.Complain($"the shift went wrong: {failure}", null);
                    return ExitCode.NotVerified;
                }
                folder.Export(engine.PublicKey);
                if (!json)
                {
                    _host.Out.WriteLine(StatusText.Line(engine.Status));
                }

                engine.SwitchOff();
            }
            int verdict = _host.VerifyCard(folder.Card, folder.Key, json);
            if (verdict == ExitCode.Ok && !json)
            {
                Next(parsed, folder);
            }

            return verdict;
        }

        private void Next(ParseResult parsed, DemoFolder folder)
        {
            string card = NextSteps.Quoted(folder.Card),
                device = NextSteps.Quoted(folder.Device),
                key = NextSteps.Quoted(folder.Key),
                movies = NextSteps.Quoted(folder.Movies);
            bool isSealed = _camera.IsSealed(parsed);
            NextSteps.Write(
                _host,
                isSealed
                    ? ($"export {card} {movies} --key AGENCY.key", "opens each recording as one MP4, with the agency's secret key")
                    : ($"export {card} {movies}", "one MP4 a recording; any player plays it"),
                ($"audit {card} --key {key} --coverage", "what the camera was doing in every second"),
                ($"run --card {card} --device {device} --port", "the same camera by hand, with a serial port")
            );
        }

        private string? Play(ICameraEngine engine)
        {
            try
            {
                return _host.IsTerminal
                    ? LiveView.While(engine, "a short shift in virtual time; Ctrl-C ends it", view => Play(engine, view.Tick))
                    : Play(engine, () => { });
            }
            catch (OperationCanceledException)
            {
                OrderlyStop.Reach(engine);
                throw;
            }
        }

        private string? Play(ICameraEngine engine, Action tick)
        {
            return new ScriptPlayer(engine, new VirtualPacer(), _ => { }, tick).Play(ScriptParser.Parse(Shift), _host.Cancel);
        }
    }
}
