// SPDX-License-Identifier: MIT

using Lapel.Recorder;

namespace Lapel.App
{
    /// <summary>Makes the further slots of a new card when nothing else is due.</summary>
    public sealed class SlotTask : ILoopTask
    {
        // Making a slot opens and closes a file, which takes 50 to 140 ms. While pictures come later than by one such operation they are
        // let catch up, so that the pre-event keeps its rate.
        private const int MostLateMs = 100;

        private readonly CardMaintenance _storage;
        private readonly CapturePump _pump;

        /// <summary>The task of these parts.</summary>
        public SlotTask(CameraParts parts)
        {
            _storage = parts.Storage;
            _pump = parts.Pump;
        }

        /// <inheritdoc/>
        public string Name
        {
            get { return "slots"; }
        }

        /// <inheritdoc/>
        public bool IsDue(long nowUs)
        {
            return _storage.IsMakingSlots && (_storage.IsShortOfSlots || _pump.SensorFault || _pump.LateMs < MostLateMs);
        }

        /// <inheritdoc/>
        public bool Step(long nowUs)
        {
            return _storage.Grow(nowUs);
        }
    }
}
