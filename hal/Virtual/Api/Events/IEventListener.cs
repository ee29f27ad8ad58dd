// SPDX-License-Identifier: MIT

namespace nanoFramework.Runtime.Events
{
    /// <summary>Gets what a processor made.</summary>
    public interface IEventListener
    {
        /// <summary>It was set.</summary>
        void InitializeForEventSource();

        /// <summary>One event.</summary>
        bool OnEvent(BaseEvent ev);
    }
}
