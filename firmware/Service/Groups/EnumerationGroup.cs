// SPDX-License-Identifier: MIT

using Lapel.Evidence;

namespace Lapel.Service
{
    /// <summary>Group 10: which groups there are, read by anybody.</summary>
    public sealed class EnumerationGroup : SmpGroup
    {
        private const int Count = 0;
        private const int List = 1;
        private const int Single = 2;
        private const int Details = 3;
        private const int IndexTooLarge = 4;

        // Set after all are made: this group is one of those it lists.
        private SmpGroup[] _groups;

        /// <summary>Takes the groups that there are, this one among them.</summary>
        public void SetGroups(SmpGroup[] groups)
        {
            _groups = groups;
        }

        /// <inheritdoc/>
        public override int Number
        {
            get { return 10; }
        }

        /// <inheritdoc/>
        public override string Name
        {
            get { return "enum mgmt"; }
        }

        /// <inheritdoc/>
        public override int Commands
        {
            get { return 4; }
        }

        /// <inheritdoc/>
        public override SmpProgress Handle(SmpRequest request, SmpReply reply, long nowUs)
        {
            if (request.IsWrite || request.Command > Details)
            {
                reply.Fail(SmpError.NotSupported);
            }
            else if (request.Command == Count)
            {
                TellCount(reply);
            }
            else if (request.Command == List)
            {
                TellList(reply);
            }
            else if (request.Command == Single)
            {
                TellSingle(request, reply);
            }
            else
            {
                TellDetails(request, reply);
            }

            return SmpProgress.Answered;
        }

        private void TellCount(SmpReply reply)
        {
            reply.Key("count");
            reply.Int(_groups.Length);
        }

        private void TellList(SmpReply reply)
        {
            reply.Key("groups");
            reply.BeginArray();
            for (int i = 0; i < _groups.Length; i++)
            {
                reply.Int(_groups[i].Number);
            }

            reply.Close();
        }

        private void TellSingle(SmpRequest request, SmpReply reply)
        {
            long index = 0;
            if (!request.Map.Unsigned("index", ref index))
            {
                reply.Fail(SmpError.Invalid);
                return;
            }

            if (index >= _groups.Length)
            {
                reply.Fail(IndexTooLarge, SmpError.Unknown);
                return;
            }

            reply.Key("group");
            reply.Int(_groups[(int)index].Number);
            if (index < _groups.Length - 1)
            {
                return;
            }

            reply.Key("end");
            reply.Truth(true);
        }

        // All groups, or those asked for.
        private void TellDetails(SmpRequest request, SmpReply reply)
        {
            reply.Key("groups");
            reply.BeginArray();
            if (!request.Map.Has("groups"))
            {
                for (int i = 0; i < _groups.Length; i++)
                {
                    Tell(reply, _groups[i]);
                }

                reply.Close();
                return;
            }

            if (TellAsked(request.Map.At("groups"), reply))
            {
                reply.Close();
            }
            else
            {
                reply.Fail(SmpError.Invalid);
            }
        }

        private bool TellAsked(CborCursor asked, SmpReply reply)
        {
            if (!asked.Head(CborMajor.Array))
            {
                return false;
            }

            bool indefinite = asked.IsIndefinite;
            long left = asked.Value;
            while (indefinite ? !asked.TakeBreak() : left-- > 0)
            {
                if (!asked.Head(CborMajor.Unsigned))
                {
                    return false;
                }

                for (int i = 0; i < _groups.Length; i++)
                {
                    if (_groups[i].Number == asked.Value)
                    {
                        Tell(reply, _groups[i]);
                    }
                }
            }

            return true;
        }

        private static void Tell(SmpReply reply, SmpGroup group)
        {
            reply.BeginMap();
            reply.Key("group");
            reply.Int(group.Number);
            reply.Key("name");
            reply.Text(group.Name);
            reply.Key("handlers");
            reply.Int(group.Commands);
            reply.Close();
        }
    }
}
