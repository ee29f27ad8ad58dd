// SPDX-License-Identifier: MIT

namespace Lapel.Service
{
    /// <summary>Whole numbers as they are typed: digits only, no leading zero.</summary>
    public static class WholeNumber
    {
        // Digits of the largest int.
        private const int MostDigits = 10;

        /// <summary>The number, or -1 when it is not one from least to most.</summary>
        public static int Parse(string text, int least, int most)
        {
            if (text.Length == 0 || text.Length > MostDigits || (text.Length > 1 && text[0] == '0'))
            {
                return -1;
            }

            // Ten digits fit into a long whatever they are: the range is checked once, at the end.
            long number = 0;
            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] < '0' || text[i] > '9')
                {
                    return -1;
                }

                number = number * 10 + text[i] - '0';
            }

            return number < least || number > most ? -1 : (int)number;
        }
    }
}
