// SPDX-License-Identifier: MIT

namespace nanoFramework.Runtime.Events
{
    /// <summary>What an event is of; those that this assembly raises.</summary>
    public enum EventCategory
    {
        /// <summary>Of none.</summary>
        Unknown = 0,

        /// <summary>A pin changed.</summary>
        Gpio = 20,
    }
}
