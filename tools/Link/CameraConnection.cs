// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;

namespace Lapel.Link
{
    /// <summary>A camera that answered, at the best rate that both ends and the cable can go at.</summary>
    public sealed class CameraConnection : IDisposable
    {
        /// <summary>The rate at which every camera starts, and falls back to.</summary>
        public const int FirstBaud = 115200;

        /// <summary>What the console shows after each line (PROTOCOL.md 2).</summary>
        private const string Prompt = "lapel> ";

        /// <summary>Of what comes while a camera is looked for so much is kept.</summary>
        private const int MostText = 65536;

        // Rates at which a camera may have been left by a host that was torn away, the likeliest first: those of today's cameras, and more.
        private static readonly int[] Known = [FirstBaud, 3_000_000, 921600, 460800],
            Likely = [.. Known, 2_000_000, 1_000_000, 230400];

        // A camera that is not busy answers within the first, one that records within the second.
        private static readonly TimeSpan QuickTime = TimeSpan.FromMilliseconds(120),
            ProbeTime = TimeSpan.FromMilliseconds(400),
            FallBackTime = TimeSpan.FromMilliseconds(2200),
            Settle = TimeSpan.FromMilliseconds(20);

        private CameraConnection(SmpClient smp, Hello hello)
        {
            Smp = smp;
            Evidence = new EvidenceGroup(smp);
            Hello = hello;
        }

        /// <summary>The connection under it.</summary>
        public SmpClient Smp { get; }

        /// <summary>Group 64.</summary>
        public EvidenceGroup Evidence { get; }

        /// <summary>What the camera said at first.</summary>
        public Hello Hello { get; }

        /// <summary>Opens a port and finds the camera, at whatever rate it is. Throws <see cref="LinkException"/>.</summary>
        /// <param name="port">The port.</param>
        /// <param name="everyRate">Whether to look for a camera that was left at another rate; false looks at the first rate only.</param>
        /// <param name="cancel">Ends every wait of the connection with <see cref="OperationCanceledException"/>.</param>
        public static CameraConnection Open(IPort port, bool everyRate = true, CancellationToken cancel = default) =>
            Open(port, everyRate ? Known : [FirstBaud], everyRate ? Likely : [FirstBaud], cancel);

        /// <summary>
        /// Opens a port of which nobody knows what is there: every rate of a camera is tried, but only the first one for long. Throws
        /// <see cref="LinkException"/>.
        /// </summary>
        /// <param name="port">The port.</param>
        /// <param name="cancel">Ends every wait of the connection with <see cref="OperationCanceledException"/>.</param>
        public static CameraConnection Look(IPort port, CancellationToken cancel) => Open(port, Known, [FirstBaud], cancel);

        private static CameraConnection Open(IPort port, int[] quickly, int[] patiently, CancellationToken cancel)
        {
            cancel.ThrowIfCancellationRequested();
            var smp = new SmpClient(port.Open(FirstBaud), cancel);
            var text = new StringBuilder();
            void Keep(ReadOnlySpan<byte> bytes)
            {
                if (text.Length < MostText)
                {
                    text.Append(Encoding.Latin1.GetString(bytes));
                }
            }

            smp.TextReceived += Keep;
            try
            {
                if (Find(smp, quickly, QuickTime, tries: 1) is CameraConnection quick)
                {
                    return quick;
                }

                // A camera that was just left at another rate, or has just got power, may need a second round.
                for (int round = 0; round < 2; round++)
                {
                    if (Find(smp, patiently, ProbeTime, tries: 2) is CameraConnection found)
                    {
                        return found;
                    }
                }

                if (smp.Echoes > 0)
                {
                    throw LinkException.Mangling(port.Name, "what is said comes back, and nothing else");
                }

                if (text.ToString().Contains(Prompt, StringComparison.Ordinal))
                {
                    throw LinkException.Mangling(port.Name, "the camera's console answers, and its protocol does not");
                }

                throw smp.BytesReceived > 0
                    ? new LinkException(
                        LinkFailure.NotLapel,
                        $"what answers at {port.Name} is no Lapel camera",
                        "lapel ports lists the ports and what answers there"
                    )
                    : new LinkException(
                        LinkFailure.Silent,
                        $"nothing answers at {port.Name}",
                        "check the cable and that the camera is on; lapel ports lists the ports"
                    );
            }
            catch
            {
                smp.Dispose();
                throw;
            }
            finally
            {
                smp.TextReceived -= Keep;
            }
        }

        /// <summary>
        /// Goes to the highest rate that works, at most <paramref name="most"/>; stays at the first when none does. Returns the rate.
        /// </summary>
        public int Raise(int most)
        {
            foreach (int baud in Hello.Bauds.Where(b => b > Smp.Line.Baud && b <= most).OrderDescending())
            {
                if (TryBaud(baud))
                {
                    break;
                }
            }

            return Smp.Line.Baud;
        }

        /// <summary>Leaves the camera at the first rate, where the next host looks for it, and closes the line.</summary>
        public void Dispose()
        {
            try
            {
                if (Smp.Line.Baud != FirstBaud)
                {
                    Smp.Part();
                    Evidence.ChangeBaud(FirstBaud);
                }
            }
            catch (LinkException) { }
            Smp.Dispose();
        }

        private bool TryBaud(int baud)
        {
            int before = Smp.Line.Baud;
            try
            {
                Evidence.ChangeBaud(baud);
            }
            catch (LinkException error) when (error.Failure is LinkFailure.Silent or LinkFailure.Refused)
            {
                // Refused: nothing changed. Silent: only the answer may have been lost.
                if (error.Failure == LinkFailure.Refused)
                {
                    return false;
                }
            }
            if (TryHello(Smp, baud) != null)
            {
                return true;
            }

            Smp.Line.Baud = before;
            Smp.Next(FallBackTime);
            if (TryHello(Smp, before) == null && TryHello(Smp, FirstBaud) == null)
            {
                throw new LinkException(
                    LinkFailure.Silent,
                    $"the camera was lost at {baud} bits a second",
                    "give a lower rate with --baud"
                );
            }

            return false;
        }

        private static CameraConnection? Find(SmpClient smp, int[] bauds, TimeSpan answerTime, int tries)
        {
            foreach (int baud in bauds)
            {
                if (TryHello(smp, baud, answerTime, tries) is Hello hello)
                {
                    return new CameraConnection(smp, hello);
                }
            }

            return null;
        }

        private static Hello? TryHello(SmpClient smp, int baud) => TryHello(smp, baud, ProbeTime, tries: 2);

        private static Hello? TryHello(SmpClient smp, int baud, TimeSpan answerTime, int tries)
        {
            try
            {
                smp.Line.Baud = baud;
                smp.Pump(Settle);
                // Ends whatever line was begun there, and ranges that a host before this one asked for.
                smp.Type("\n"u8);
                var group = new EvidenceGroup(smp);
                group.Cancel(answerTime);
                return group.Hello(tries, answerTime);
            }
            catch (LinkException error)
                when (error.Failure is LinkFailure.Silent or LinkFailure.PortRefused or LinkFailure.Malformed
                    || error.Is(LinkException.SmpItself, 8)
                )
            {
                return null;
            }
        }
    }
}
