// SPDX-License-Identifier: MIT

using System.Collections.Generic;
using System.Linq;

namespace Lapel.Link
{
    /// <summary>Group 2: figures.</summary>
    public sealed class StatGroup
    {
        private const int Id = 2,
            DataCommand = 0,
            ListCommand = 1;

        private readonly SmpClient _smp;

        /// <param name="smp">The connection.</param>
        public StatGroup(SmpClient smp) => _smp = smp;

        /// <summary>All figures, as group.name.</summary>
        public IReadOnlyDictionary<string, long> All()
        {
            var all = new SortedDictionary<string, long>(System.StringComparer.Ordinal);
            foreach (string group in _smp.Ask(SmpOp.Read, Id, ListCommand, null).List("stat_list").OfType<string>())
            {
                CborMap fields = _smp.Ask(SmpOp.Read, Id, DataCommand, to => to.Pair("name", group)).Map("fields");
                foreach (string name in fields.Keys)
                {
                    all[group + "." + name] = fields.Number(name);
                }
            }
            return all;
        }
    }
}
