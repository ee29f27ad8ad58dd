// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>Answers with errors of group 64.</summary>
    public static class CameraErrors
    {
        private static readonly SmpError[] Original =
        {
            SmpError.None,
            SmpError.Unknown,
            SmpError.AccessDenied,
            SmpError.NoEntry,
            SmpError.Invalid,
            SmpError.Unknown,
            SmpError.Busy,
            SmpError.Invalid,
            SmpError.AccessDenied,
            SmpError.NotSupported,
        };

        /// <summary>Makes the answer this error.</summary>
        public static void Fail(SmpReply reply, CameraError error)
        {
            reply.Fail((int)error, Original[(int)error]);
        }
    }
}
