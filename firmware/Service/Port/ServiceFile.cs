// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>The files that the file system group knows.</summary>
    public enum ServiceFile
    {
        /// <summary>No such file.</summary>
        None = 0,

        /// <summary>`/config/new`: a signed configuration on its way in, in memory.</summary>
        NewConfiguration = 1,

        /// <summary>`/config/current`: the signed configuration that is installed.</summary>
        CurrentConfiguration = 2,

        /// <summary>`/log`: the audit log.</summary>
        Log = 3,

        /// <summary>`/device.pub`: the device's public key as text.</summary>
        PublicKey = 4,
    }
}
