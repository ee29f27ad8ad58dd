// SPDX-License-Identifier: MIT

namespace nanoFramework.System.IO.FileSystem
{
    /// <summary>The socket's detect switch.</summary>
    public class CardDetectParameters
    {
        /// <summary>Whether there is one.</summary>
        public bool enableCardDetectPin;

        /// <summary>Level with a card in.</summary>
        public bool cardDetectedState;

        /// <summary>GPIO.</summary>
        public uint cardDetectPin;

        /// <summary>Mount by itself on insertion.</summary>
        public bool autoMount;
    }
}
