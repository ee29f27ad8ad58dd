// SPDX-License-Identifier: MIT

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using Lapel.Tests;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.Faults
{
    /// <summary>
    /// Each call through hal/ in a shift fails once, with each exception that the runtime can throw there, before it takes effect and after
    /// it, or never returns; in a sample it fails for ever.
    /// Environment: LAPEL_FAULT=id,id makes these and says what comes of them; LAPEL_FAULTS=n makes n of them; LAPEL_SEED=n draws another
    /// sample.
    /// </summary>
    [TestClass]
    public class FaultTests
    {
        // One in so many fails for ever.
        private const int ForEverEvery = 8;

        // Of each member the first calls of a story: later ones are alike, and drawn.
        private const int FirstCalls = 3;

        public TestContext TestContext { get; set; } = null!;

        [TestMethod]
        [TestCategory(TestSize.Sweep)]
        public void NoCallThatFailsLosesWhatWasClosed()
        {
            if (Environment.GetEnvironmentVariable("LAPEL_FAULT") is string one)
            {
                Warm(one);
                List<string> wrong =
                [
                    .. one.Split(',')
                        .Select(id => (Id: id, FaultRun.Make(Fault.Parse(id), Console.WriteLine).Wrong))
                        .Where(made => made.Wrong != null)
                        .Select(made => made.Id + ": " + made.Wrong),
                ];
                Assert.IsEmpty(wrong, string.Join("\n", wrong));
                return;
            }

            var watch = Stopwatch.StartNew();
            var calls = Stories.All.ToDictionary(s => s, FaultRun.Calls);
            int all = calls.Values.Sum(c => c.Count);
            int wanted = Environment.GetEnvironmentVariable("LAPEL_FAULTS") is string n
                ? int.Parse(n, CultureInfo.InvariantCulture)
                : TestSize.Of(Sample, Swept, int.MaxValue);
            List<Fault> faults = Draw(calls, wanted);
            ConcurrentBag<(Fault Fault, FaultOutcome Outcome)> outcomes = MakeAll(faults);
            List<string> failed =
            [
                .. outcomes.Where(o => o.Outcome.Wrong != null).Select(o => o.Fault.Id + ": " + o.Outcome.Wrong).Order(),
            ];
            string sampled = wanted == int.MaxValue ? "" : ", a sample";
            int ended = outcomes.Count(o => o.Outcome.HasEnded);
            int cannot = outcomes.Count(o => o.Outcome.CannotRecord);
            int once = outcomes.Count(o => o.Outcome.CannotRecord && !o.Fault.IsForEver);
            string line = string.Create(
                CultureInfo.InvariantCulture,
                $"faults: {all} calls x {FaultKinds.Count} kinds = {faults.Count}{sampled}, "
                    + $"{failed.Count} failed, in {watch.Elapsed.TotalSeconds:0} s"
            );
            string more = string.Create(
                CultureInfo.InvariantCulture,
                $"faults: the loop ended in {ended}, the camera cannot record and says so in {cannot}, {once} of them single faults"
            );
            Console.WriteLine(line + "\n" + more);
            TestContext.WriteLine(line + "\n" + more);
            Console.WriteLine(CannotRecord(outcomes, false) + "\n" + CannotRecord(outcomes, true));
            Assert.IsEmpty(failed, line + "\n" + string.Join("\n", failed.Take(60).Select(f => f.Length > 900 ? f[..900] : f)));
        }

        // Each allocation that the device code makes fails once: with no memory left, nothing closed is lost either.
        [TestMethod]
        [TestCategory(TestSize.Sweep)]
        public void NoAllocationThatFailsLosesWhatWasClosed()
        {
            var watch = Stopwatch.StartNew();
            var methods = Stories.All.ToDictionary(s => s, FaultRun.Allocations);
            int all = methods.Values.Sum(m => m.Count);
            int wanted = Environment.GetEnvironmentVariable("LAPEL_FAULTS") is string n
                ? int.Parse(n, CultureInfo.InvariantCulture)
                : TestSize.Of(SampleOfAllocations, SweptAllocations, int.MaxValue);
            List<Fault> faults = InTurn(
                methods.SelectMany(story =>
                    Enumerable
                        .Range(1, story.Value.Count)
                        .GroupBy(number => story.Value[number - 1])
                        .Select(method => method.Select(number => Fault.OfMemory(story.Key, number)).ToList())
                ),
                FirstCalls,
                wanted
            );
            ConcurrentBag<(Fault Fault, FaultOutcome Outcome)> outcomes = MakeAll(faults);
            List<string> failed =
            [
                .. outcomes.Where(o => o.Outcome.Wrong != null).Select(o => o.Fault.Id + ": " + o.Outcome.Wrong).Order(),
            ];
            string sampled = wanted == int.MaxValue ? "" : ", a sample";
            string line = string.Create(
                CultureInfo.InvariantCulture,
                $"faults: {all} allocations in {methods.Sum(m => m.Value.Distinct().Count())} methods, {faults.Count} failed once"
                    + $"{sampled}, {failed.Count} of them wrong, in {watch.Elapsed.TotalSeconds:0} s"
            );
            Console.WriteLine(line + "\n" + CannotRecord(outcomes, false));
            TestContext.WriteLine(line);
            Assert.IsEmpty(failed, line + "\n" + string.Join("\n", failed.Take(60).Select(f => f.Length > 900 ? f[..900] : f)));
        }

        // What is made once is made before, as in the count.
        private static void Warm(string ids)
        {
            foreach (IStory story in ids.Split(',').Select(Fault.Parse).Where(f => f.IsAllocation).Select(f => f.Story).Distinct())
            {
                FaultRun.Calls(story);
            }
        }

        private const int Sample = 300;
        private const int SampleOfAllocations = 100;
        private const int SweptAllocations = 2000;
        private const int Swept = 20_000;

        // What it takes to keep the camera from recording, with an example each.
        private static string CannotRecord(IEnumerable<(Fault Fault, FaultOutcome Outcome)> outcomes, bool isForEver) =>
            (isForEver ? "faults: cannot record while it lasts: " : "faults: cannot record after a single one: ")
            + string.Join(
                ", ",
                outcomes
                    .Where(o => o.Outcome.CannotRecord && o.Fault.IsForEver == isForEver)
                    .GroupBy(o => o.Fault.Story.Name + " " + o.Outcome.Failing)
                    .OrderByDescending(g => g.Count())
                    .Select(g => $"{g.Key} {g.Count()} ({g.First().Fault.Id})")
            );

        // In turn from each member of each story, the first calls of it first: the polls of the buttons are nine in ten of all calls, and
        // one like the other.
        private static List<Fault> Draw(Dictionary<IStory, List<string>> calls, int wanted)
        {
            IEnumerable<List<Fault>> members = calls.SelectMany(story =>
                Enumerable
                    .Range(1, story.Value.Count)
                    .GroupBy(call => story.Value[call - 1])
                    .Select(member =>
                        member.SelectMany(call => Kinds(member.Key, call).Select(k => new Fault(story.Key, call, k, false))).ToList()
                    )
            );
            return
            [
                .. InTurn(members, FirstCalls * FaultKinds.Count, wanted)
                    .Select((fault, i) => i % ForEverEvery == 0 && fault.Kind != FaultKind.Hang ? fault with { IsForEver = true } : fault),
            ];
        }

        // One of each in turn, so many first ones of each before its others.
        private static List<Fault> InTurn(IEnumerable<List<Fault>> groups, int firstOnes, int wanted)
        {
            int seed = Environment.GetEnvironmentVariable("LAPEL_SEED") is string s ? int.Parse(s, CultureInfo.InvariantCulture) : 1;
            var random = new Random(seed);
            var members = new List<Queue<Fault>>();
            foreach (List<Fault> all in groups)
            {
                int first = Math.Min(all.Count, firstOnes);
                Shuffle(all, 0, first, random);
                Shuffle(all, first, all.Count, random);
                members.Add(new Queue<Fault>(all));
            }

            Shuffle(members, 0, members.Count, random);
            var drawn = new List<Fault>();
            while (members.Count > 0 && drawn.Count < wanted)
            {
                foreach (Queue<Fault> member in members)
                {
                    drawn.Add(member.Dequeue());
                }

                members.RemoveAll(m => m.Count == 0);
            }

            return [.. drawn.Take(wanted)];
        }

        // Two polls of the buttons in each turn of the loop: each of them throws one kind, in turn.
        private static IEnumerable<FaultKind> Kinds(string member, int call) =>
            member is "Buttons.TryTake" or "Buttons.Overruns"
                ? [FaultKinds.Of(member).ElementAt(call / 2 % FaultKinds.Of(member).Count())]
                : FaultKinds.Of(member);

        private static void Shuffle<T>(List<T> list, int from, int to, Random random)
        {
            for (int i = to - 1; i > from; i--)
            {
                int other = random.Next(from, i + 1);
                (list[i], list[other]) = (list[other], list[i]);
            }
        }

        private static ConcurrentBag<(Fault Fault, FaultOutcome Outcome)> MakeAll(List<Fault> faults)
        {
            var outcomes = new ConcurrentBag<(Fault, FaultOutcome)>();
            int next = -1;
            var threads = Enumerable
                .Range(0, Environment.ProcessorCount)
                .Select(_ => new Thread(() =>
                {
                    for (int i = Interlocked.Increment(ref next); i < faults.Count; i = Interlocked.Increment(ref next))
                    {
                        outcomes.Add((faults[i], FaultRun.Make(faults[i])));
                    }
                }))
                .ToList();
            threads.ForEach(t => t.Start());
            threads.ForEach(t => t.Join());
            return outcomes;
        }
    }
}
