// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Faults
{
    /// <summary>Internal storage whose calls may throw.</summary>
    internal sealed class FaultyStore(IInternalStore store, FaultPlan plan) : IInternalStore
    {
        public StoreStatus Load(string name, out byte[] content)
        {
            plan.Call("Store.Load");
            return store.Load(name, out content);
        }

        public bool Save(string name, byte[] content)
        {
            plan.Call("Store.Save");
            return plan.Done(store.Save(name, content));
        }

        public bool SaveInTurn(string name, byte[] content)
        {
            plan.Call("Store.SaveInTurn");
            return plan.Done(store.SaveInTurn(name, content));
        }
    }
}
