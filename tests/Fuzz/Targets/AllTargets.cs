// SPDX-License-Identifier: MIT

using System.Collections.Generic;

namespace Lapel.Fuzz.Targets;

/// <summary>Every parser of card content.</summary>
public static class AllTargets
{
    public static IReadOnlyList<ITarget> List() =>
        [
            new RecordingTarget(),
            new VerifierCatalogueTarget(),
            new KeyFileTarget(),
            new RotationFileTarget(),
            new CertificateTarget(),
            new ExportTarget(),
            new AuditLogTarget(),
            new DeviceCatalogueTarget(),
            new RecoveryTarget(),
            new InspectorTarget(),
            new DeviceAuditTarget(),
            new PlantedTarget(),
        ];
}
