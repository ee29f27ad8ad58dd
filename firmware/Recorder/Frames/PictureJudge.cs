// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Recorder
{
    /// <summary>
    /// Judges what the module gave: whether it is a whole JPEG and where it ends, and for how long there was none. Counts by reason
    /// what is none.
    /// </summary>
    public sealed class PictureJudge
    {
        /// <summary>The end marker is searched for in so many bytes before the end: modules pad the picture to a FIFO line.</summary>
        public const int EndSearchBytes = 512;

        /// <summary>
        /// A module that pads more is met, too: the marker is then searched for in so many bytes, by a native search. Public reports show
        /// paddings of 512 bytes and more.
        /// </summary>
        public const int LongEndSearchBytes = 4096;

        /// <summary>So many stray bytes before the start marker are taken off, when the picture behind them is whole.</summary>
        public const int StrayBytes = 512;

        /// <summary>
        /// Shorter than this no picture is: tables, frame and scan header of one component alone take 128 bytes (ITU-T T.81, annex B).
        /// </summary>
        public const int MinPictureBytes = 128;

        /// <summary>Without a usable picture for so long the sensor is at fault, microseconds.</summary>
        public const long UnusableUs = 2000000;

        // What the module reports without a byte of a marker in it.
        private const int LeastLength = 4;

        // One picture too large may be a length misread; two in a row are not.
        private const int TooLargeInARow = 2;

        private readonly FrameAssembler _frame;
        private int _typicalBytes;
        private int _tooLarge;

        // Since when no usable picture came; long.MaxValue until the module was ready for the first time since it was begun.
        private long _unusableSinceUs = long.MaxValue;

        /// <summary>Judge of what is gathered here.</summary>
        public PictureJudge(FrameAssembler frame)
        {
            _frame = frame;
        }

        /// <summary>Pictures dropped because they are no whole JPEG, or too large: the sum of the reasons below.</summary>
        public int Dropped { get; private set; }

        /// <summary>Pictures dropped for an impossible length: fewer than 4 bytes.</summary>
        public int DroppedLength { get; private set; }

        /// <summary>
        /// Most bytes of a picture: <see cref="FrameRing.MaxFrameBytes"/>, or what an empty slot of the card holds when that is less.
        /// </summary>
        public int MostBytes { get; set; } = FrameRing.MaxFrameBytes;

        /// <summary>Pictures dropped because they are larger than <see cref="MostBytes"/>.</summary>
        public int DroppedTooLarge { get; private set; }

        /// <summary>Pictures dropped because no FF D8 FF stands at their beginning, nor in the first <see cref="StrayBytes"/>.</summary>
        public int DroppedNoStart { get; private set; }

        /// <summary>Pictures dropped because FF D9 is not in their last <see cref="LongEndSearchBytes"/>.</summary>
        public int DroppedNoEnd { get; private set; }

        /// <summary>Pictures dropped because between their markers is less than any picture has.</summary>
        public int DroppedEmpty { get; private set; }

        /// <summary>
        /// Pictures dropped because another one begins inside them. Only a picture half as large again as those before it is searched:
        /// two in one read are, a beginning that was overwritten by a later picture of its size is not.
        /// </summary>
        public int DroppedDouble { get; private set; }

        /// <summary>Pictures kept whose stray bytes before the start marker were taken off.</summary>
        public int StraySkipped { get; private set; }

        /// <summary>Whether the pictures are too large again and again: a coarser quality may help.</summary>
        public bool AreTooLarge
        {
            get { return _tooLarge >= TooLargeInARow; }
        }

        /// <summary>Pictures of another size or quality follow.</summary>
        public void ForgetSize()
        {
            _typicalBytes = 0;
        }

        /// <summary>A coarser quality was chosen: what was too large counts from here.</summary>
        public void ForgetTooLarge()
        {
            _tooLarge = 0;
        }

        /// <summary>The module is begun anew: until it is ready nobody expects a picture.</summary>
        public void Begun()
        {
            _unusableSinceUs = long.MaxValue;
        }

        /// <summary>The module is ready for a picture.</summary>
        public void Ready(long nowUs)
        {
            if (_unusableSinceUs == long.MaxValue)
            {
                _unusableSinceUs = nowUs;
            }
        }

        /// <summary>Whether no usable picture came for <see cref="UnusableUs"/>.</summary>
        public bool FindsNone(long nowUs)
        {
            return _unusableSinceUs != long.MaxValue && nowUs - _unusableSinceUs >= UnusableUs;
        }

        /// <summary>The module itself found the picture too large.</summary>
        public void CountTooLarge()
        {
            DroppedTooLarge++;
            Dropped++;
        }

        /// <summary>Counts a picture of a length that none in the ring has.</summary>
        /// <param name="total">The module's length, bytes.</param>
        /// <returns>What is wrong with it.</returns>
        public CameraFault DropLength(int total)
        {
            if (total < LeastLength)
            {
                DroppedLength++;
                Dropped++;
                return CameraFault.BadPictures;
            }

            CountTooLarge();
            _tooLarge++;
            return CameraFault.PicturesTooLarge;
        }

        /// <summary>Whether a picture of this length can be read at all.</summary>
        /// <param name="total">The module's length, bytes.</param>
        public bool CanBe(int total)
        {
            return total >= LeastLength && total <= MostBytes;
        }

        /// <summary>
        /// Where the JPEG in the frame ends, exclusive; 0 when it is no whole one, and the reason is counted. What is before it is taken
        /// off.
        /// </summary>
        /// <param name="total">Bytes that were read, <see cref="CanBe"/>.</param>
        /// <param name="nowUs">Monotonic microseconds.</param>
        public int FindPicture(int total, long nowUs)
        {
            FrameAssembler frame = _frame;
            _tooLarge = 0;
            if (!frame.StartsAsJpeg())
            {
                int stray = frame.FindMarker(0xD8, 1, total > StrayBytes + 2 ? StrayBytes + 2 : total, false);
                if (stray < 0)
                {
                    return DropNoStart();
                }

                frame.DropHead(stray);
                total -= stray;
                if (!frame.StartsAsJpeg())
                {
                    return DropNoStart();
                }

                StraySkipped++;
            }

            int end = frame.LastPair(0xFF, 0xD9, total, EndSearchBytes);
            if (end < 0 && total > EndSearchBytes)
            {
                end = frame.FindMarker(0xD9, total > LongEndSearchBytes ? total - LongEndSearchBytes : 0, total, true);
            }

            if (end < 0)
            {
                DroppedNoEnd++;
                Dropped++;
                return 0;
            }

            end += 2;
            if (end < MinPictureBytes)
            {
                DroppedEmpty++;
                Dropped++;
                return 0;
            }

            int typical = _typicalBytes;
            if (typical == 0)
            {
                typical = end;
            }
            else if (end > typical + typical / 2 && frame.FindMarker(0xD8, 2, end, false) >= 0)
            {
                DroppedDouble++;
                Dropped++;
                return 0;
            }

            _typicalBytes = typical + (end - typical) / 8;
            _unusableSinceUs = nowUs;
            return end;
        }

        private int DropNoStart()
        {
            DroppedNoStart++;
            Dropped++;
            return 0;
        }
    }
}
