// SPDX-License-Identifier: MIT

using System.Collections.Generic;

namespace Lapel.Verify
{
    /// <summary>What lies on a card or in a folder, before any segment is judged.</summary>
    public sealed class CardContents
    {
        public required string Path { get; init; }
        public required CardKind Kind { get; init; }

        /// <summary>The files that may hold a segment, in order.</summary>
        public List<SlotFile> Slots { get; } = [];

        /// <summary>The catalogue; null when there is none or this is no card.</summary>
        public Catalogue? Catalogue { get; internal set; }

        /// <summary>The audit logs: a card's one, or one for each device of a store.</summary>
        public List<AuditLogFiles> AuditLogs { get; } = [];

        /// <summary>Whether a log that manifests name must lie here: on a card, and in a store's folder of a device.</summary>
        public bool MustHoldLogs { get; internal set; }

        /// <summary>Whether all that a camera has recorded must be here: on a card, in a camera's folder, in a store.</summary>
        public bool IsWhole { get; internal set; }

        /// <summary>The cameras' places: one, but in a store.</summary>
        public List<DeviceFolder> Devices { get; } = [];

        /// <summary>What was found on the way: foreign files, missing slot files, unreadable folders.</summary>
        public List<Finding> Findings { get; } = [];
    }
}
