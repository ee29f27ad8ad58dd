// SPDX-License-Identifier: MIT

using System;
using System.Globalization;

namespace Lapel.Link
{
    /// <summary>Group 0: clock, restart, what it runs.</summary>
    public sealed class OsGroup
    {
        private const int Id = 0,
            DateTimeCommand = 4,
            ResetCommand = 5,
            ParametersCommand = 6,
            InfoCommand = 7;

        private readonly SmpClient _smp;

        /// <param name="smp">The connection.</param>
        public OsGroup(SmpClient smp) => _smp = smp;

        /// <summary>The clock's text, as the camera writes it; throws <see cref="LinkException"/> when the clock is unset.</summary>
        public string Clock() => _smp.Ask(SmpOp.Read, Id, DateTimeCommand, null).Text("datetime");

        /// <summary>Sets the clock. Asked once: a late second asking would set a time that is past.</summary>
        public void SetClock(DateTime utc) =>
            _smp.Ask(
                SmpOp.Write,
                Id,
                DateTimeCommand,
                to => to.Pair("datetime", utc.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture)),
                tries: 1
            );

        /// <summary>Restarts the camera.</summary>
        /// <param name="force">Also when it records; the recording is closed properly first.</param>
        public void Restart(bool force) => _smp.Ask(SmpOp.Write, Id, ResetCommand, to => to.Pair("force", force ? 1 : 0), tries: 1);

        /// <summary>Largest message that the camera takes, bytes, header counted.</summary>
        public int LargestMessage() => (int)Math.Clamp(_smp.Ask(SmpOp.Read, Id, ParametersCommand, null).Number("buf_size"), 64, 8192);

        /// <summary>What it runs; the format's letters are those of PROTOCOL.md.</summary>
        public string Info(string format) => _smp.Ask(SmpOp.Read, Id, InfoCommand, to => to.Pair("format", format)).Text("output");
    }
}
