// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using Lapel.Service;

namespace Lapel.CostMeter.Scenarios;

/// <summary>A byte of an SMP message on its way in: from the port's buffer to a message that is whole and checked.</summary>
public sealed class SmpIn : ISharedScenario
{
    readonly LineSplitter splitter = new();
    readonly SmpReceiver receiver = new();
    readonly IReadOnlyList<byte[]> lines = SmpLines.Of(SmpLines.MessageBytes);

    public string Name => "SMP in, a byte";

    public Counts Counted { get; private set; } = Counts.None;

    public int Units => SmpLines.MessageBytes;

    public void Prepare() => Take();

    public void Run()
    {
        Counts before = Counts.Now();
        Take();
        Counted = Counts.Now().Since(before);
    }

    void Take()
    {
        foreach (byte[] line in lines)
        {
            line.CopyTo(splitter.Buffer, splitter.End);
            splitter.Added(line.Length);
            while (splitter.Next() == LineEnd.Smp)
            {
                receiver.Line(splitter.Buffer, splitter.LineBegin, splitter.LineCount);
            }
        }

        if (receiver.Waiting == null)
        {
            throw new InvalidOperationException("the message did not arrive");
        }

        receiver.Done();
    }
}
