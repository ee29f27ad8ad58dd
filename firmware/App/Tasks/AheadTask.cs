// SPDX-License-Identifier: MIT

using Lapel.Recorder;

namespace Lapel.App
{
    /// <summary>Makes ahead what the next press and signature need: nonces, then the seal.</summary>
    public sealed class AheadTask : ILoopTask
    {
        private readonly CameraKeys _keys;
        private readonly CardMaintenance _storage;

        /// <summary>The task of these parts.</summary>
        public AheadTask(CameraParts parts)
        {
            _keys = parts.Keys;
            _storage = parts.Storage;
        }

        /// <inheritdoc/>
        public string Name
        {
            get { return "ahead"; }
        }

        /// <inheritdoc/>
        public bool IsDue(long nowUs)
        {
            return _keys.IsReady;
        }

        /// <inheritdoc/>
        public bool Step(long nowUs)
        {
            return _keys.Signer.Step() || (_keys.Seals != null && _storage.IsReady && _keys.Seals.Step());
        }
    }
}
