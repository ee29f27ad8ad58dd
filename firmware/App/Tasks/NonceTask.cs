// SPDX-License-Identifier: MIT

namespace Lapel.App
{
    /// <summary>Makes nonces of signatures, idle or not, while there are few: a checkpoint needs one every 10 s.</summary>
    public sealed class NonceTask : ILoopTask
    {
        // Until the next one is made.
        private const int Wanted = 2;

        private readonly CameraKeys _keys;

        /// <summary>The task of these parts.</summary>
        public NonceTask(CameraParts parts)
        {
            _keys = parts.Keys;
        }

        /// <inheritdoc/>
        public string Name
        {
            get { return "nonces"; }
        }

        /// <inheritdoc/>
        public bool IsDue(long nowUs)
        {
            return _keys.IsReady && _keys.Signer.Prepared < Wanted;
        }

        /// <inheritdoc/>
        public bool Step(long nowUs)
        {
            return _keys.Signer.Step();
        }
    }
}
