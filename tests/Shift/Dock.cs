// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Lapel.Authority;
using Lapel.Hal.Virtual;
using Lapel.Intake;
using Lapel.Link;
using Lapel.Link.Tests;
using Lapel.VirtualCamera;

namespace Lapel.Shift.Tests
{
    /// <summary>
    /// Whoever is at the port: sets the camera up, sets its clock, brings its recordings into the store and releases them. All of it
    /// through the cable, again and again until it is done.
    /// </summary>
    internal sealed class Dock
    {
        private const int MostTries = 12;

        private readonly Day _day;
        private readonly CablePort _port;
        private readonly Station _technician,
            _dock;
        private readonly SigningKey _authority = Key(KeyKind.Authority, 1);
        private readonly Archive _archive;
        private readonly string _folder;
        private int _serial;

        public Dock(Day day, string folder)
        {
            _day = day;
            _folder = folder;
            _port = new CablePort(() => day.Camera.Line, () => day.NowUs, day.Step);
            _technician = new Station(Key(KeyKind.Station, 2), day.Truth);
            _dock = new Station(Key(KeyKind.Station, 3), day.Truth);
            _archive = new Archive(Key(KeyKind.Archive, 4), day.Truth, () => day.NowUs);
        }

        public byte[] ArchiveKey => _archive.PublicKey;

        /// <summary>The camera's key, noted when it was set up.</summary>
        public byte[] DeviceKey { get; private set; } = [];

        public long BytesStored { get; private set; }

        public int Retries { get; private set; }

        /// <summary>Puts a signed configuration into the camera; the first one makes it the authority's.</summary>
        public void Configure(bool eventStarts, bool covert) =>
            Insist(
                "configure",
                () =>
                {
                    var plan = new ConfigurationPlan
                    {
                        Serial = _serial + 1,
                        PreEventSeconds = Day.PreEventSeconds,
                        Unit = "UNIT-17",
                        SlotBytes = Day.SlotBytes,
                        ContinueSeconds = 0,
                        IntervalMs = 1000 / Day.FramesPerSecond,
                        EventStarts = eventStarts,
                        Covert = covert,
                    };
                    plan.Stations.Add((_technician.PublicKey, 1));
                    plan.Stations.Add((_dock.PublicKey, 2));
                    plan.Archives.Add(_archive.PublicKey);
                    using CameraConnection connection = CameraConnection.Open(_port);
                    if (_serial == 0)
                    {
                        DeviceKey = connection.Hello.Key;
                    }

                    if (connection.Hello.IsOwned)
                    {
                        Login(connection, _technician, CameraRole.Technician);
                    }

                    new FileGroup(connection.Smp).Upload(FileGroup.NewConfiguration, Configurations.Sign(_authority, plan));
                    long before = connection.Evidence.Outcome().Task;
                    new SettingsGroup(connection.Smp).Commit();
                    TaskOutcome outcome = connection.Evidence.Wait(before + 1);
                    if (outcome.Result != TaskResult.Done)
                    {
                        throw new LinkException(LinkFailure.Refused, "the configuration was not taken: " + outcome.Text);
                    }

                    _day.Truth.Configurations.Add((_day.Boot, ++_serial));
                    _day.IsCovert = covert;
                    _day.Say("configuration " + _serial);
                }
            );

        /// <summary>Restarts the camera.</summary>
        public void Restart() =>
            Insist(
                "restart",
                () =>
                {
                    TrueBoot boot = _day.Boot;
                    using CameraConnection connection = CameraConnection.Open(_port);
                    Login(connection, _technician, CameraRole.Technician);
                    new OsGroup(connection.Smp).Restart(false);
                    connection.Smp.Pump(TimeSpan.FromSeconds(1));
                    if (boot == _day.Boot)
                    {
                        throw new LinkException(LinkFailure.Silent, "it has not restarted");
                    }
                }
            );

