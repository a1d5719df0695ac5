using System.Security.Cryptography;
using System.Text;

namespace Omega.Gpt.Turns;

/// <summary>
/// A turn's id as a file name. Callers may give any text; what is not short, lower-case and plain becomes a readable beginning, a
/// <c>~</c> and a hash, so that no two ids meet, not even where the file system knows no case. The log's header holds the true id.
/// </summary>
internal static class TurnFileName
{
    public const string Extension = ".jsonl";

    private const int MaxLength = 1024;
    private const int MaxPlain = 80;
    private const int MaxBeginning = 32;

    public static string Of(string turn) =>
        turn.Length <= MaxPlain && turn.All(IsPlain) ? turn + Extension : Escape(turn);

    /// <summary>Checks an id as callers give it.</summary>
    /// <exception cref="GptException">It is empty, too long, or no text: half of a surrogate pair has no JSON form, so no header could hold it.</exception>
    public static void Check(string turn)
    {
        if (turn.Length is < 1 or > MaxLength || !IsText(turn))
            throw new GptException(GptErrorKind.BadRequest, $"A turn's id is a text of 1 to {MaxLength} characters.") { Phase = GptPhase.Request };
    }

    private static bool IsText(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
                return false;
        }

        return true;
    }

    private static string Escape(string turn)
    {
        var beginning = string.Concat(turn.Take(MaxBeginning).Select(c => IsPlain(char.ToLowerInvariant(c)) ? char.ToLowerInvariant(c) : '-'));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(turn)).AsSpan(0, 16));
        return $"{beginning}~{hash}{Extension}";
    }

    private static bool IsPlain(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-';
}
