// SPDX-License-Identifier: MIT

using Lapel.Service;

namespace Lapel.CostMeter.Scenarios;

/// <summary>A byte of an SMP message on its way out: from a finished answer to lines in the port's buffer.</summary>
public sealed class SmpOut : ISharedScenario
{
    readonly SmpReply reply = new();
    readonly SmpSender sender = new();
    ServiceOutput? output;

    public string Name => "SMP out, a byte";

    public Counts Counted { get; private set; } = Counts.None;

    public int Units => SmpLines.MessageBytes;

    public void Prepare()
    {
        output = new ServiceOutput(CameraRig.BoardWithCard().Link);
        reply.Begin(version: 1, SmpRequest.Read, group: 0, sequence: 0, command: 0);
        int data = SmpLines.MessageBytes - 16;
        reply.Bytes(new byte[data], 0, data);
        reply.Finish();
        Write();
    }

    public void Run()
    {
        Counts before = Counts.Now();
        Write();
        Counted = Counts.Now().Since(before);
    }

    void Write()
    {
        output!.Clear();
        sender.Begin(reply);
        while (sender.IsBusy)
        {
            if (output.Room < SmpLine.MaxBytes)
            {
                output.Clear();
            }

            output.EnsureLineStart();
            output.Write(sender.Line, 0, sender.Next());
        }
    }
}
