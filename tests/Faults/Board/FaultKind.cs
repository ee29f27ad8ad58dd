// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using Lapel.Hal.Virtual.Nano;

namespace Lapel.Faults
{
    /// <summary>What a call through hal/ can throw on the runtime, and that it may never return.</summary>
    internal enum FaultKind
    {
        OutOfMemory,
        Io,
        InvalidOperation,
        Argument,
        Timeout,
        NullReference,

        /// <summary>It takes effect, and throws then.</summary>
        AfterEffect,

        /// <summary>It never returns: the watchdog ends it.</summary>
        Hang,
    }

    internal static class FaultKinds
    {
        public static readonly int Count = Enum.GetValues<FaultKind>().Length;

        // What such a call did stays done when it throws.
        private static readonly HashSet<string> s_effective =
        [
            "Card.Mount",
            "Card.CreateFolder",
            "Card.Preallocate",
            "Card.BeginFile",
            "FileMaking.Step",
            "CardFile.Write",
            "CardFile.Close",
            "Store.Save",
            "Store.SaveInTurn",
        ];

        /// <summary>The kinds that a member can show.</summary>
        public static IEnumerable<FaultKind> Of(string member) =>
            Enum.GetValues<FaultKind>().Where(kind => kind != FaultKind.AfterEffect || s_effective.Contains(member));

        public static Exception Make(FaultKind kind, string call) =>
            kind switch
            {
                FaultKind.OutOfMemory => new OutOfMemoryException("injected at " + call),
                FaultKind.Io or FaultKind.AfterEffect => new IOException(
                    "injected at " + call,
                    (int)IOException.IOExceptionErrorCode.Others
                ),
                FaultKind.InvalidOperation => new InvalidOperationException("injected at " + call),
                FaultKind.Argument => new ArgumentException("injected at " + call),
                FaultKind.Timeout => new TimeoutException("injected at " + call),
                _ => new NullReferenceException("injected at " + call),
            };
    }
}
