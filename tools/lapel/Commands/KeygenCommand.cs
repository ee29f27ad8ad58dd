using System.CommandLine;
using System.IO;
using Lapel.Export;

namespace Lapel.Cli.Commands
{
    /// <summary>lapel keygen: keys of those who may open recordings.</summary>
    internal sealed class KeygenCommand
    {
        private readonly Argument<string> _name = new("OUT") { Description = "The secret goes to OUT.key, readable by its owner only, the public key to OUT.pub" };
        private readonly Host _host;

        private KeygenCommand(Host host)
        {
            _host = host;
        }

        /// <summary>The command.</summary>
        public static Command Create(Host host)
        {
            var keygen = new KeygenCommand(host);
            var agency = new Command("agency", "Make the key pair that recordings are sealed to. For example: lapel keygen agency keys/county") { keygen._name };
            agency.SetAction(keygen.Agency);
            return new Command("keygen", "Make keys") { agency };
        }

        private int Agency(ParseResult parsed)
        {
            string name = parsed.GetValue(_name)!, secret = name + ".key", open = name + ".pub";
            foreach (string path in new[] { secret, open })
                if (File.Exists(path))
                    throw new CommandException($"{path} is already there: nothing is overwritten", "who loses the secret key loses every recording sealed to it");
            AgencyKey key = AgencyKey.Make();
            Write(secret, key.SecretText(), UnixFileMode.UserRead | UnixFileMode.UserWrite);
            Write(open, key.PublicText(), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
            _host.Out.WriteLine($"{secret}: keep it secret and keep a copy: without it nothing sealed to it opens again");
            _host.Out.WriteLine($"{open}: for cameras, fingerprint {System.Convert.ToHexStringLower(key.Fingerprint)}");
            return ExitCode.Ok;
        }

        private static void Write(string path, string text, UnixFileMode mode)
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!System.OperatingSystem.IsWindows()) options.UnixCreateMode = mode;
            using var to = new StreamWriter(path, options);
            to.Write(text);
        }
    }
}
