// SPDX-License-Identifier: MIT

using System;
using System.IO;

namespace Lapel.Hal.Esp32
{
    /// <summary>The one place where exceptions of the file API become outcomes.</summary>
    public static class FileErrors
    {
        /// <summary>Whether an exception is the file API's way of saying that an operation failed.</summary>
        /// <remarks>
        /// Its natives throw IOException with a code, a plain Exception where they have no better one, NotSupportedException and
        /// ArgumentException for what the file system refuses, ObjectDisposedException after the volume went. Anything else is not about
        /// the card and passes.
        /// </remarks>
        public static bool IsFailure(Exception e)
        {
            if (e is IOException || e is NotSupportedException || e is ArgumentException || e is ObjectDisposedException)
            {
                return true;
            }

            // Exactly this type: a derived one is a defect of ours, and must not be taken for a card.
            return e.GetType() == typeof(Exception);
        }

        /// <summary>The outcome for a failed operation.</summary>
        /// <param name="e">What was thrown.</param>
        /// <param name="otherwise">ReadError or WriteError, whichever the operation was, when the code says no more.</param>
        public static CardStatus Translate(Exception e, CardStatus otherwise)
        {
            IOException io = e as IOException;
            return io == null ? otherwise : FromCode((int)io.ErrorCode, otherwise);
        }

        /// <summary>
        /// Whether a failure may mean that the volume itself is gone: no code says why, as for a sector that does not answer, or the code
        /// says that the drive is not there.
        /// </summary>
        /// <remarks>A missing file, a name taken or a sixth open file is about that operation only.</remarks>
        public static bool MayBeLost(Exception e)
        {
            IOException io = e as IOException;
            if (io == null)
            {
                // No code: the natives throw a plain exception where a sector does not answer.
                return true;
            }

            IOException.IOExceptionErrorCode code = io.ErrorCode;
            return code == IOException.IOExceptionErrorCode.Others
                || code == IOException.IOExceptionErrorCode.InvalidDriver
                || code == IOException.IOExceptionErrorCode.VolumeNotFound;
        }

        /// <summary>The outcome for an error code of the file API (IOException.IOExceptionErrorCode).</summary>
        public static CardStatus FromCode(int code, CardStatus otherwise)
        {
            switch (code)
            {
                case (int)IOException.IOExceptionErrorCode.InvalidDriver:
                case (int)IOException.IOExceptionErrorCode.VolumeNotFound:
                    return CardStatus.NoCard;
                case (int)IOException.IOExceptionErrorCode.FileNotFound:
                case (int)IOException.IOExceptionErrorCode.DirectoryNotFound:
                    return CardStatus.NotFound;
                case (int)IOException.IOExceptionErrorCode.TooManyOpenHandles:
                    return CardStatus.Busy;
                default:
                    return otherwise;
            }
        }
    }
}
