// SPDX-License-Identifier: MIT

using Lapel.Hal.Virtual;

namespace nanoFramework.Runtime.Events
{
    /// <summary>
    /// Who gets the native events of a category. As the runtime has it: one processor and one listener each, the last set.
    /// </summary>
    public static class EventSink
    {
        /// <summary>Sets who makes an object of an event.</summary>
        public static void AddEventProcessor(EventCategory eventCategory, IEventProcessor eventProcessor)
        {
            if (eventCategory == EventCategory.Gpio)
            {
                VirtualMachine.Current.Interrupts.Processor = eventProcessor;
            }
        }

        /// <summary>Sets who gets that object.</summary>
        public static void AddEventListener(EventCategory eventCategory, IEventListener eventListener)
        {
            if (eventCategory == EventCategory.Gpio)
            {
                VirtualMachine.Current.Interrupts.Listener = eventListener;
            }

            eventListener.InitializeForEventSource();
        }
    }
}
