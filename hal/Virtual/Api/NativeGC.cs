// SPDX-License-Identifier: MIT

namespace nanoFramework.Runtime.Native
{
    /// <summary>
    /// nanoFramework's collector: on the host only the figure it returns matters, and a test or the virtual board sets it.
    /// </summary>
    public static class GC
    {
        /// <summary>Bytes that <see cref="Run"/> reports free; by default what facts about the reference board say: about 7 MB.</summary>
        [global::System.ThreadStatic]
        public static uint VirtualFree;

        /// <summary>Collects and returns the bytes free.</summary>
        public static uint Run(bool compactHeap) => VirtualFree != 0 ? VirtualFree : 7_000_000u;
    }
}
