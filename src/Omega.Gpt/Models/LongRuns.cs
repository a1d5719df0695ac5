using System.Globalization;

namespace Omega.Gpt.Models;

/// <summary>
/// Where to cut a text so that counting its tokens stays linear. A tokenizer takes time that grows with the square of an unbroken run (of
/// letters, signs, spaces, or line ends and slashes): it merges within a run. No ordinary text has a run as long as the limit. Pure.
/// </summary>
internal static class LongRuns
{
    /// <summary>The longest run that is left whole, in characters.</summary>
    public const int Limit = 256;

    // The classes that a tokenizer's pattern lets into one piece. A character may be of several: a mark joins letters and signs.
    private const byte Letters = 1;
    private const byte Signs = 2;
    private const byte Spaces = 4;
    private const byte LineEnds = 8;

    private static readonly byte[] Ascii = [.. Enumerable.Range(0, 128).Select(c => Classify((char)c))];

    /// <summary>How much of the text, from its beginning, can be counted at once.</summary>
    /// <returns>The length of the first piece; the text's own where no run is too long.</returns>
    public static int FirstPiece(ReadOnlySpan<char> text)
    {
        if (text.Length <= Limit)
            return text.Length;
        var (letters, signs, spaces, lineEnds) = (0, 0, 0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var classes = text[i] < 128 ? Ascii[text[i]] : Classify(text[i]);
            letters = (classes & Letters) != 0 ? letters + 1 : 0;
            signs = (classes & Signs) != 0 ? signs + 1 : 0;
            spaces = (classes & Spaces) != 0 ? spaces + 1 : 0;
            lineEnds = (classes & LineEnds) != 0 ? lineEnds + 1 : 0;
            if ((letters | signs | spaces | lineEnds) > Limit && Math.Max(Math.Max(letters, signs), Math.Max(spaces, lineEnds)) > Limit)
                return char.IsLowSurrogate(text[i]) && char.IsHighSurrogate(text[i - 1]) ? i - 1 : i;
        }

        return text.Length;
    }

    private static byte Classify(char c) => (byte)(Kind(c) | (c is '\r' or '\n' or '/' ? LineEnds : 0));

    private static int Kind(char c) => char.IsWhiteSpace(c) ? Spaces : char.GetUnicodeCategory(c) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => Letters,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => Letters | Signs,
        // Digits are taken three at a time, so their runs are short.
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => 0,
        _ => Signs,
    };
}
