// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal.Virtual.Nano;

namespace Lapel.Faults
{
    /// <summary>What a call through hal/ can throw on the runtime.</summary>
    internal enum FaultKind
    {
        OutOfMemory,
        Io,
        InvalidOperation,
        Argument,
        Timeout,
        NullReference,
    }

    internal static class FaultKinds
    {
        public static readonly int Count = Enum.GetValues<FaultKind>().Length;

        public static Exception Make(FaultKind kind, string call) =>
            kind switch
            {
                FaultKind.OutOfMemory => new OutOfMemoryException("injected at " + call),
                FaultKind.Io => new IOException("injected at " + call, (int)IOException.IOExceptionErrorCode.Others),
                FaultKind.InvalidOperation => new InvalidOperationException("injected at " + call),
                FaultKind.Argument => new ArgumentException("injected at " + call),
                FaultKind.Timeout => new TimeoutException("injected at " + call),
                _ => new NullReferenceException("injected at " + call),
            };
    }
}
