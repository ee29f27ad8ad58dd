// SPDX-License-Identifier: MIT

using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Lapel.DeviceGate;

/// <summary>What the gate says: text for people, or one JSON object a line.</summary>
public sealed class Report(TextWriter output, bool json)
{
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public int Violations { get; private set; }

    public void Add(Violation violation)
    {
        Violations++;
        Write(
            new
            {
                kind = "violation",
                where = violation.Where,
                member = violation.Member,
                what = violation.What,
            },
            violation.ToString()
        );
    }

    public void Add(AssemblySize size, string project) =>
        Write(
            new
            {
                kind = "assembly",
                name = size.Name,
                project,
                il = size.IlBytes,
                data = size.DataBytes,
                types = size.Types,
            },
            $"{size.Name}: {size.IlBytes} bytes of IL, {size.DataBytes} bytes of data, {size.Types} types ({project})"
        );

    public void Skipped(string what, string why) =>
        Write(
            new
            {
                kind = "skipped",
                what,
                why,
            },
            $"SKIPPED {what}: {why}"
        );

    public void Summary(int projects, bool compiled) =>
        Write(
            new
            {
                kind = "summary",
                projects,
                compiled,
                violations = Violations,
            },
            $"device gate: {projects} projects{(compiled ? "" : ", not compiled")}, {Violations} violations"
        );

    void Write(object data, string text) => output.WriteLine(json ? JsonSerializer.Serialize(data, Plain) : text);
}
