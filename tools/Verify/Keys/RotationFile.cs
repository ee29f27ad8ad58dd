// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;

namespace Lapel.Verify
{
    /// <summary>ROTATED.PUB: a device's rotation statements, one a sector, then zero (FORMAT.md section 11).</summary>
    public static class RotationFile
    {
        /// <summary>Its name on a card and in a store.</summary>
        public const string Name = "ROTATED.PUB";

        /// <summary>Bytes of the file on a card; elsewhere it may end with its last statement.</summary>
        public const int LargestSize = 8 * RotationStatement.Size;

        /// <summary>The statements up to the first that does not hold.</summary>
        /// <param name="content">The file.</param>
        /// <param name="problem">What is wrong with the first that does not hold; null when all do.</param>
        public static IReadOnlyList<RotationStatement> Read(ReadOnlySpan<byte> content, out string? problem)
        {
            var statements = new List<RotationStatement>();
            problem =
                content.Length % RotationStatement.Size == 0 && content.Length <= LargestSize
                    ? null
                    : "it has " + N(content.Length) + " bytes: rotation statements are 1 to 8 sectors";
            while (problem == null && !BoxBytes.AllZero(content))
            {
                int number = statements.Count + 1;
                try
                {
                    RotationStatement statement = RotationStatement.Read(content[..RotationStatement.Size], number);
                    problem =
                        statements.Count > 0 && !Follows(statement, statements[^1])
                            ? "statement " + N(number) + " does not follow the one before it"
                            : null;
                    if (problem == null)
                    {
                        statements.Add(statement);
                    }
                }
                catch (FormatException error)
                {
                    problem = "statement " + N(number) + " does not hold: " + error.Message;
                }
                content = content[RotationStatement.Size..];
            }
            return statements;
        }

        private static bool Follows(RotationStatement statement, RotationStatement before) =>
            statement.DeviceId.AsSpan().SequenceEqual(before.DeviceId)
            && statement.FormerKey.Bytes.SequenceEqual(before.NextKey.Bytes)
            && statement.Boot > before.Boot
            && statement.Recordings >= before.Recordings
            && statement.HeadSequence >= before.HeadSequence;

        private static string N(long value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
