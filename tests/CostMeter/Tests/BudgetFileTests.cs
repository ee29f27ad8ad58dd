// SPDX-License-Identifier: MIT

using System;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.CostMeter.Tests;

/// <summary>The file holds a row to what it says: dearer, cheaper, missing, unknown, above its limit.</summary>
[TestClass]
public sealed class BudgetFileTests
{
    const string Header = "row\til\tnative calls\tbytes allocated\tbytes returned by natives\tms\tio ms\twaited ms\tlimits\n";
    const string File = Header + "frame\t1000\t10\t0\t44\t2.5\t16\t20\til<=1100 bytes<=0\nsign\t300000\t5\t64\t0\t114\t0\t0\t-\n";
    static readonly Cost Frame = new("frame", 1000, 10, 0, 44, 2.5, 16, 20);
    static readonly Cost Sign = new("sign", 300_000, 5, 64, 0, 114, 0, 0);

    [TestMethod]
    public void TheRecordedFiguresPass() => Expect(Frame);

    [TestMethod]
    public void ALittleMoreOrLessPasses() => Expect(Frame with { Il = 1020, Milliseconds = 2.45 });

    [TestMethod]
    public void DearerFailsAndSaysWhatToDo() =>
        Expect(
            Frame with
            {
                Il = 1021,
            },
            "frame: IL instructions rose from 1000 to 1021; record it in the same commit: dotnet run --project tests/CostMeter -- --update"
        );

    [TestMethod]
    public void MuchCheaperAsksForTheFileToo() => Expect(Frame with { Milliseconds = 2 }, "frame: ms fell from 2.5 to 2");

    [TestMethod]
    public void EachFigureIsHeld()
    {
        Expect(Frame with { NativeCalls = 11 }, "frame: native calls rose");
        Expect(Frame with { ReturnedBytes = 45 }, "frame: bytes returned by natives rose");
        Expect(Frame with { IoMilliseconds = 17 }, "frame: io ms rose");
        Expect(Frame with { WaitedMilliseconds = 30 }, "frame: waited ms rose");
    }

    [TestMethod]
    public void AboveItsLimitFailsWhateverIsRecorded()
    {
        Expect(Frame with { Il = 1101 }, "frame: il is 1101, above its limit 1100", "frame: IL instructions rose");
        Budget loose = Budget.Parse(File.Replace("frame\t1000", "frame\t1101"));
        string only = loose.Compare([Frame with { Il = 1101 }, Sign]).Single();
        StringAssert.StartsWith(only, "frame: il is 1101, above its limit 1100");
    }

    [TestMethod]
    [DataRow("ms<=3", false)]
    [DataRow("ms<=2.4", true)]
    [DataRow("io<=16", false)]
    [DataRow("io<=15", true)]
    [DataRow("elapsed<=38.5", false)]
    [DataRow("elapsed<=38", true)]
    public void EachKindOfLimitIsHeld(string limit, bool broken)
    {
        var complaints = Budget.Parse(File.Replace("il<=1100 bytes<=0", limit)).Compare([Frame, Sign]);
        Assert.HasCount(broken ? 1 : 0, complaints);
    }

    [TestMethod]
    public void AnAllocationWhereNoneIsAllowedFails() =>
        Expect(Frame with { AllocatedBytes = 24 }, "frame: bytes is 24, above its limit 0", "frame: bytes allocated rose from 0 to 24");

    [TestMethod]
    public void ARowOnOneSideOnlyFails()
    {
        StringAssert.StartsWith(Budget.Parse(File).Compare([Frame]).Single(), "sign: in the budget file, but no scenario");
        StringAssert.StartsWith(
            Budget.Parse(File).Compare([Frame, Sign, Sign with { Row = "boot" }]).Single(),
            "boot: not in the budget file"
        );
    }

    [TestMethod]
    public void UpdatingKeepsLimitsAndOrder()
    {
        string updated = Budget.Parse(File).With([Sign with { Row = "new" }, Sign, Frame with { Il = 900 }]);
        Assert.AreEqual(
            Header
                + "frame\t900\t10\t0\t44\t2.5\t16\t20\til<=1100 "
                + "bytes<=0\nsign\t300000\t5\t64\t0\t114\t0\t0\t-\nnew\t300000\t5\t64\t0\t114\t0\t0\t-\n",
            updated
        );
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("row\til\n")]
    [DataRow(Header + "frame\t1000\n")]
    [DataRow(Header + "a\t1\t1\t1\t1\t1\t1\t1\tspeed<=3\n")]
    [DataRow(Header + "a\t1\t1\t1\t1\t1\t1\t1\til<3\n")]
    [DataRow(Header + "a\t1\t1\t1\t1\t1\t1\t1\t-\na\t1\t1\t1\t1\t1\t1\t1\t-\n")]
    [DataRow(Header + "a\tx\t1\t1\t1\t1\t1\t1\t-\n")]
    public void AMalformedFileIsAnError(string text) => Assert.ThrowsExactly<FormatException>(() => Budget.Parse(text));

    static void Expect(Cost frame, params string[] complaints)
    {
        var found = Budget.Parse(File).Compare([frame, Sign]);
        Assert.HasCount(complaints.Length, found, string.Join("\n", found));
        foreach (var (expected, actual) in complaints.Zip(found))
        {
            StringAssert.StartsWith(actual, expected);
        }
    }
}
