// What v1 does take, close to what it does not. Compiled by the tests against the host's own core library.
using System;
using System.Collections;

namespace Taken
{
    public delegate int Made(int value);

    public interface IPlain { int Get(); }

    public struct Pair { public int A; public long B; }

    public class Everything : IPlain
    {
        static readonly ushort[] Table = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };
        readonly int[][] jagged = { new int[3], new int[4] };
        EventHandler changed;
        Made asked;

        // Written out: against the host's core library the compiler's own accessors would call a generic Interlocked method.
        public event EventHandler Changed { add { changed += value; } remove { changed -= value; } }

        public int Get() { return jagged[1].Length + Table[3]; }

        public int Closures(int seed)
        {
            int sum = seed;
            Made add = value => sum += value;
            asked += add;
            add(3);
            int Local(int x) { return x + sum; }
            return Local(1);
        }

        public int Filters(ArrayList list)
        {
            try
            {
                foreach (object one in list) if (one is int number && number > 3) return number;
                changed(this, EventArgs.Empty);
                return 0;
            }
            catch (Exception failure) when (failure.Message.Length > 2) { return 1; }
            finally { list.Clear(); }
        }

        public static void ByReference(ref Pair pair, out long sum)
        {
            sum = pair.A + pair.B;
            pair.A++;
        }

        public static string Words(int n, object o)
        {
            switch (o)
            {
                case string s when s.Length > n: return s + " " + n.ToString();
                case Pair p: return p.A.ToString();
                default: return null;
            }
        }

        public static ulong Wide(ulong a, int by) { return (a << by) ^ (a * 31) / 7; }
    }
}
