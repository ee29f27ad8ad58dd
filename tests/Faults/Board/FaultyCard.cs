// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Faults
{
    /// <summary>A card whose calls may throw.</summary>
    internal sealed class FaultyCard(ICard card, FaultPlan plan) : ICard
    {
        public CardStatus LastStatus => card.LastStatus;

        public bool IsPresent
        {
            get
            {
                plan.Call("Card.IsPresent");
                return card.IsPresent;
            }
        }

        public CardStatus Mount()
        {
            plan.Call("Card.Mount");
            return plan.Done(card.Mount());
        }

        public bool Exists(string path)
        {
            plan.Call("Card.Exists");
            return card.Exists(path);
        }

        public CardStatus CreateFolder(string path)
        {
            plan.Call("Card.CreateFolder");
            return plan.Done(card.CreateFolder(path));
        }

        public CardStatus Preallocate(string path, long length)
        {
            plan.Call("Card.Preallocate");
            return plan.Done(card.Preallocate(path, length));
        }

        public IFileMaking BeginFile(string path, long length)
        {
            plan.Call("Card.BeginFile");
            return plan.Done(new FaultyMaking(card.BeginFile(path, length), plan));
        }

        public ICardFile Open(string path)
        {
            plan.Call("Card.Open");
            ICardFile? file = card.Open(path);
            return file == null ? null! : new FaultyFile(file, plan);
        }

        private sealed class FaultyMaking(IFileMaking making, FaultPlan plan) : IFileMaking
        {
            public bool IsDone => making.IsDone;

            public CardStatus Step()
            {
                plan.Call("FileMaking.Step");
                return plan.Done(making.Step());
            }

            public void Abandon()
            {
                plan.Call("FileMaking.Abandon");
                making.Abandon();
            }
        }

        private sealed class FaultyFile(ICardFile file, FaultPlan plan) : ICardFile
        {
            public long Length => file.Length;

            public CardStatus Write(long position, byte[] buffer, int offset, int count)
            {
                plan.Call("CardFile.Write");
                return plan.Done(file.Write(position, buffer, offset, count));
            }

            public CardStatus Read(long position, byte[] buffer, int offset, int count)
            {
                plan.Call("CardFile.Read");
                return file.Read(position, buffer, offset, count);
            }

            public void Close()
            {
                plan.Call("CardFile.Close");
                file.Close();
                plan.Done();
            }
        }
    }
}
