// SPDX-License-Identifier: MIT

using System;
using System.IO;
using Lapel.Image;
using Lapel.Link;

namespace Lapel.Cli
{
    /// <summary>What a camera's firmware runs on; null is what it does not tell.</summary>
    /// <param name="Board">The board.</param>
    /// <param name="Target">What the runtime was built for.</param>
    /// <param name="Version">Version of the runtime, four numbers.</param>
    internal sealed record RuntimeState(string? Board, string? Target, string? Version)
    {
        private const string Resource = "nanoff.config.json",
            Runtime = "nanoCLR-";

        /// <summary>Asks a camera.</summary>
        public static RuntimeState Of(CameraConnection camera)
        {
            var os = new OsGroup(camera.Smp);
            string? runtime = Info(os, "m");
            return new RuntimeState(
                Info(os, "i"),
                Info(os, "p"),
                runtime != null && runtime.StartsWith(Runtime, StringComparison.Ordinal) ? runtime[Runtime.Length..] : null
            );
        }

        /// <summary>
        /// Why the runtime is to be replaced: it is older than nanoff.config.json allows. Null when it is not, and when it is not known.
        /// </summary>
        public string? Problem()
        {
            DeploymentConfiguration.RuntimeSection allowed = Allowed();
            return System.Version.TryParse(Version, out Version? stated) && stated < System.Version.Parse(allowed.MinimumVersion)
                ? $"the camera's runtime is {Version}, and {allowed.MinimumVersion} is the oldest to be used: {allowed.Reason}"
                : null;
        }

        // The file as it was when this program was built: the firmware that the program goes with needs that runtime.
        private static DeploymentConfiguration.RuntimeSection Allowed()
        {
            using Stream file = typeof(RuntimeState).Assembly.GetManifestResourceStream(Resource)!;
            using var text = new StreamReader(file);
            return DeploymentConfiguration.Parse(text.ReadToEnd(), Resource).Runtime;
        }

        private static string? Info(OsGroup os, string format)
        {
            try
            {
                string said = os.Info(format);
                return said.Length > 0 ? said : null;
            }
            catch (LinkException error) when (error.Failure == LinkFailure.Refused)
            {
                return null;
            }
        }
    }
}
