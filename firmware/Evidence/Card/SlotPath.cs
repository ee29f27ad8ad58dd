// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>Where things are on the card (FORMAT.md section 2).</summary>
    public static class SlotPath
    {
        /// <summary>Our folder.</summary>
        public const string Root = "LAPEL";

        /// <summary>First copy of the catalogue.</summary>
        public const string CatalogueA = "LAPEL/CATALOG.A";

        /// <summary>Second copy.</summary>
        public const string CatalogueB = "LAPEL/CATALOG.B";

        /// <summary>The device's public key.</summary>
        public const string PublicKey = "LAPEL/DEVICE.PUB";

        /// <summary>The statements of a device whose key was changed.</summary>
        public const string Rotations = "LAPEL/ROTATED.PUB";

        /// <summary>The audit log.</summary>
        public const string AuditLog = "LAPEL/AUDIT.LOG";

        /// <summary>Slots in a folder: FAT folders are searched from their start.</summary>
        public const int SlotsPerFolder = 100;

        /// <summary>Folder of a slot.</summary>
        public static string Folder(int slot)
        {
            return Root + "/S" + (slot / SlotsPerFolder).ToString("D3");
        }

        /// <summary>File of a slot.</summary>
        /// <remarks>
        /// The number stands in the name and not in the folder alone: a file that was copied elsewhere still says which slot it was.
        /// </remarks>
        public static string File(int slot)
        {
            return Folder(slot) + "/" + slot.ToString("D8") + ".MP4";
        }
    }
}
