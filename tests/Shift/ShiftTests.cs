using System;
using System.Diagnostics;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Shift.Tests
{
    [TestClass]
    public sealed class ShiftTests
    {
        [TestMethod]
        public void NothingIsLost()
        {
            var watch = Stopwatch.StartNew();
            int seed = int.Parse(Environment.GetEnvironmentVariable("LAPEL_SEED") ?? "1");
            using ShiftRun run = ShiftRun.Of(seed);
            Console.WriteLine(string.Join('\n', run.Truth.Story));
            foreach (var look in run.Memory.Looks) Console.WriteLine($"boot {look.Boot.Index} {look.AtMs} {look.Bytes}");
            Console.WriteLine($"run {watch.Elapsed.TotalSeconds:0} s cpu {Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds:0}");
            var verdict = new ShiftVerdict(run);
            Console.WriteLine(string.Join('\n', verdict.Wrong.Take(60)));
            Console.WriteLine(verdict.Line(watch.Elapsed) + " cpu " + Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds);
            Console.WriteLine($"frames {verdict.Recordings.Frames} mostlost {verdict.Recordings.MostLostMs} boundlater {verdict.Recordings.BoundLater} log {verdict.Log.Found} receipts {verdict.Store.Receipts} reused {run.Day.Watch.ReusedSlots} wrongsec {verdict.Coverage.WrongSeconds}");
        }
    }
}
