// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>What an audit log holds and whether it agrees.</summary>
    public sealed class AuditResult
    {
        /// <summary>Name of its file, or of its newest one.</summary>
        public required string Name { get; init; }

        /// <summary>Id of the device judged; null when the log has no sector and no key is known.</summary>
        public byte[]? DeviceId { get; internal set; }

        /// <summary>Sectors of its files.</summary>
        public int Positions { get; internal set; }

        /// <summary>The device's sectors, in order.</summary>
        public List<AuditSector> Sectors { get; } = [];

        /// <summary>The device's entries, in order.</summary>
        public List<AuditEntry> Entries { get; } = [];

        /// <summary>Sectors of other devices, which are not judged.</summary>
        public int Foreign { get; internal set; }

        /// <summary>Sectors that were overwritten because the file was full.</summary>
        public long Overwritten { get; internal set; }

        /// <summary>Checkpoints whose signature holds.</summary>
        public int Checkpoints { get; internal set; }

        /// <summary>Heads in the signed manifests of segments that agree with the log.</summary>
        public int Heads { get; internal set; }

        /// <summary>Everything that was found.</summary>
        public List<Finding> Findings { get; } = [];

        /// <summary>Sectors that no signature covers.</summary>
        public int Unsigned => Sectors.Count(s => !s.IsSigned);

        /// <summary>Whether nothing is missing and nothing disagrees.</summary>
        public bool Agrees => Findings.All(f => f.Severity < Severity.Missing);
    }
}
