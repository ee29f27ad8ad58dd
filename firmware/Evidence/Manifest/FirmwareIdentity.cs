// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>Which firmware runs on which board (FORMAT.md 3.4, key 22). The same for a whole boot.</summary>
    public sealed class FirmwareIdentity
    {
        private const int Room = 192;

        private readonly byte[] _encoded;

        /// <summary>An identity; texts are ASCII, 32 characters at most, longer ones are cut.</summary>
        /// <param name="version">Version of the firmware.</param>
        /// <param name="build">Digest of the build, 32 bytes; null when the build states none.</param>
        /// <param name="board">The board's name.</param>
        /// <param name="target">What the runtime was built for; `virtual` on a simulated board.</param>
        /// <param name="runtime">The runtime's version; null when it is not known.</param>
        public FirmwareIdentity(string version, byte[] build, string board, string target, string runtime)
        {
            Version = Cut(version);
            Build = build;
            Board = Cut(board);
            Target = Cut(target);
            Runtime = runtime == null ? null : Cut(runtime);
            CborWriter cbor = new CborWriter(Room);
            cbor.BeginArray(5);
            cbor.Text(Version);
            cbor.BytesOrNull(Build);
            cbor.Text(Board);
            cbor.Text(Target);
            if (Runtime == null)
            {
                cbor.Null();
            }
            else
            {
                cbor.Text(Runtime);
            }

            _encoded = cbor.ToArray();
        }

        /// <summary>Version of the firmware.</summary>
        public string Version { get; }

        /// <summary>Digest of the build, 32 bytes; null when the build states none.</summary>
        public byte[] Build { get; }

        /// <summary>The board's name.</summary>
        public string Board { get; }

        /// <summary>What the runtime was built for; `virtual` on a simulated board.</summary>
        public string Target { get; }

        /// <summary>The runtime's version; null when it is not known.</summary>
        public string Runtime { get; }

        /// <summary>The value of key 22: every manifest has it, so it is encoded once.</summary>
        internal byte[] Encoded
        {
            get { return _encoded; }
        }

        /// <summary>
        /// Version, board, target and runtime with a blank between, as the audit log has them (kind 37): ASCII, 64 bytes at most. `?`
        /// stands for a runtime that is not known.
        /// </summary>
        public byte[] Line()
        {
            const int Most = 64;
            string text = Version + " " + Board + " " + Target + " " + (Runtime == null ? "?" : Runtime);
            var line = new byte[text.Length < Most ? text.Length : Most];
            for (int i = 0; i < line.Length; i++)
            {
                line[i] = (byte)text[i];
            }

            return line;
        }

        private static string Cut(string text)
        {
            const int Most = 32;
            return text.Length <= Most ? text : text.Substring(0, Most);
        }
    }
}
