using System;
using System.Diagnostics;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.WholeCamera.Tests
{
    [TestClass]
    public sealed class FirstTests
    {
        [TestMethod]
        public void Speed()
        {
            var watch = Stopwatch.StartNew();
            using var bench = new Bench();
            bench.Ready();
            Console.WriteLine($"ready at {bench.NowUs} us, {watch.ElapsedMilliseconds} ms");
            bench.Run(10);
            Console.WriteLine($"10 s more: {watch.ElapsedMilliseconds} ms");
            bench.Start();
            bench.Run(30);
            Console.WriteLine($"30 s recording: {watch.ElapsedMilliseconds} ms");
            bench.Stop();
            Console.WriteLine($"stopped: {watch.ElapsedMilliseconds} ms at {bench.NowUs}");
            var stored = bench.Stored();
            foreach (var s in stored.Segments) Console.WriteLine($"slot {s.Slot} rec {s.Recording} seg {s.Segment} k {s.FirstLive} frags {s.Fragments.Count} frames {s.Frames.Count()} closed {s.IsClosed} cp {s.Checkpoints}");
            RecordingChecks.RequireContinuous(stored.Recordings[0]);
            RecordingChecks.RequirePictures(stored.Recordings[0], bench.Pictures);
            foreach (var r in bench.Judge()) { Console.WriteLine($"{r.Verdict} {r.SignedFrames} {r.Capture} {r.PreEvent} {r.Statistics}"); foreach (var f in r.Findings) Console.WriteLine(f.Severity + " " + f); }
            Console.WriteLine($"verified: {watch.ElapsedMilliseconds} ms");
        }
    }
}
