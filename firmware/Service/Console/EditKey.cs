// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>Keys of a terminal that edit a line.</summary>
    public enum EditKey
    {
        /// <summary>No key, or none that means anything here.</summary>
        None = 0,

        /// <summary>A printable character.</summary>
        Character = 1,

        /// <summary>Enter.</summary>
        Enter = 2,

        /// <summary>Ctrl-C.</summary>
        Interrupt = 3,

        /// <summary>Backspace, also as DEL.</summary>
        Backspace = 4,

        /// <summary>Delete: the character under the cursor.</summary>
        Delete = 5,

        /// <summary>Left, Ctrl-B.</summary>
        Left = 6,

        /// <summary>Right, Ctrl-F.</summary>
        Right = 7,

        /// <summary>Home, Ctrl-A.</summary>
        Home = 8,

        /// <summary>End, Ctrl-E.</summary>
        End = 9,

        /// <summary>Up, Ctrl-P: the line before.</summary>
        Older = 10,

        /// <summary>Down, Ctrl-N: the line after.</summary>
        Newer = 11,

        /// <summary>Ctrl-U: takes back what is before the cursor.</summary>
        KillBefore = 12,

        /// <summary>Ctrl-K: takes back what is behind the cursor.</summary>
        KillBehind = 13,

        /// <summary>Ctrl-W: takes a word back.</summary>
        KillWord = 14,

        /// <summary>Tab.</summary>
        Complete = 15,

        /// <summary>Ctrl-L: shows the line again.</summary>
        Redraw = 16,

        /// <summary>A byte that no key sends: the line is malformed.</summary>
        Noise = 17,
    }
}
