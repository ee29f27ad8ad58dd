// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>Group 1: the one firmware image, read by anybody.</summary>
    /// <remarks>It is brought by the runtime's own tools only: there is no slot that an upload could go to.</remarks>
    public sealed class ImageGroup : SmpGroup
    {
        private const int State = 0;

        private readonly IServiceCamera _camera;

        /// <summary>The image of this camera.</summary>
        public ImageGroup(IServiceCamera camera)
        {
            _camera = camera;
        }

        /// <inheritdoc/>
        public override int Number
        {
            get { return 1; }
        }

        /// <inheritdoc/>
        public override string Name
        {
            get { return "img mgmt"; }
        }

        /// <inheritdoc/>
        public override int Commands
        {
            get { return 1; }
        }

        /// <inheritdoc/>
        public override SmpProgress Handle(SmpRequest request, SmpReply reply, long nowUs)
        {
            if (request.Command == State && !request.IsWrite)
            {
                Tell(reply);
            }
            else
            {
                reply.Fail(SmpError.NotSupported);
            }

            return SmpProgress.Answered;
        }

        private void Tell(SmpReply reply)
        {
            reply.Key("images");
            reply.BeginArray();
            reply.BeginMap();
            reply.Key("slot");
            reply.Int(0);
            reply.Key("version");
            reply.Text(_camera.Version);

            // Left out and not zeros: a client compares it with the one of the file that it would bring.
            byte[] digest = _camera.BuildDigest;
            if (digest != null)
            {
                reply.Key("hash");
                reply.Bytes(digest, 0, digest.Length);
            }

            Flag(reply, "bootable", true);
            Flag(reply, "pending", false);
            Flag(reply, "confirmed", true);
            Flag(reply, "active", true);
            Flag(reply, "permanent", false);
            reply.Close();
            reply.Close();
        }

        private static void Flag(SmpReply reply, string key, bool value)
        {
            reply.Key(key);
            reply.Truth(value);
        }
    }
}
