// SPDX-License-Identifier: MIT

using Lapel.Hal;

namespace Lapel.Service
{
    /// <summary>Faults in words, for whoever has the camera in hand.</summary>
    public static class FaultWords
    {
        /// <summary>What is wrong with the camera module.</summary>
        public static string Of(CameraFault fault)
        {
            switch (fault)
            {
                case CameraFault.Absent:
                    return "the camera module does not answer";
                case CameraFault.UnknownIdentity:
                    return "the camera module is of an unknown kind";
                case CameraFault.Stuck:
                    return "the camera module hangs";
                case CameraFault.NoPicture:
                    return "the camera module gives no pictures";
                case CameraFault.BadPictures:
                    return "the pictures are damaged";
                case CameraFault.PicturesTooLarge:
                    return "the pictures are too large";
                default:
                    return "the camera module is at fault";
            }
        }

        /// <summary>What is wrong with the card.</summary>
        public static string Of(CardStatus status)
        {
            switch (status)
            {
                case CardStatus.NoCard:
                    return "no card";
                case CardStatus.NotFound:
                    return "a file of the card is missing";
                case CardStatus.Full:
                    return "the card has no room";
                case CardStatus.ReadError:
                    return "the card cannot be read";
                case CardStatus.WriteError:
                    return "the card cannot be written";
                case CardStatus.Unformatted:
                    return "the card is not formatted as FAT32";
                case CardStatus.SlotsTooSmall:
                    return "the card's slots are too small for these pictures";
                default:
                    return "the card is at fault";
            }
        }
    }
}
