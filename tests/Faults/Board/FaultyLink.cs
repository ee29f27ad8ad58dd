// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Faults
{
    /// <summary>A service port whose calls may throw.</summary>
    internal sealed class FaultyLink(ILink link, FaultPlan plan) : ILink
    {
        public int Available
        {
            get
            {
                plan.Call("Link.Available");
                return link.Available;
            }
        }

        public int Room
        {
            get
            {
                plan.Call("Link.Room");
                return link.Room;
            }
        }

        public bool CanSend
        {
            get
            {
                plan.Call("Link.CanSend");
                return link.CanSend;
            }
        }

        public bool IsSending
        {
            get
            {
                plan.Call("Link.IsSending");
                return link.IsSending;
            }
        }

        public int Baud
        {
            get
            {
                plan.Call("Link.Baud");
                return link.Baud;
            }
        }

        public int Read(byte[] buffer, int offset, int count)
        {
            plan.Call("Link.Read");
            return link.Read(buffer, offset, count);
        }

        public void Write(byte[] buffer, int offset, int count)
        {
            plan.Call("Link.Write");
            link.Write(buffer, offset, count);
        }

        public void Send(byte[] buffer, int offset, int count)
        {
            plan.Call("Link.Send");
            link.Send(buffer, offset, count);
        }

        public bool SetBaud(int baud)
        {
            plan.Call("Link.SetBaud");
            return link.SetBaud(baud);
        }
    }
}
