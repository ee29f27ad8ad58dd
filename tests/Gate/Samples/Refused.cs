// Everything here compiles as C# 9 and breaks on nanoFramework v1. Compiled by the tests against the host's own core library.
using System;

namespace Refused
{
    public class GenericType<T> { public int Field; }

    public static class Uses
    {
        public static object GenericTypeUse() { return new GenericType<int>(); }
        static T Echo<T>(T value) { return value; }
        public static int GenericCall() { return Echo(1); }
        public static void ActionParameter(Action<int> action) { }
        public static int? NullableReturn() { return null; }
        public static event EventHandler<EventArgs> GenericEvent;
        public static void Raise() { GenericEvent(null, EventArgs.Empty); }

        public static int RectangularArray() { int[,] board = new int[2, 2]; return board[1, 1]; }
        public static object[][,] RectangularInside;

        public static unsafe int Stackalloc() { int* p = stackalloc int[4]; return p[3]; }
        public static unsafe void Fixed(byte[] data) { fixed (byte* p = data) { *p = 1; } }
        public static unsafe byte* PointerField;
        public static unsafe int FunctionPointer(delegate*<int> f) { return f(); }

        public static float FloatField;
        public static int FloatParameter(float a) { return 1; }
        public static int DoubleConstant(int a) { return (int)(a * 1.5); }
        public static int DoubleFromLibrary() { return (int)Math.Sqrt(4); }
        public static object DoubleArray() { return new double[3]; }
        public static bool FloatElement(object o) { return ((float[])o)[0] > 0; }

        public static SpanByte SpanField;

        public static volatile int VolatileField;
        public static int VolatileRead() { return VolatileField; }
    }

    public interface IDefault
    {
        void Plain();
        int Body() { return 1; }
    }

    public class Allowed
    {
        public static double Ratio(int a) { return a / 4.0; }
    }
}

// The host's core library has none.
namespace System
{
    public struct SpanByte { }
}
