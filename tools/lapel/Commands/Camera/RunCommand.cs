// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.CommandLine;
using Lapel.Hal.Virtual;
using Lapel.Scenes;
using Lapel.VirtualCamera;
using Lapel.VirtualCamera.Scripts;

namespace Lapel.Cli.Commands
{
    /// <summary>lapel run: the virtual camera, handled by keys or by a script.</summary>
    internal sealed class RunCommand
    {
        private readonly Option<string> _card = new("--card")
        {
            Description = "Folder that stands for the card; made when it is not there",
            HelpName = "DIR",
            DefaultValueFactory = _ => "lapel-card",
        };

        private readonly Option<string> _device = new("--device")
        {
            Description = "Folder that stands for the storage inside the camera, where the keys are; never on the card",
            HelpName = "DIR",
            DefaultValueFactory = _ => "lapel-device",
        };

        private readonly Option<string?> _scene = new("--scene")
        {
            Description =
                "What the sensor sees: a folder of JPEGs, an .mjpeg file, a video or webcam through ffmpeg; a drawn test picture without "
                + "it",
            HelpName = "WHAT",
        };

        private readonly Option<string?> _script = new("--script")
        {
            Description =
                "Commands to carry out unattended: wait 40s, double record, hold record 3.2s, cut power, expect state recording...",
            HelpName = "FILE",
        };

        private readonly Option<bool> _virtualTime = new("--virtual-time")
        {
            Description = "Do not wait for the clock on the wall; needs --script",
        };
        private readonly Option<bool> _json = new("--json")
        {
            Description = "Status as one JSON object a line, each second of the camera's time",
        };
        private readonly CameraSettings _camera = new();
        private readonly LineOptions _line = new();
        private readonly Host _host;
        private TerminalLine? _port;

        private RunCommand(Host host)
        {
            _host = host;
        }

        /// <summary>The command.</summary>
        public static Command Create(Host host)
        {
            var run = new RunCommand(host);
            var command = new Command("run", "Run the virtual camera. For example: lapel run --port")
            {
                run._card,
                run._device,
                run._scene,
                run._script,
                run._virtualTime,
                run._json,
            };
            run._line.AddTo(command);
            run._camera.AddTo(command);
            command.SetAction(run.Execute);
            return command;
        }

        private int Execute(ParseResult parsed)
        {
            string card = parsed.GetValue(_card)!;
            string device = parsed.GetValue(_device)!;
            bool virtualTime = parsed.GetValue(_virtualTime);
            string? scriptPath = parsed.GetValue(_script);
            if (virtualTime && scriptPath == null)
            {
                throw new CommandException(
                    "--virtual-time without --script would run through days in minutes",
                    "give a script, or leave --virtual-time away"
                );
            }

            IReadOnlyList<ScriptCommand>? script = scriptPath == null ? null : ScriptFile.Read(scriptPath);
            DateTime utc = virtualTime ? CameraSettings.VirtualStart : DateTime.UtcNow;
            IScene scene = SceneSource.Open(parsed.GetValue(_scene), _camera.FrameSize(parsed), utc);
            using var closing = scene as IDisposable;
            Folders.RequireApart(card, device);
            Folders.Prepare(card, "card folder");
            Folders.Prepare(device, "device folder");

            using ICameraEngine engine = _host.OpenCamera(_camera.Read(parsed, card, device, scene, utc));
            using TerminalLine? port = _line.Open(parsed, engine, _host);
            using VirtualPorts? announced = port?.Path == null ? null : VirtualPorts.Announce(port.Path);
            if (announced != null)
            {
                port!.Moved += announced.Move;
            }

            _port = port;
            IPacer pacer = virtualTime ? new VirtualPacer() : new RealTimePacer();
            string? failure = script == null ? ByHand(engine, pacer, parsed) : ByScript(engine, pacer, script, parsed);
            if (failure == null)
            {
                return ExitCode.Ok;
            }

            _host.Complain($"script {scriptPath}, {failure}", null);
            return ExitCode.NotVerified;
        }

        private string? ByHand(ICameraEngine engine, IPacer pacer, ParseResult parsed)
        {
            Watch(
                engine,
                parsed,
                plain: true,
                KeyboardPresses.Help,
                (tick, struck) =>
                {
                    new KeyboardPresses(engine, pacer, Keys(), tick, struck).Run(_host.Cancel);
                    return 0;
                }
            );
            End(engine, parsed);
            if (_host.IsTerminal && engine.Status.Recordings > 0)
            {
                NextSteps.Write(
                    _host,
                    ($"verify {NextSteps.Quoted(parsed.GetValue(_card)!)}", "are the recordings authentic?"),
                    ($"export {NextSteps.Quoted(parsed.GetValue(_card)!)} movies", "one MP4 a recording; any player plays it")
                );
            }

            return null;
        }

        private string? ByScript(ICameraEngine engine, IPacer pacer, IReadOnlyList<ScriptCommand> script, ParseResult parsed)
        {
            string? failure;
            try
            {
                failure = Watch(
                    engine,
                    parsed,
                    plain: false,
                    "playing a script; Ctrl-C ends it",
                    (tick, _) => new ScriptPlayer(engine, pacer, _ => { }, tick).Play(script, _host.Cancel)
                );
            }
            catch (OperationCanceledException)
            {
                End(engine, parsed);
                throw;
            }
            End(engine, parsed);
            return failure;
        }

        /// <summary>Runs something with the status shown as asked for.</summary>
        private T Watch<T>(ICameraEngine engine, ParseResult parsed, bool plain, string help, Func<Action, Action<string>, T> run)
        {
            var feed = new StatusFeed(engine, status => Show(status, parsed));
            if (parsed.GetValue(_json))
            {
                return run(WithPort(feed.Tick), _ => { });
            }

            if (_host.IsTerminal)
            {
                return LiveView.While(engine, help, view => run(WithPort(view.Tick), view.Struck));
            }

            return run(WithPort(plain ? feed.Tick : () => { }), _ => { });
        }

        private Action WithPort(Action tick)
        {
            return _port == null
                ? tick
                : () =>
                {
                    _port.Pump();
                    tick();
                };
        }

        private void Show(CameraStatus status, ParseResult parsed)
        {
            if (parsed.GetValue(_json))
            {
                _host.Out.WriteLine(StatusText.Json(status));
            }
            else
            {
                _host.Error.WriteLine(StatusText.Line(status));
            }
        }

        private Func<char?> Keys()
        {
            if (!_host.IsTerminal)
            {
                return () => null;
            }

            return () => Console.KeyAvailable ? char.ToLowerInvariant(Console.ReadKey(intercept: true).KeyChar) : null;
        }

        private void End(ICameraEngine engine, ParseResult parsed)
        {
            bool rests = OrderlyStop.Reach(engine);
            if (!rests)
            {
                _host.Complain("the recording could not be closed in time; the next start recovers it", null);
            }

            CameraStatus status = engine.Status;
            _host.Out.WriteLine(parsed.GetValue(_json) ? StatusText.Json(status) : StatusText.Line(status));
            if (rests)
            {
                engine.SwitchOff();
            }
        }
    }
}