        /// <summary>Sets the clock once; false when that failed, and is to be tried again.</summary>
        public bool TrySetClock()
        {
            long from = _day.NowUs;
            try
            {
                TrueBoot boot = _day.Boot;
                using CameraConnection connection = CameraConnection.Open(_port);
                if (!connection.Hello.HasKey)
                {
                    return false;
                }

                Login(connection, _technician, CameraRole.Technician);
                new OsGroup(connection.Smp).SetClock(Truth.Utc(_day.NowUs));
                if (boot != _day.Boot)
                {
                    return false;
                }

                _day.Truth.ClockSettings.Add((boot, _day.NowMs));
                connection.Evidence.Logout();
                return true;
            }
            catch (LinkException error)
            {
                _day.Say("the clock was not set: " + error.Message);
                return false;
            }
            finally
            {
                _day.Truth.Docked.Add((from, _day.NowUs));
            }
        }

        /// <summary>A visit: everything closed is brought and then released, whatever happens on the way.</summary>
        /// <param name="random">Draws the faults of the visit.</param>
        public void Visit(Random random)
        {
            _day.Truth.Visits++;
            _day.Say("in the dock");
            long from = _day.NowUs;
            TrySetClock();
            var faults = new DockFaults(
                _day,
                random,
                () => _day.Truth.Logins.Add((_day.Boot, _day.NowMs, (int)CameraRole.Dock, _dock.Fingerprint))
            );
            faults.Line();
            var options = new SyncOptions
            {
                Folder = _folder,
                UtcNow = () => Truth.Utc(_day.NowUs),
                StaysLoggedIn = true,
            };
            Insist(
                "sync",
                () =>
                {
                    faults.BeforeSync();
                    SyncReport report = Sync(options, faults);
                    BytesStored += report.Bytes;
                    if (report.Refused > 0)
                    {
                        throw new LinkException(LinkFailure.Malformed, "segments were refused");
                    }
                }
            );
            faults.Line();
            Insist(
                "release",
                () =>
                {
                    faults.BeforeRelease();
                    SyncReport report = Sync(options with { Archive = _archive }, faults);
                    BytesStored += report.Bytes;
                    if (report.Refused + report.NotReleased > 0)
                    {
                        throw new LinkException(LinkFailure.Malformed, "segments were not released");
                    }
                }
            );
            _day.Camera.Line.SetFaults(null);
            faults.Over();
            _day.Truth.Docked.Add((from, _day.NowUs));
            _day.Say("out of the dock");
        }

        private SyncReport Sync(SyncOptions options, ISyncWatch watch) =>
            new CameraSync(_port, _dock, options, watch)
            {
                Now = () => TimeSpan.FromMicroseconds(_day.NowUs),
                Wait = time => _day.Run(time.TotalSeconds),
            }.Run(CancellationToken.None);

        private void Login(CameraConnection connection, Station station, CameraRole role)
        {
            connection.Evidence.Login(station, role);
            _day.Truth.Logins.Add((_day.Boot, _day.NowMs, (int)role, station.Fingerprint));
        }

        private void Insist(string what, Action act)
        {
            for (int n = 1; ; n++)
            {
                try
                {
                    if (_serial > 0 && !_day.Truth.ClockSettings.Any(c => c.Boot == _day.Boot))
                    {
                        TrySetClock();
                    }

                    act();
                    return;
                }
                catch (LinkException error) when (n < MostTries)
                {
                    Retries++;
                    _day.Say(what + " failed: " + error.Message);
                    _day.Run(3);
                    for (long end = _day.NowUs + 120_000_000; _day.State != OperatingState.Buffering && _day.NowUs < end;)
                    {
                        _day.Step();
                    }
                }
            }
        }

        private static SigningKey Key(KeyKind kind, byte value)
        {
            var seed = new byte[32];
            Array.Fill(seed, value);
            return SigningKey.FromSeed(kind, seed);
        }
    }
}
