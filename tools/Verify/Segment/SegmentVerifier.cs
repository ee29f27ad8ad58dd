// SPDX-License-Identifier: MIT

using System;
using System.IO;

namespace Lapel.Verify
{
    /// <summary>
    /// Checks one segment against everything that FORMAT.md fixes. No content of the file makes it fail or take memory with the file's
    /// size.
    /// </summary>
    public static class SegmentVerifier
    {
        /// <summary>Checks a file; that it cannot be read is a finding too.</summary>
        /// <param name="path">The slot file.</param>
        /// <param name="name">Its name in findings.</param>
        /// <param name="namedSlot">Slot number by its name, null when that says none.</param>
        /// <param name="key">The key to judge with.</param>
        public static SegmentResult Verify(string path, string name, uint? namedSlot, KeyChoice key)
        {
            var result = new SegmentResult
            {
                Name = name,
                NamedSlot = namedSlot,
                Path = path,
            };
            try
            {
                if (new FileInfo(path).Length == 0 && RegularFile.Is(path))
                {
                    result.Findings.Add(new Finding(Severity.Note, FindingCode.NoSegment, "holds no segment: it is empty") { File = name });
                    return result;
                }
                using var source = new FileSource(path);
                new SegmentWalk(source, result, key).Run();
                return result;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                result.State = SegmentState.Refused;
                result.Findings.Add(
                    new Finding(Severity.Error, FindingCode.Unreadable, "cannot be read: " + Reason.Of(error)) { File = name }
                );
                return result;
            }
        }

        /// <summary>Checks the segment in <paramref name="source"/>.</summary>
        public static SegmentResult Verify(IByteSource source, string name, uint? namedSlot, KeyChoice key)
        {
            var result = new SegmentResult { Name = name, NamedSlot = namedSlot };
            try
            {
                new SegmentWalk(source, result, key).Run();
            }
            catch (IOException error)
            {
                result.State = SegmentState.Refused;
                result.Findings.Add(
                    new Finding(Severity.Error, FindingCode.Unreadable, "cannot be read: " + Reason.Of(error)) { File = name }
                );
            }
            return result;
        }
    }
}
