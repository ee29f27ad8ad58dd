// SPDX-License-Identifier: MIT

using System.Text;

namespace Lapel.Link
{
    /// <summary>Group 3: the configuration in force, and putting an uploaded one into force.</summary>
    public sealed class SettingsGroup
    {
        /// <summary>Its number.</summary>
        public const int Id = 3;

        /// <summary>Its error: there is no setting of that name.</summary>
        public const int KeyNotFound = 3;

        private const int ValueCommand = 0,
            CommitCommand = 2;

        private readonly SmpClient _smp;

        /// <param name="smp">The connection.</param>
        public SettingsGroup(SmpClient smp) => _smp = smp;

        /// <summary>A setting's value as text.</summary>
        public string Read(string name) =>
            Encoding.UTF8.GetString(_smp.Ask(SmpOp.Read, Id, ValueCommand, to => to.Pair("name", name)).Bytes("val"));

        /// <summary>Begins the task that checks the uploaded configuration and puts it into force.</summary>
        public void Commit() => _smp.Ask(SmpOp.Write, Id, CommitCommand, null, tries: 1);
    }
}
