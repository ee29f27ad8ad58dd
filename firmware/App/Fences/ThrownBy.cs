// SPDX-License-Identifier: MIT

using System;

namespace Lapel.App
{
    /// <summary>What an exception is, as <see cref="Thrown"/> numbers it.</summary>
    public static class ThrownBy
    {
        /// <summary>Allocates nothing for an exception that says that there is no memory.</summary>
        public static Thrown Of(Exception e)
        {
            if (e is OutOfMemoryException)
            {
                return Thrown.OutOfMemory;
            }

            if (e is InvalidOperationException)
            {
                return Thrown.InvalidOperation;
            }

            if (e is ArgumentException)
            {
                return Thrown.Argument;
            }

            if (e is TimeoutException)
            {
                return Thrown.Timeout;
            }

            if (e is NullReferenceException)
            {
                return Thrown.NullReference;
            }

            if (e is IndexOutOfRangeException)
            {
                return Thrown.IndexOutOfRange;
            }

            if (e is NotSupportedException)
            {
                return Thrown.NotSupported;
            }

            // By its name: the simulated board has a type of its own for it.
            return e.GetType().Name == "IOException" ? Thrown.InputOutput : Thrown.Other;
        }

        /// <summary>In a word, for a technician.</summary>
        public static string Text(Thrown what)
        {
            switch (what)
            {
                case Thrown.OutOfMemory:
                    return "out of memory";
                case Thrown.InputOutput:
                    return "i/o";
                case Thrown.InvalidOperation:
                    return "invalid operation";
                case Thrown.Argument:
                    return "argument";
                case Thrown.Timeout:
                    return "time-out";
                case Thrown.NullReference:
                    return "null reference";
                case Thrown.IndexOutOfRange:
                    return "index";
                case Thrown.NotSupported:
                    return "not supported";
                default:
                    return "other";
            }
        }
    }
}
