// SPDX-License-Identifier: MIT

using System;
using System.Collections.Generic;
using System.Globalization;
using Lapel.Hal;
using Lapel.Hal.Virtual;

namespace Lapel.Scenes
{
    /// <summary>
    /// The drawn test picture: colour bars, a textured field, a clock, the number of the sensor's frame, and a block that moves. The
    /// same time, size and quality give the same bytes on every machine.
    /// </summary>
    public sealed class TestScene : IScene
    {
        /// <summary>Frames a second of the simulated sensor: what the frame number on the picture counts.</summary>
        public const int SensorFramesPerSecond = 30;

        private const long UsPerSecond = 1_000_000;
        private const int TicksPerUs = 10;

        /// <summary>
        /// Luma steps the texture strays from its gradient: with the qualities below it makes files of a real scene's size.
        /// </summary>
        private const int TextureDepth = 10;

        // A warm grey. The texture is in luma only, as noise in a sensor's dim picture mostly is.
        private const byte TextureCb = 120;
        private const byte TextureCr = 136;

        private static readonly Colour[] Bars =
        {
            Colour.FromRgb(192, 192, 192),
            Colour.FromRgb(192, 192, 0),
            Colour.FromRgb(0, 192, 192),
            Colour.FromRgb(0, 192, 0),
            Colour.FromRgb(192, 0, 192),
            Colour.FromRgb(192, 0, 0),
            Colour.FromRgb(0, 0, 192),
            Colour.FromRgb(16, 16, 16),
        };

        private readonly DateTime _powerOn;
        private readonly Dictionary<FrameSize, Canvas> _stills = new();
        private readonly Dictionary<FrameSize, Canvas> _pictures = new();
        private readonly Dictionary<(FrameSize, FrameQuality), Plate> _plates = new();

        /// <summary>Creates the scene.</summary>
        /// <param name="powerOn">What the clock on the picture shows at time zero.</param>
        public TestScene(DateTime powerOn)
        {
            _powerOn = powerOn;
        }

        /// <inheritdoc/>
        public byte[] Take(long timeUs, FrameSize size, FrameQuality quality)
        {
            Canvas still = Still(size);
            Canvas picture = _pictures[size];
            Plate plate = PlateOf(size, quality);

            Area text = TextArea(still);
            Area block = BlockArea(still, timeUs);
            DrawText(picture, text, timeUs);
            picture.Fill(block, Colour.FromRgb(255, 224, 32));
            plate.Move(text);
            plate.Move(block);
            byte[] jpeg = plate.Encode(picture);
            picture.Copy(still, text);
            picture.Copy(still, block);
            return jpeg;
        }

        private Canvas Still(FrameSize size)
        {
            if (_stills.TryGetValue(size, out Canvas? still))
            {
                return still;
            }

            (int width, int height) = FrameSizes.Pixels(size);
            still = DrawStill(width, height);
            var picture = new Canvas(width, height);
            picture.Copy(still, new Area(0, 0, width, height));
            _stills[size] = still;
            _pictures[size] = picture;
            return still;
        }

        private Plate PlateOf(FrameSize size, FrameQuality quality)
        {
            if (_plates.TryGetValue((size, quality), out Plate? plate))
            {
                return plate;
            }

            plate = new Plate(_stills[size], JpegQuality(quality));
            _plates[(size, quality)] = plate;
            return plate;
        }

        /// <summary>Qualities that give about 30, 18 and 10 KB at VGA.</summary>
        private static int JpegQuality(FrameQuality quality)
        {
            return quality switch
            {
                FrameQuality.High => 83,
                FrameQuality.Default => 66,
                _ => 30,
            };
        }

        private static Canvas DrawStill(int width, int height)
        {
            var canvas = new Canvas(width, height);
            int barsBottom = height * 3 / 10;
            for (int i = 0; i < Bars.Length; i++)
            {
                canvas.Fill(new Area(i * width / Bars.Length, 0, width / Bars.Length, barsBottom), Bars[i]);
            }

            Texture(canvas, barsBottom);
            canvas.Fill(TextArea(canvas), Colour.Black);
            return canvas;
        }

        /// <summary>A gradient with noise of a fixed seed (Marsaglia's xorshift).</summary>
        private static void Texture(Canvas canvas, int top)
        {
            uint noise = 0x4C41_5045;
            for (int y = top; y < canvas.Height; y++)
            {
                for (int x = 0; x < canvas.Width; x++)
                {
                    noise ^= noise << 13;
                    noise ^= noise >> 17;
                    noise ^= noise << 5;
                    int luma = 64 + 96 * x / canvas.Width + 48 * y / canvas.Height + (int)(noise % TextureDepth) - TextureDepth / 2;
                    canvas.Y[y * canvas.Width + x] = (byte)luma;
                    canvas.Cb[(y * canvas.Width + x) / 2] = TextureCb;
                    canvas.Cr[(y * canvas.Width + x) / 2] = TextureCr;
                }
            }
        }

        private static int Dot(Canvas canvas)
        {
            return canvas.Width / 280;
        }

        /// <summary>Two lines of 23 characters with a margin of two dots, in the middle of the picture.</summary>
        private static Area TextArea(Canvas canvas)
        {
            int dot = Dot(canvas);
            int width = (23 * BitmapText.Advance + 4) * dot;
            return new Area((canvas.Width - width) / 2 & ~1, canvas.Height * 4 / 10, width & ~1, (2 * BitmapText.Rows + 6) * dot);
        }

        private void DrawText(Canvas canvas, Area area, long timeUs)
        {
            int dot = Dot(canvas);
            DateTime time = _powerOn.AddTicks(timeUs * TicksPerUs);
            string clock = time.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
            string frame = string.Create(CultureInfo.InvariantCulture, $"FRAME {timeUs * SensorFramesPerSecond / UsPerSecond:D10}");
            BitmapText.Draw(canvas, area.Left + 2 * dot, area.Top + 2 * dot, dot, clock, Colour.White);
            BitmapText.Draw(canvas, area.Left + 2 * dot, area.Top + (BitmapText.Rows + 4) * dot, dot, frame, Colour.White);
        }

        /// <summary>To and fro below the text, once in 8 s across and in 5 s down.</summary>
        private static Area BlockArea(Canvas canvas, long timeUs)
        {
            int side = canvas.Height / 10 & ~1;
            int top = TextArea(canvas).Bottom + 2;
            int left = Swing(timeUs, 8 * UsPerSecond, canvas.Width - side) & ~1;
            return new Area(left, top + Swing(timeUs, 5 * UsPerSecond, canvas.Height - side - top), side, side);
        }

        private static int Swing(long timeUs, long periodUs, int range)
        {
            long phase = timeUs % periodUs;
            long half = periodUs / 2;
            return (int)((phase < half ? phase : periodUs - phase) * range / half);
        }
    }
}
