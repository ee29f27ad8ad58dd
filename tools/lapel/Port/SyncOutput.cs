// SPDX-License-Identifier: MIT

using System;
using System.Text.Json;
using Lapel.Intake;
using Lapel.Link;

namespace Lapel.Cli
{
    /// <summary>Writes what a sync says: segments to standard output, waiting and refusals to standard error.</summary>
    internal sealed class SyncOutput : ISyncWatch
    {
        private readonly Host _host;
        private readonly bool _json;
        private string _device = "",
            _lastWait = "";

        /// <param name="host">Where it goes.</param>
        /// <param name="json">One object a line.</param>
        public SyncOutput(Host host, bool json)
        {
            _host = host;
            _json = json;
        }

        /// <summary>Is told the bytes done and in all; null when nobody looks.</summary>
        public Action<long, long>? Progress { get; set; }

        /// <summary>Is told what the sync waits for, and "camera" when it goes on; null when nobody looks.</summary>
        public Action<string>? Waiting { get; set; }

        public void Begin(Hello hello, int segments, long bytes, int stored)
        {
            _device = hello.IdText;
            _lastWait = "";
            Waiting?.Invoke("camera");
            if (!_json)
            {
                _host.Out.WriteLine(
                    $"camera {hello.IdText} {hello.Unit}: {segments} segments to bring ({bytes / 1e6:0.0} MB), {stored} stored already"
                );
            }
        }

        public void Bytes(long done, long total) => Progress?.Invoke(done, total);

        public void Stored(SlotEntry entry, string path)
        {
            if (_json)
            {
                Object("stored", entry, json => json.WriteString("path", path));
            }
            else
            {
                _host.Out.WriteLine($"stored {path}");
            }
        }

        public void Refused(SlotEntry entry, string why, string path)
        {
            if (_json)
            {
                Object(
                    "refused",
                    entry,
                    json =>
                    {
                        json.WriteString("path", path);
                        json.WriteString("why", why);
                    }
                );
            }

            _host.Complain($"segment {entry.Segment} of recording {entry.Recording}: {why} ({path})", "it stays on the camera");
        }

        public void Released(SlotEntry entry)
        {
            if (_json)
            {
                Object("released", entry, _ => { });
            }
            else
            {
                _host.Out.WriteLine($"released segment {entry.Segment} of recording {entry.Recording}");
            }
        }

        public void Waits(string why)
        {
            if (why == _lastWait)
            {
                return;
            }

            _lastWait = why;
            Waiting?.Invoke(why);
            _host.Error.WriteLine($"lapel: {why}; waiting");
        }

        public void ClockSet(ClockSetting set)
        {
            if (_json)
            {
                _host.Out.WriteLine(
                    JsonLine.Of(json =>
                    {
                        json.WriteString("type", "clock");
                        ClockText.Json(set, json);
                    })
                );
            }

            if (ClockText.Notice(set) is string notice)
            {
                _host.Error.WriteLine($"lapel: camera {set.Device}: {notice}");
            }
        }

        public void ClockNotSet(string why) => _host.Error.WriteLine($"lapel: the camera's clock was not set: {why}");

        /// <summary>The end of a sync.</summary>
        public void Report(SyncReport report)
        {
            if (_json)
            {
                _host.Out.WriteLine(
                    JsonLine.Of(json =>
                    {
                        json.WriteString("type", "sync");
                        json.WriteString("device", report.Device);
                        json.WriteNumber("brought", report.Brought);
                        json.WriteNumber("already", report.Already);
                        json.WriteNumber("refused", report.Refused);
                        json.WriteNumber("open", report.Open);
                        json.WriteNumber("released", report.Released);
                        json.WriteNumber("notReleased", report.NotReleased);
                        json.WriteString("logProblem", report.LogProblem);
                    })
                );
            }
            else
            {
                _host.Out.WriteLine(
                    $"camera {report.Device}: {report.Brought} segments brought, {report.Already} stored before"
                        + (report.Released > 0 ? $", {report.Released} released" : "")
                        + (report.Refused > 0 ? $", {report.Refused} refused" : "")
                        + (report.NotReleased > 0 ? $", {report.NotReleased} not released" : "")
                        + (report.Open > 0 ? $", {report.Open} still open on the camera" : "")
                );
            }

            if (report.LogProblem is string problem)
            {
                _host.Complain(problem, "lapel verify of the store says what is missing; keep the card as it is");
            }
        }

        private void Object(string type, SlotEntry entry, Action<Utf8JsonWriter> more) =>
            _host.Out.WriteLine(
                JsonLine.Of(json =>
                {
                    json.WriteString("type", type);
                    json.WriteString("device", _device);
                    json.WriteNumber("recording", entry.Recording);
                    json.WriteNumber("segment", entry.Segment);
                    more(json);
                })
            );
    }
}
