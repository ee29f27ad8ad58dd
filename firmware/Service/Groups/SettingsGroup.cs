// SPDX-License-Identifier: MIT

using System.Text;
using Lapel.Custody;

namespace Lapel.Service
{
    /// <summary>
    /// Group 3: single settings of the configuration in force, read by anybody; `commit` installs the signed configuration that was
    /// uploaded.
    /// </summary>
    /// <remarks>Settings are never written one by one: a configuration is signed as a whole.</remarks>
    public sealed class SettingsGroup : SmpGroup
    {
        private const int Value = 0;
        private const int Delete = 1;
        private const int Commit = 2;
        private const int LoadOrSave = 3;
        private const int KeyTooLong = 2;
        private const int KeyNotFound = 3;
        private const int WriteNotSupported = 6;
        private const int DeleteNotSupported = 7;
        private const int LongestName = 32;

        private readonly IServiceCamera _camera;
        private readonly AccessControl _access;
        private readonly ServiceFiles _files;

        /// <summary>Settings of this camera.</summary>
        public SettingsGroup(IServiceCamera camera, AccessControl access, ServiceFiles files)
        {
            _camera = camera;
            _access = access;
            _files = files;
        }

        /// <inheritdoc/>
        public override int Number
        {
            get { return 3; }
        }

        /// <inheritdoc/>
        public override string Name
        {
            get { return "settings mgmt"; }
        }

        /// <inheritdoc/>
        public override int Commands
        {
            get { return 4; }
        }

        /// <inheritdoc/>
        public override SmpProgress Handle(SmpRequest request, SmpReply reply, long nowUs)
        {
            bool write = request.IsWrite;
            if (request.Command == Value && !write)
            {
                Tell(request, reply);
            }
            else if (request.Command == Value)
            {
                reply.Fail(WriteNotSupported, SmpError.Unknown);
            }
            else if (request.Command == Delete && write)
            {
                reply.Fail(DeleteNotSupported, SmpError.Unknown);
            }
            else if (request.Command == Commit && write)
            {
                Install(reply, nowUs / 1000);
            }
            else if (request.Command == LoadOrSave)
            {
                // Saved they are since commit. Loaded they are at boot only: what is installed since then is not in force.
                if (!write && _access.IsRestartNeeded)
                {
                    reply.Fail(SmpError.BadState);
                }
            }
            else
            {
                reply.Fail(SmpError.NotSupported);
            }

            return SmpProgress.Answered;
        }

        private void Tell(SmpRequest request, SmpReply reply)
        {
            string name = "";
            long most = SmpReply.MaxBytes;
            if (!request.Map.Text("name") || !request.Map.Unsigned("max_size", ref most))
            {
                reply.Fail(SmpError.Invalid);
                return;
            }

            if (!request.Map.Ascii("name", LongestName, ref name))
            {
                reply.Fail(KeyTooLong, SmpError.Invalid);
                return;
            }

            string value = ConfigurationValues.Value(_camera.Configuration, name);
            if (value == null)
            {
                reply.Fail(KeyNotFound, SmpError.NoEntry);
                return;
            }

            byte[] bytes = Encoding.UTF8.GetBytes(value);
            reply.Key("val");
            reply.Bytes(bytes, 0, bytes.Length < most ? bytes.Length : (int)most);
        }

        private void Install(SmpReply reply, long nowMs)
        {
            if (!_files.MayUpload)
            {
                reply.Fail(SmpError.AccessDenied);
            }
            else if (!_files.IsUploaded)
            {
                reply.Fail(SmpError.BadState);
            }
            else if (!_access.BeginConfiguration(_files.TakeUpload(), nowMs))
            {
                reply.Fail(SmpError.Busy);
            }
        }
    }
}
