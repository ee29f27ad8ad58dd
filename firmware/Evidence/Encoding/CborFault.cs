// SPDX-License-Identifier: MIT

namespace Lapel.Evidence
{
    /// <summary>Why a <see cref="CborCursor"/> refused what it read.</summary>
    public enum CborFault
    {
        /// <summary>Nothing was refused.</summary>
        None = 0,

        /// <summary>The bytes end where an item should begin.</summary>
        Missing,

        /// <summary>A head, a string or the items of an array or map go on behind the end of the bytes.</summary>
        CutShort,

        /// <summary>Another major type than asked for.</summary>
        WrongType,

        /// <summary>The head has a shorter form.</summary>
        NotShortest,

        /// <summary>A number over 63 bits.</summary>
        TooLarge,

        /// <summary>An indefinite length where the policy takes none; a string in chunks always.</summary>
        Indefinite,

        /// <summary>A form that RFC 8949 keeps for later: additional information 28 to 30, or 31 where it means nothing.</summary>
        Reserved,

        /// <summary>A break where an item should be, or in the middle of a pair.</summary>
        StrayBreak,

        /// <summary>More levels than the policy takes.</summary>
        TooDeep,

        /// <summary>A key that is no unsigned integer, or not above the one before it.</summary>
        KeyOrder,

        /// <summary>A tag, floating point or a simple value that the policy does not take.</summary>
        NotAllowed,
    }
}
