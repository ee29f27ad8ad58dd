// SPDX-License-Identifier: MIT

namespace Lapel.Custody
{
    /// <summary>Something long that the custodian does in steps: each is a slice of at most 6 ms or one card operation.</summary>
    public abstract class CustodyTask
    {
        /// <summary>How it stands or came out.</summary>
        public CustodyResult Result { get; private set; }

        /// <summary>What exactly was wrong; empty when nothing was.</summary>
        public string Text { get; private set; }

        /// <summary>One step; called while <see cref="Result"/> is Running.</summary>
        /// <param name="nowMs">Monotonic milliseconds.</param>
        public abstract bool Step(long nowMs);

        /// <summary>Closes what is open on the card, whose place another needs; the task goes on from there later.</summary>
        public virtual void StandAside() { }

        /// <summary>It goes on.</summary>
        protected void Run()
        {
            Result = CustodyResult.Running;
            Text = "";
        }

        /// <summary>It came out well.</summary>
        protected void Succeed()
        {
            Result = CustodyResult.Done;
            Text = "";
        }

        /// <summary>It is refused or failed; nothing was changed.</summary>
        protected void Refuse(CustodyResult result, string text)
        {
            Result = result;
            Text = text;
        }
    }
}
