// SPDX-License-Identifier: MIT

using System;

namespace Lapel.Hal.Virtual.Nano
{
    /// <summary>nanoFramework's IOException, with its error codes.</summary>
    public class IOException : SystemException
    {
        /// <summary>An error with a code.</summary>
        public IOException(string message, int hresult)
            : base(message) => HResult = hresult;

        /// <summary>An error with a code.</summary>
        internal IOException(string message, IOExceptionErrorCode code)
            : this(message, (int)code) { }

        /// <summary>The code.</summary>
        public IOExceptionErrorCode ErrorCode => (IOExceptionErrorCode)HResult;

        /// <summary>Codes of the runtime's file natives.</summary>
        public enum IOExceptionErrorCode
        {
            /// <summary>Anything else, a failed card among it.</summary>
            Others = -536870912,

            /// <summary>No driver.</summary>
            InvalidDriver = -520093696,

            /// <summary>No such file.</summary>
            FileNotFound = -503316480,

            /// <summary>No such folder.</summary>
            DirectoryNotFound = -486539264,

            /// <summary>Drive not mounted.</summary>
            VolumeNotFound = -469762048,

            /// <summary>Path too long.</summary>
            PathTooLong = -452984832,

            /// <summary>Folder not empty.</summary>
            DirectoryNotEmpty = -436207616,

            /// <summary>Read-only.</summary>
            UnauthorizedAccess = -419430400,

            /// <summary>Exists already.</summary>
            PathAlreadyExists = -402653184,

            /// <summary>Five files are open.</summary>
            TooManyOpenHandles = -385875968,
        }
    }
}
