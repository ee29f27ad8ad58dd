// SPDX-License-Identifier: MIT

using Lapel.Evidence;

namespace Lapel.Custody
{
    /// <summary>The payload of an order to repair a camera's internal storage (CUSTODY.md 9.4).</summary>
    public sealed class RepairOrder
    {
        private const int Version = 1;
        private const long MostUtcMs = 1L << 53;
        private const int AllActions = (int)(RepairActions.NewIdentity | RepairActions.Counters | RepairActions.Next);

        private RepairOrder() { }

        /// <summary>What is malformed; null when nothing is.</summary>
        public string Error { get; private set; }

        /// <summary>The device, 16 bytes: as it was called before.</summary>
        public byte[] DeviceId { get; private set; }

        /// <summary>Its public key before, 32 bytes.</summary>
        public byte[] PublicKey { get; private set; }

        /// <summary>The state of internal storage that it is for, 32 bytes. So an order is carried out once.</summary>
        public byte[] State { get; private set; }

        /// <summary>What it allows.</summary>
        public RepairActions Actions { get; private set; }

        /// <summary>Highest boot number that the authority knows of.</summary>
        public int Boots { get; private set; }

        /// <summary>Highest recording number that the authority knows of.</summary>
        public int Recordings { get; private set; }

        /// <summary>Reads a payload; look at <see cref="Error"/> first.</summary>
        public static RepairOrder Parse(byte[] payload)
        {
            RepairOrder order = new RepairOrder();
            DocumentReader reader = new DocumentReader(payload, 0, payload.Length);
            reader.Map(9, "the order");
            reader.Key(1);
            reader.Int((int)DocumentKind.RepairOrder, (int)DocumentKind.RepairOrder, "the kind of document");
            reader.Key(2);
            reader.Int(Version, Version, "the version");
            reader.Key(3);
            order.DeviceId = reader.Bytes(16, "the device id");
            reader.Key(4);
            order.PublicKey = reader.Bytes(Digests.Size, "the public key");
            reader.Key(5);
            order.State = reader.Bytes(Digests.Size, "the state");
            reader.Key(6);
            order.Actions = (RepairActions)(int)reader.Int(1, AllActions, "what is to be repaired");
            reader.Key(7);
            order.Boots = (int)reader.Int(0, int.MaxValue - RepairNote.BootMargin, "the boot number");
            reader.Key(8);
            order.Recordings = (int)reader.Int(0, int.MaxValue - RepairNote.BootMargin, "the recording number");
            reader.Key(9);
            reader.Int(0, MostUtcMs, "the time");
            reader.End();
            order.Error = reader.Error;
            return order;
        }
    }
}
