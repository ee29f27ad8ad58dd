// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>Group 2: the camera's figures, read by anybody.</summary>
    public sealed class StatisticsGroup : SmpGroup
    {
        private const int List = 1;
        private const int InvalidName = 3;
        private const int LongestName = 32;

        private readonly IServiceCamera _camera;

        /// <summary>Figures of this camera.</summary>
        public StatisticsGroup(IServiceCamera camera)
        {
            _camera = camera;
        }

        /// <inheritdoc/>
        public override int Number
        {
            get { return 2; }
        }

        /// <inheritdoc/>
        public override string Name
        {
            get { return "stat mgmt"; }
        }

        /// <inheritdoc/>
        public override int Commands
        {
            get { return 2; }
        }

        /// <inheritdoc/>
        public override SmpProgress Handle(SmpRequest request, SmpReply reply, long nowUs)
        {
            if (request.IsWrite || request.Command > List)
            {
                reply.Fail(SmpError.NotSupported);
            }
            else if (request.Command == List)
            {
                TellGroups(reply);
            }
            else
            {
                TellFigures(request, reply);
            }

            return SmpProgress.Answered;
        }

        private void TellGroups(SmpReply reply)
        {
            reply.Key("stat_list");
            reply.BeginArray();
            string last = "";
            for (int i = 0; i < _camera.Figures; i++)
            {
                string name = _camera.FigureName(i);

                // Figures of a group stand together, so one name is enough to list each group once.
                if (last.Length > 0 && StatisticsNames.IsOf(name, last))
                {
                    continue;
                }

                last = StatisticsNames.Group(name);
                reply.Text(last);
            }

            reply.Close();
        }

        private void TellFigures(SmpRequest request, SmpReply reply)
        {
            string group = "";
            if (!request.Map.Ascii("name", LongestName, ref group))
            {
                reply.Fail(SmpError.Invalid);
                return;
            }

            reply.Key("name");
            reply.Text(group);
            reply.Key("fields");
            reply.BeginMap();
            int found = 0;
            for (int i = 0; i < _camera.Figures; i++)
            {
                string name = _camera.FigureName(i);
                if (!StatisticsNames.IsOf(name, group))
                {
                    continue;
                }

                reply.Key(name.Substring(group.Length + 1));
                reply.Int(_camera.Figure(i));
                found++;
            }

            reply.Close();

            // Known only at the end: Fail gives up what was written.
            if (found == 0)
            {
                reply.Fail(InvalidName, SmpError.NoEntry);
            }
        }
    }
}
