// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Lapel.Verify
{
    /// <summary>
    /// The keys of one device that follow from a trusted one, forwards and backwards, by statements that both keys of each have signed.
    /// </summary>
    public sealed class KeyChain
    {
        private KeyChain(TrustedKey trusted, IReadOnlyList<RotationStatement> statements)
        {
            Trusted = trusted;
            Statements = statements;
            DeviceId = statements.Count > 0 ? statements[0].DeviceId : trusted.DeviceId;
        }

        /// <summary>The key that the chain hangs on.</summary>
        public TrustedKey Trusted { get; }

        /// <summary>The statements that lead to and from it, in order; none when the key was not changed, or nothing says so.</summary>
        public IReadOnlyList<RotationStatement> Statements { get; }

        /// <summary>The device id: that of the device's first key.</summary>
        public byte[] DeviceId { get; }

        /// <summary>The chain of a key through these statements, of whatever devices.</summary>
        public static KeyChain Of(TrustedKey trusted, IEnumerable<RotationStatement> statements)
        {
            List<RotationStatement> all = [.. statements];
            var followed = new List<RotationStatement>();
            // A statement is used once, so that keys that lead in a circle end.
            TrustedKey first = trusted,
                last = trusted;
            while (Take(all, s => s.NextKey.Bytes.SequenceEqual(first.Bytes)) is RotationStatement back)
            {
                followed.Insert(0, back);
                first = back.FormerKey;
            }
            while (Take(all, s => s.FormerKey.Bytes.SequenceEqual(last.Bytes)) is RotationStatement forth)
            {
                followed.Add(forth);
                last = forth.NextKey;
            }
            return new KeyChain(trusted, followed);
        }

        /// <summary>The key that signs what the device states in a boot.</summary>
        public TrustedKey KeyIn(uint boot) =>
            Statements.FirstOrDefault(s => boot < s.Boot)?.FormerKey ?? (Statements.Count > 0 ? Statements[^1].NextKey : Trusted);

        /// <summary>Whether a key is one of the device's.</summary>
        public bool Holds(TrustedKey key) =>
            key.Bytes.SequenceEqual(Trusted.Bytes)
            || Statements.Any(s => s.FormerKey.Bytes.SequenceEqual(key.Bytes) || s.NextKey.Bytes.SequenceEqual(key.Bytes));

        /// <summary>What speaks against a key's having signed a recording of this number in this boot; null when nothing does.</summary>
        public string? Against(TrustedKey key, uint boot, uint recording)
        {
            if (!KeyIn(boot).Bytes.SequenceEqual(key.Bytes))
            {
                return "its key, fingerprint "
                    + Convert.ToHexStringLower(key.Fingerprint)
                    + ", was not the device's in boot "
                    + N(boot)
                    + " by the rotation statements";
            }

            RotationStatement? odd = Statements.FirstOrDefault(s => recording <= s.Recordings != boot < s.Boot);
            return odd == null
                ? null
                : "recording "
                    + N(recording)
                    + " cannot be of boot "
                    + N(boot)
                    + ": rotation "
                    + N(odd.Number)
                    + " came after recording "
                    + N(odd.Recordings)
                    + " and at the beginning of boot "
                    + N(odd.Boot);
        }

        private static RotationStatement? Take(List<RotationStatement> from, Func<RotationStatement, bool> which)
        {
            RotationStatement? found = from.FirstOrDefault(which);
            if (found != null)
            {
                from.Remove(found);
            }

            return found;
        }

        private static string N(long value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
