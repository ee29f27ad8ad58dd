// SPDX-License-Identifier: MIT

using System;
using Lapel.Evidence;
using Lapel.Hal;

namespace Lapel.Service
{
    /// <summary>
    /// The card: blocks written into a free slot and read back, and whether that is fast enough for the configured pictures.
    /// </summary>
    /// <remarks>
    /// The slot is the last free one, which no recording will take soon; its first sectors, by which segments are recognised, and its last
    /// stay as they are.
    /// </remarks>
    public sealed class CardTest : SelfTestItem
    {
        private const int BlockBytes = 16384;
        private const int MostBlocks = 16;

        // Beyond what tells a segment from nothing.
        private const int FirstByte = 65536;

        // Slots looked at in a step: 30 instructions each.
        private const int SlotsAStep = 256;

        // A block at 250 kB/s. A card slower than that makes a picture late; a recording would notice it just the same.
        private const long BlockUs = 65000;

        private const long PatienceUs = 10000000;

        // What is written beside pictures: headers, tables, signatures, and pre-event footage while a recording begins.
        private const int MarginPercent = 125;

        private byte[] _block;
        private uint[] _crcs;
        private ICardFile _file;
        private int _slot;
        private int _blocks;
        private int _written;
        private int _read;
        private long _waitedUs;
        private LatencyHistogram _writes;
        private long _readUs;

        /// <summary>The test.</summary>
        public CardTest()
            : base("card") { }

        /// <inheritdoc/>
        public override void Step(IServiceCamera camera, long nowUs)
        {
            if (!camera.Store.Files.MayHave(FileUse.SelfTest))
            {
                Skip("the card is not ready: status " + StatisticsLookup.Of(camera, "card.status").ToString());
                return;
            }

            if (_file == null)
            {
                Open(camera);
                return;
            }

            // Between two pictures when there is time. A card that is never that fast is measured all the same after a while: that is what
            // the test is to find out.
            if (camera.FreeUs(nowUs) < BlockUs && nowUs - _waitedUs < PatienceUs)
            {
                return;
            }

            _waitedUs = nowUs;
            if (_written < _blocks)
            {
                Write(camera);
            }
            else if (_read < _blocks)
            {
                Read(camera);
            }
            else
            {
                Judge(camera);
            }
        }

        /// <inheritdoc/>
        public override void End(IServiceCamera camera)
        {
            if (_file != null)
            {
                _file.Close();
            }

            camera.Store.Files.Leave(FileUse.SelfTest);
            _file = null;
            _block = null;
            _crcs = null;
        }

        /// <inheritdoc/>
        protected override void Begin(IServiceCamera camera, long nowUs)
        {
            _slot = camera.Store.Catalogue.Slots;
            _written = 0;
            _read = 0;
            _readUs = 0;
            _waitedUs = nowUs;
            _writes = new LatencyHistogram();
        }

        private void Open(IServiceCamera camera)
        {
            // Whoever reads segments, or releases one, comes to its end first.
            if (!camera.Store.Files.Ask(FileUse.SelfTest))
            {
                return;
            }

            Catalogue catalogue = camera.Store.Catalogue;
            int least = _slot - SlotsAStep;

            // From the end: recordings take slots in turn and come there last.
            while (_slot > 0 && _slot > least)
            {
                if (catalogue.State(--_slot) != SlotState.Free)
                {
                    continue;
                }

                _file = camera.Store.OpenSlot(FileUse.SelfTest, _slot);
                if (_file == null)
                {
                    Fail("slot " + _slot.ToString() + " does not open: status " + ((int)camera.Store.OpenStatus).ToString());
                    return;
                }

                // The last block is left out: it holds the slot's last sector, which must stay cleared.
                int room = (int)(_file.Length - FirstByte) / BlockBytes - 1;
                _blocks = room < MostBlocks ? room : MostBlocks;
                _block = new byte[BlockBytes];
                _crcs = new uint[_blocks];

                // Noise: a card that compresses, or a wire that is stuck, must not pass.
                camera.Board.Entropy.Fill(_block);
                return;
            }

            if (_slot == 0)
            {
                Skip("no slot is free");
            }
        }

        private void Write(IServiceCamera camera)
        {
            // Each block differs, so that one written in place of another is noticed.
            BigEndian.Put32(_block, 0, _written);
            _crcs[_written] = camera.Board.Natives.Crc32(_block, 0, BlockBytes);
            long before = camera.Board.Clock.Microseconds;
            CardStatus status = _file.Write(FirstByte + (long)_written * BlockBytes, _block, 0, BlockBytes);
            _writes.Add(camera.Board.Clock.Microseconds - before);
            if (status != CardStatus.Ok)
            {
                Fail(
                    "block "
                        + _written.ToString()
                        + " of slot "
                        + _slot.ToString()
                        + " cannot be written: status "
                        + ((int)status).ToString()
                );
            }

            _written++;
        }

        private void Read(IServiceCamera camera)
        {
            // So that a read that gives nothing cannot pass with what was written.
            Array.Clear(_block, 0, BlockBytes);
            long before = camera.Board.Clock.Microseconds;
            CardStatus status = _file.Read(FirstByte + (long)_read * BlockBytes, _block, 0, BlockBytes);
            _readUs += camera.Board.Clock.Microseconds - before;
            if (status != CardStatus.Ok)
            {
                Fail("block " + _read.ToString() + " of slot " + _slot.ToString() + " cannot be read: status " + ((int)status).ToString());
            }
            else if (camera.Board.Natives.Crc32(_block, 0, BlockBytes) != _crcs[_read])
            {
                Fail("block " + _read.ToString() + " of slot " + _slot.ToString() + " is not what was written");
            }

            _read++;
        }

        private void Judge(IServiceCamera camera)
        {
            long rate = Rate(_writes.TotalUs);
            long needed = Needed(camera);
            string statistics =
                "wrote "
                + rate.ToString()
                + " kB/s, read "
                + Rate(_readUs).ToString()
                + " kB/s, slowest "
                + (_writes.SlowestUs / 1000).ToString()
                + " ms ("
                + _writes.ToString()
                + "); pictures need "
                + needed.ToString()
                + " kB/s";
            if (rate * 100 < needed * MarginPercent)
            {
                Fail(statistics + ": not fast enough");
            }
            else
            {
                Pass(statistics + ": fast enough");
            }
        }

        private long Rate(long us)
        {
            return us == 0 ? 0 : (long)_blocks * BlockBytes * 1000 / us;
        }

        // kB/s of the pictures taken so far at the configured rate.
        private static long Needed(IServiceCamera camera)
        {
            long frames = StatisticsLookup.Of(camera, "recorder.frames");
            if (frames == 0)
            {
                return 0;
            }

            return StatisticsLookup.Of(camera, "recorder.bytes") / frames / camera.Configuration.IntervalMs;
        }
    }
}
