// SPDX-License-Identifier: MIT

using System;
using System.Text;
using Lapel.Custody;
using Lapel.Evidence;
using nanoFramework.TestFramework;

namespace Lapel.Service.Tests
{
    /// <summary>An SMP server on a bench camera, and the client's end of its line.</summary>
    public sealed class SmpBench
    {
        private readonly SmpReceiver _answers = new SmpReceiver();

        public SmpBench()
        {
            Board = new BenchBoard();
            Camera = new BenchCamera(Board);
            AccessControl = new AccessControl(Board, new Digests(Board.Natives), Camera, Camera.Store);
            Output = new ServiceOutput(Board.Line);
            var console = new Console(Camera, Output, new ConsoleCommand[] { new VersionCommand() });
            Server = new SmpServer(Camera, AccessControl, Board.Line, Output, console);
        }

        public BenchBoard Board { get; }

        public BenchCamera Camera { get; }

        public AccessControl AccessControl { get; }

        public ServiceOutput Output { get; }

        public SmpServer Server { get; }

        /// <summary>Sends a message and returns the answer's bytes in hexadecimal, or "nothing".</summary>
        public string Exchange(string message)
        {
            Give(message);
            return Answer();
        }

        /// <summary>Sends a request of version 2 and returns the data of its answer.</summary>
        public string Ask(bool write, int group, int command, string data)
        {
            int bytes = data.Length / 2;
            var header = new byte[]
            {
                (byte)(write ? 10 : 8),
                0,
                (byte)(bytes >> 8),
                (byte)bytes,
                (byte)(group >> 8),
                (byte)group,
                0x42,
                (byte)command,
            };
            string answer = Exchange(Hex.Of(header) + data);
            return answer.Length < 16 ? answer : answer.Substring(16);
        }

        /// <summary>Sends a message in lines.</summary>
        public void Give(string message)
        {
            byte[] bytes = Hex.Parse(message);
            var packet = new byte[bytes.Length + 4];
            BigEndian.Put16(packet, 0, bytes.Length + 2);
            Array.Copy(bytes, 0, packet, 2, bytes.Length);
            BigEndian.Put16(packet, bytes.Length + 2, SmpCrc.Update(0, bytes, 0, bytes.Length));
            for (int at = 0; at < packet.Length; at += SmpLine.MaxRaw)
            {
                int count = packet.Length - at < SmpLine.MaxRaw ? packet.Length - at : SmpLine.MaxRaw;
                Line((at == 0 ? "\u0006\t" : "\u0004\u0014") + Convert.ToBase64String(packet, at, count));
            }
        }

        /// <summary>Sends a line, without its end.</summary>
        public void Line(string line)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(line);
            Server.Line(bytes, 0, bytes.Length, Board.NowUs / 1000);
        }

        /// <summary>Steps until nothing moves, as long as a client waits.</summary>
        public void Run()
        {
            bool worked = true;
            for (int turn = 0; turn < 100000 && worked; turn++)
            {
                worked = Server.Step(Board.NowUs);
                if (Output.Step())
                {
                    worked = true;
                }

                Board.NowUs += 1000;
            }

            Assert.IsFalse(worked, "it does not come to rest");
        }

        /// <summary>The next answer on the line; what else is there is dropped.</summary>
        public string Answer()
        {
            Run();
            byte[] sent = Board.Line.Sent;
            int begin = 0;
            for (int i = 0; i < Board.Line.Count; i++)
            {
                if (sent[i] != '\n')
                {
                    continue;
                }

                Assert.IsTrue(i - begin < SmpLine.MaxBytes, "line of " + (i - begin + 1));
                if (i > begin)
                {
                    _answers.Line(sent, begin, i - begin);
                }

                begin = i + 1;
            }

            Assert.AreEqual(Board.Line.Count, begin, "something behind the last line");
            Board.Line.Clear();
            SmpPacket packet = _answers.Waiting;
            if (packet == null)
            {
                return "nothing";
            }

            string hex = Hex.Of(packet.Buffer, 0, packet.Length);
            _answers.Done();
            return hex;
        }

        /// <summary>What was sent, as text.</summary>
        public string Sent()
        {
            Run();
            string text = Board.Line.Count == 0 ? "" : Encoding.UTF8.GetString(Board.Line.Sent, 0, Board.Line.Count);
            Board.Line.Clear();
            return text;
        }
    }
}
