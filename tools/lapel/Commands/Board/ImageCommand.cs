// SPDX-License-Identifier: MIT

using System;
using System.CommandLine;
using System.IO;
using Lapel.Image;

namespace Lapel.Cli.Commands
{
    /// <summary>lapel image: puts the deployment image of a board together, or says which build an image is.</summary>
    internal sealed class ImageCommand
    {
        private readonly Argument<string> _from = new("BIN")
        {
            Description = "The folder with the .pe files of a device build, or an image that was made of it",
        };

        private readonly Option<string?> _out = new("-o", "--out") { Description = "Where the image goes", HelpName = "FILE" };

        private readonly Option<string> _configuration = new("--config")
        {
            Description = "What goes onto the board, in which order",
            HelpName = "FILE",
            DefaultValueFactory = _ => "nanoff.config.json",
        };

        private readonly JsonOption _json = new();
        private readonly Host _host;

        private ImageCommand(Host host)
        {
            _host = host;
        }

        /// <summary>The command.</summary>
        public static Command Create(Host host)
        {
            var image = new ImageCommand(host);
            var command = new Command(
                "image",
                "Make the deployment image of a board and print its build digest. For example: "
                    + "lapel image firmware/App/bin/Release -o app.bin"
            )
            {
                image._from,
                image._out,
                image._configuration,
            };
            image._json.AddTo(command);
            command.SetAction(image.Execute);
            return command;
        }

        private int Execute(ParseResult parsed)
        {
            string from = parsed.GetValue(_from)!;
            string? to = parsed.GetValue(_out);
            if (!Path.Exists(from))
            {
                throw new CommandException($"{from}: it does not exist", "give the folder that a device build of firmware/App writes");
            }

            try
            {
                return Directory.Exists(from) ? Make(from, to, parsed) : Show(from, to, parsed);
            }
            catch (ImageException e)
            {
                throw new CommandException(e.Message, e.Hint, e);
            }
        }

        private int Make(string folder, string? to, ParseResult parsed)
        {
            if (to == null)
            {
                throw new CommandException("-o is missing", "say where the image goes, such as -o app.bin");
            }

            DeploymentConfiguration configuration = DeploymentConfiguration.Read(parsed.GetValue(_configuration)!);
            DeploymentImage image = DeploymentImage.Make(folder, configuration);
            image.Write(to);
            Say(image, to, configuration, parsed);
            return ExitCode.Ok;
        }

        private int Show(string file, string? to, ParseResult parsed)
        {
            if (to != null)
            {
                throw new CommandException($"{file} is an image already", "leave -o out to see which build it is");
            }

            DeploymentImage image = DeploymentImage.Read(file);
            Say(image, file, null, parsed);
            if (image.IsTrue)
            {
                return ExitCode.Ok;
            }

            _host.Complain(
                image.Stated == null ? $"{file} states no build" : $"{file} states build {image.Stated}, and is another one",
                "make the image again with lapel image"
            );
            return ExitCode.NotVerified;
        }

        private void Say(DeploymentImage image, string file, DeploymentConfiguration? configuration, ParseResult parsed)
        {
            string digest = Convert.ToHexStringLower(image.Digest);
            _json.Write(
                parsed,
                _host,
                "image",
                json =>
                {
                    json.WriteString("image", file);
                    json.WriteString("build", digest);
                    json.WriteString("stated", image.Stated);
                    json.WriteNumber("bytes", image.Bytes);
                    json.WriteNumber("assemblies", image.Assemblies.Count);
                    if (configuration != null)
                    {
                        json.WriteNumber("partitionBytes", configuration.Deployment.SizeKiB * 1024);
                        json.WriteString("address", configuration.Deployment.Address);
                        json.WriteString("target", configuration.Board.Target);
                    }
                },
                digest + "  " + Path.GetFileName(file)
            );
            if (!_json.Asked(parsed))
            {
                string room = configuration == null ? "" : $" of {configuration.Deployment.SizeKiB * 1024}";
                _host.Error.WriteLine($"lapel: {file}: {image.Assemblies.Count} assemblies, {image.Bytes}{room} bytes");
            }
        }
    }
}
