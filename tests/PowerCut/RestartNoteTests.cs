// SPDX-License-Identifier: MIT

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using Lapel.Hal.Virtual;
using Lapel.Verify;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Lapel.PowerCut
{
    /// <summary>
    /// The camera restarted by itself, and the power goes at any change of the boot that enters it. The log has the entry in the end, and
    /// no later boot enters it again.
    /// </summary>
    [TestClass]
    public class RestartNoteTests
    {
        private const int HeaderBytes = 16;
        private const int NoteBytes = 76;
        private const int BootAt = 8;
        private const int CountAt = 12;
        private const int FlagsAt = 16;
        private const int Logged = 2;
        private const double EnteredSeconds = 4;

        private static readonly string[] Copies = ["RESTART.A", "RESTART.B"];

        public TestContext TestContext { get; set; } = null!;

        [TestMethod]
        public void NoCutLosesTheEntryOfARestart()
        {
            OwnedCamera owned = OwnedCamera.One;
            var card = new MemoryMedium();
            var flash = new MemoryMedium();
            card.Restore(owned.Card);
            flash.Restore(owned.Flash);
            uint failed = LastBoot(flash);
            Note(flash, failed);
            ChangeLog? log = null;
            Boot(card, flash, camera => log = new ChangeLog(camera, card, flash));
            List<Change> changes = log!.Changes;
            Assert.IsNull(Told(owned, card, flash, failed, 1));
            Assert.Contains(c => Copies.Contains(c.Path), changes, "the note is not marked");

            var wrong = new List<string>();
            for (int i = 0; i < changes.Count; i++)
            {
                card.Restore(changes[i].Card);
                flash.Restore(changes[i].Flash);
                Boot(card, flash);
                if (Told(owned, card, flash, failed, 2) is string said)
                {
                    wrong.Add($"cut before change {i}, {changes[i].Path}: {said}");
                    continue;
                }

                int entries = Entries(owned, card, failed);
                Boot(card, flash);
                if (Entries(owned, card, failed) != entries)
                {
                    wrong.Add($"cut before change {i}, {changes[i].Path}: it is entered at each boot");
                }
            }

            TestContext.WriteLine($"power-cut restart note: {changes.Count} changes, {wrong.Count} failed");
            Assert.IsEmpty(wrong, string.Join("\n", wrong));
        }

        // Each change is in the card and flash before it, so that the cut is before that change.
        private static void Boot(MemoryMedium card, MemoryMedium flash, Action<VirtualCamera.VirtualCamera>? prepare = null) =>
            Assert.IsNull(
                Powered.Run(
                    card,
                    flash,
                    101,
                    (_, port) =>
                    {
                        port.Advance(TimeSpan.FromSeconds(EnteredSeconds));
                        return null;
                    },
                    prepare
                )
            );

        private static string? Told(OwnedCamera owned, MemoryMedium card, MemoryMedium flash, uint failed, int most)
        {
            AuditResult log = owned.Log(card);
            int entries = Entries(owned, card, failed);
            return !log.Agrees ? "the log does not agree: " + log.Findings.First(f => f.Severity >= Severity.Missing)
                : entries == 0 ? "the log does not tell of the restart"
                : entries > most ? $"the log tells {entries} times of one restart"
                : Copies.Any(c => (BinaryPrimitives.ReadInt32BigEndian(flash.ReadAll(c).AsSpan(HeaderBytes + FlagsAt)) & Logged) == 0)
                    ? "the note is not marked"
                : null;
        }

        private static int Entries(OwnedCamera owned, MemoryMedium card, uint failed) =>
            owned
                .Log(card)
                .Entries.Count(e => e.Kind == AuditKind.RestartedAfter && BinaryPrimitives.ReadUInt32BigEndian(e.Data) == failed);

        private static uint LastBoot(MemoryMedium flash) =>
            new[] { "COUNTERS.A", "COUNTERS.B" }
                .Where(flash.FileExists)
                .Max(f => BinaryPrimitives.ReadUInt32BigEndian(flash.ReadAll(f).AsSpan(HeaderBytes)));

        // As CUSTODY.md 9 and 9.3 lay it out.
        private static void Note(MemoryMedium flash, uint boot)
        {
            byte[] file = new byte[HeaderBytes + NoteBytes];
            "LPE2"u8.CopyTo(file);
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(8), 1);
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(12), NoteBytes);
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(14), 2);
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(HeaderBytes + BootAt), boot);
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(HeaderBytes + CountAt), 1);
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(4), Crc(file.AsSpan(8)));
            foreach (string copy in Copies)
            {
                flash.Create(copy);
                flash.Write(copy, 0, file);
            }
        }

        private static uint Crc(ReadOnlySpan<byte> bytes)
        {
            uint crc = uint.MaxValue;
            foreach (byte b in bytes)
            {
                crc ^= b;
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
                }
            }

            return ~crc;
        }
    }
}
