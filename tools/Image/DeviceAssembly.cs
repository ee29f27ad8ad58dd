// SPDX-License-Identifier: MIT

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace Lapel.Image
{
    /// <summary>
    /// An assembly as the runtime loads it (.pe; nf-interpreter a3e8139a1, CLR_RECORD_ASSEMBLY): a header of 124 bytes, then 15 tables. The
    /// runtime skips one whose CRCs do not hold, so they are checked here.
    /// </summary>
    public sealed class DeviceAssembly
    {
        private const int HeaderBytes = 124;
        private const int HeaderCrcAt = 8;
        private const int AssemblyCrcAt = 12;
        private const int VersionAt = 28;
        private const int NameAt = 36;
        private const int TablesAt = 40;
        private const int Tables = 16;

        // CLR_TABLESENUM, TBL_Strings.
        private const int Strings = 11;
        private const int MostName = 128;

        // Higher indices name words of the runtime's own table, from 0xFFFF downwards (StringTable.cpp).
        private const int HighestOwnString = 0xEFFF;

        private static readonly byte[] s_marker = "NFMRK1\0\0"u8.ToArray();

        private readonly byte[] _bytes;

        private DeviceAssembly(byte[] bytes, string? name, Version version)
        {
            _bytes = bytes;
            Name = name;
            Version = version;
        }

        /// <summary>
        /// Its name, as it states it; null when it is one of the words that the runtime has in a table of its own (mscorlib and
        /// System.Threading are).
        /// </summary>
        public string? Name { get; }

        /// <summary>
        /// The assemblies that it refers to, by name; those that the runtime has a word for (mscorlib and System.Threading) are left out.
        /// </summary>
        public IEnumerable<string> References
        {
            get
            {
                const int RecordBytes = 12;
                int end = (int)Table(_bytes, 1);
                for (int at = (int)Table(_bytes, 0); at + RecordBytes <= end; at += RecordBytes)
                {
                    if (String(_bytes, BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(at)), out string? name) && name != null)
                    {
                        yield return name;
                    }
                }
            }
        }

        /// <summary>Its version.</summary>
        public Version Version { get; }

        /// <summary>Its bytes, without padding.</summary>
        public ReadOnlySpan<byte> Bytes => _bytes;

        /// <summary>Bytes in an image: padded with zeros to four.</summary>
        public int PaddedBytes => Padded(_bytes.Length);

        /// <summary>Reads a file that holds one assembly.</summary>
        /// <exception cref="ImageException">It is none, or it is damaged.</exception>
        public static DeviceAssembly Read(string file)
        {
            byte[] bytes = File.ReadAllBytes(file);
            DeviceAssembly assembly = At(bytes, 0, file);
            return assembly._bytes.Length == bytes.Length
                ? assembly
                : throw new ImageException($"{file}: {bytes.Length - assembly._bytes.Length} bytes stand behind the assembly");
        }

        /// <summary>Reads the assembly that begins at a place of an image.</summary>
        /// <param name="image">The image.</param>
        /// <param name="at">Where it begins.</param>
        /// <param name="where">How the image is called in a message.</param>
        /// <exception cref="ImageException">There is none, or it is damaged.</exception>
        public static DeviceAssembly At(ReadOnlySpan<byte> image, int at, string where)
        {
            ReadOnlySpan<byte> rest = image[at..];
            if (rest.Length < HeaderBytes || !rest[..s_marker.Length].SequenceEqual(s_marker))
            {
                throw new ImageException($"{where}: no nanoFramework assembly begins at byte {at}", "give .pe files of a device build");
            }

            uint before = HeaderBytes;
            for (int table = 0; table < Tables; table++)
            {
                uint begin = Table(rest, table);
                if (begin < before || begin > rest.Length)
                {
                    throw new ImageException($"{where}: the assembly at byte {at} is cut short, or its tables are out of order");
                }

                before = begin;
            }

            byte[] bytes = rest[..(int)before].ToArray();
            if (
                HeaderCrc(bytes) != BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(HeaderCrcAt))
                || BodyCrc(bytes) != BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(AssemblyCrcAt))
            )
            {
                throw new ImageException($"{where}: the assembly at byte {at} is damaged: its CRC does not hold", "build it again");
            }

            return new DeviceAssembly(bytes, Text(bytes, where, at), VersionOf(bytes));
        }

        /// <summary>The same assembly with one text written over another of the same length, and CRCs that hold.</summary>
        internal DeviceAssembly With(int at, ReadOnlySpan<byte> text)
        {
            byte[] bytes = (byte[])_bytes.Clone();
            text.CopyTo(bytes.AsSpan(at));
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(AssemblyCrcAt), BodyCrc(bytes));
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(HeaderCrcAt), HeaderCrc(bytes));
            return new DeviceAssembly(bytes, Name, Version);
        }

        internal static int Padded(int bytes) => (bytes + 3) / 4 * 4;

        private static uint Table(ReadOnlySpan<byte> bytes, int table) =>
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[(TablesAt + 4 * table)..]);

        // The header with its own CRC taken for 0; then what stands behind it.
        private static uint HeaderCrc(ReadOnlySpan<byte> bytes)
        {
            byte[] header = bytes[..HeaderBytes].ToArray();
            header.AsSpan(HeaderCrcAt, 4).Clear();
            return RuntimeCrc.Of(header);
        }

        private static uint BodyCrc(ReadOnlySpan<byte> bytes) => RuntimeCrc.Of(bytes[HeaderBytes..]);

        private static Version VersionOf(ReadOnlySpan<byte> bytes) =>
            new(
                BinaryPrimitives.ReadUInt16LittleEndian(bytes[VersionAt..]),
                BinaryPrimitives.ReadUInt16LittleEndian(bytes[(VersionAt + 2)..]),
                BinaryPrimitives.ReadUInt16LittleEndian(bytes[(VersionAt + 4)..]),
                BinaryPrimitives.ReadUInt16LittleEndian(bytes[(VersionAt + 6)..])
            );

        private static string? Text(ReadOnlySpan<byte> bytes, string where, int at) =>
            String(bytes, BinaryPrimitives.ReadUInt16LittleEndian(bytes[NameAt..]), out string? name)
                ? name
                : throw new ImageException($"{where}: the assembly at byte {at} has no readable name");

        // Null: a word of the runtime's own table. False: nothing that can be read.
        private static bool String(ReadOnlySpan<byte> bytes, int index, out string? text)
        {
            text = null;
            if (index > HighestOwnString)
            {
                return true;
            }

            long begin = Table(bytes, Strings) + (long)index;
            if (begin < Table(bytes, Strings + 1))
            {
                ReadOnlySpan<byte> name = bytes[(int)begin..];
                int end = name[..Math.Min(name.Length, MostName)].IndexOf((byte)0);
                if (end > 0 && name[..end].IndexOfAnyExceptInRange((byte)0x21, (byte)0x7E) < 0)
                {
                    text = Encoding.ASCII.GetString(name[..end]);
                    return true;
                }
            }

            return false;
        }
    }
}
