// SPDX-License-Identifier: MIT

using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using Lapel.Authority;
using Lapel.Intake;
using Lapel.Link;

namespace Lapel.LineBench
{
    /// <summary>Syncs from a virtual camera that is a process of its own and keeps the rate of the line.</summary>
    internal sealed class SyncRun : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("lapel-line-").FullName;
        private readonly Process _camera;
        private readonly string _port;
        private readonly Station _dock = new(SigningKey.Generate(KeyKind.Station));
        private int _stores;

        /// <summary>Records so many seconds onto a card, switches the camera on and makes it the dock's.</summary>
        public SyncRun(int seconds)
        {
            string script = In("script.txt");
            File.WriteAllText(script, $"wait 40s\ndouble record\nwait {seconds}s\nhold record 3.2s\nwait 30s\n");
            string[] camera = ["run", "--card", In("card"), "--device", In("device"), "--card-size", "512", "--seed", "1"];
            Require(Self.Lapel([.. camera, "--script", script, "--virtual-time"]));
            _dock.Key.Save(In("dock.key"), In("dock.pub"));
            SigningKey.Generate(KeyKind.Authority).Save(In("authority.key"), In("authority.pub"));
            File.WriteAllText(
                In("plan.json"),
                """
                { "serial": 1, "device": "any", "recipients": [], "archives": [],
                  "stations": [ { "key": "dock.pub", "role": "dock" } ] }
                """
            );
            Require(Self.Lapel("config", "sign", In("plan.json"), In("signed"), "--key", In("authority.key")));
            _camera = Self.Lapel([.. camera, "--port", "--baud-pace"]);
            string said = _camera.StandardError.ReadLine() ?? throw new IOException("the camera gave no port");
            _port = said["service port ".Length..];
            Require(Self.Lapel("config", "set", In("signed"), "--port", _port));
        }

        /// <summary>Fetches so many bytes; the share of the line's rate that they had from the first to the last, in percent.</summary>
        public double Share(int baud, long bytes)
        {
            using var enough = new CancellationTokenSource();
            var watch = new Watch(bytes, enough);
            var options = new SyncOptions { Folder = In("store" + ++_stores), MostBaud = baud };
            try
            {
                new CameraSync(new SerialPortOf(_port), _dock, options, watch).Run(enough.Token);
                throw new InvalidOperationException($"the card has no {bytes} bytes");
            }
            catch (OperationCanceledException)
            {
                return 100.0 * watch.Counted / (Stopwatch.GetElapsedTime(watch.First, watch.Last).TotalSeconds * baud / 10);
            }
        }

        public void Dispose()
        {
            _camera.Kill();
            _camera.WaitForExit();
            Directory.Delete(_folder, recursive: true);
        }

        private string In(string name) => Path.Combine(_folder, name);

        private static void Require(Process process)
        {
            process.StandardInput.Close();
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException(error);
            }
        }

        private sealed class Station(SigningKey key) : IStation
        {
            public SigningKey Key => key;

            public byte[] Fingerprint => key.Fingerprint;

            public byte[] Prove(byte[] deviceId, byte[] nonce, CameraRole role) => Login.Prove(key, deviceId, nonce, (byte)role);
        }

        private sealed class Watch(long bytes, CancellationTokenSource enough) : ISyncWatch
        {
            private long _before;

            public long First { get; private set; }

            public long Last { get; private set; }

            public long Counted { get; private set; }

            public void Begin(Hello hello, int segments, long all, int stored) { }

            public void Bytes(long done, long total)
            {
                Last = Stopwatch.GetTimestamp();
                if (First == 0)
                {
                    (First, _before) = (Last, done);
                }

                Counted = done - _before;
                if (Counted >= bytes)
                {
                    enough.Cancel();
                }
            }

            public void Stored(SlotEntry entry, string path) { }

            public void Refused(SlotEntry entry, string why, string path) => throw new InvalidOperationException(why);

            public void Released(SlotEntry entry) { }

            public void Waits(string why) => Console.Error.WriteLine("waits: " + why);
        }
    }
}
