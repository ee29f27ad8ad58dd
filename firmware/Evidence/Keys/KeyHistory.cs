// SPDX-License-Identifier: MIT

using System;
using Lapel.Hal;

namespace Lapel.Evidence
{
    /// <summary>
    /// The keys that the device had before the one in force: its rotation statements, one sector each, in the order in which they were
    /// made. Public; kept in internal storage, on every card and at the port.
    /// </summary>
    public sealed class KeyHistory
    {
        /// <summary>Most rotations of one device: what an entry of internal storage holds.</summary>
        public const int MostRotations = 8;

        /// <summary>Bytes of the statements' file on a card; behind the last statement it is zero.</summary>
        public const int FileBytes = MostRotations * Sector.Size;

        private readonly byte[] _statements;

        private KeyHistory(byte[] statements)
        {
            _statements = statements;
            Count = statements.Length / Sector.Size;
        }

        /// <summary>A device whose key was never changed.</summary>
        public static KeyHistory None()
        {
            return new KeyHistory(new byte[0]);
        }

        /// <summary>Loads the statements; they are those of one device without a gap, or do not count.</summary>
        public static KeyHistory Load(IInternalStore store)
        {
            byte[] stored;
            store.Load(StoreEntries.Rotated, out stored);
            if (stored == null || stored.Length == 0 || stored.Length % Sector.Size != 0 || stored.Length > FileBytes)
            {
                return None();
            }

            byte[] id = RotationStatement.DeviceId(stored, 0);
            for (int i = 0; i < stored.Length; i += Sector.Size)
            {
                if (!RotationStatement.Is(stored, i, id, i / Sector.Size + 1))
                {
                    return None();
                }
            }

            return new KeyHistory(stored);
        }

        /// <summary>Rotations.</summary>
        public int Count { get; private set; }

        /// <summary>The statements.</summary>
        public byte[] Bytes
        {
            get { return _statements; }
        }

        /// <summary>Device id, 16 bytes; null when the key was never changed.</summary>
        public byte[] DeviceId
        {
            get { return Count == 0 ? null : RotationStatement.DeviceId(_statements, 0); }
        }

        /// <summary>Whether the newest statement is the one that was ordered thus.</summary>
        public bool Ends(NextSecret next)
        {
            return Count == next.Number && RotationStatement.IsOrderedBy(_statements, Last, next.OrderDigest);
        }

        /// <summary>The first boot under the key in force; 0 when there was no other.</summary>
        public int BootNumber
        {
            get { return Count == 0 ? 0 : RotationStatement.BootNumber(_statements, Last); }
        }

        /// <summary>Number of the newest recording under a former key; 0 when there is none.</summary>
        public int Recordings
        {
            get { return Count == 0 ? 0 : RotationStatement.Recordings(_statements, Last); }
        }

        /// <summary>The device's first public key; null when it has had no other.</summary>
        public byte[] FirstKey
        {
            get { return Count == 0 ? null : RotationStatement.FormerKey(_statements, 0); }
        }

        /// <summary>The former public key that was in force in a boot; null when it is that of now.</summary>
        public byte[] FormerKey(int bootNumber)
        {
            for (int i = 0; i < _statements.Length; i += Sector.Size)
            {
                if (bootNumber < RotationStatement.BootNumber(_statements, i))
                {
                    return RotationStatement.FormerKey(_statements, i);
                }
            }

            return null;
        }

        /// <summary>The statements with one more, stored. False when internal storage cannot be written.</summary>
        /// <param name="store">Internal storage.</param>
        /// <param name="content">Content of the new one.</param>
        /// <param name="byFormer">COSE_Sign1 by the key before.</param>
        /// <param name="byNext">COSE_Sign1 by the key from now on.</param>
        public bool Append(IInternalStore store, byte[] content, byte[] byFormer, byte[] byNext)
        {
            var more = new byte[_statements.Length + Sector.Size];
            Array.Copy(_statements, 0, more, 0, _statements.Length);
            RotationStatement.Put(more, _statements.Length, content, byFormer, byNext);
            return store.Save(StoreEntries.Rotated, more);
        }

        private int Last
        {
            get { return _statements.Length - Sector.Size; }
        }
    }
}
