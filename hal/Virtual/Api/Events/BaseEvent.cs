// SPDX-License-Identifier: MIT

namespace nanoFramework.Runtime.Events
{
    /// <summary>An event as a processor makes it.</summary>
    public class BaseEvent { }
}
