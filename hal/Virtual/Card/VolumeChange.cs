// SPDX-License-Identifier: MIT

namespace Lapel.Hal.Virtual
{
    /// <summary>Changes of a volume besides the content of files.</summary>
    public enum VolumeChange
    {
        /// <summary>A folder is created.</summary>
        CreateFolder,

        /// <summary>A file is created or emptied.</summary>
        Create,

        /// <summary>A file's length changes.</summary>
        SetLength,

        /// <summary>A file is closed after it was created or resized: its directory entry becomes final.</summary>
        Close,

        /// <summary>A file is deleted.</summary>
        Delete,

        /// <summary>A file is renamed.</summary>
        Move,
    }
}
