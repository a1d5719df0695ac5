namespace Omega.Gpt.Providers.Offline;

/// <summary>Cuts what is said into the pieces in which it streams. The pieces joined are the text; none is empty.</summary>
internal static class Pieces
{
    /// <summary>Words, each with the white space after it.</summary>
    public static IEnumerable<string> Words(string text)
    {
        var start = 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsWhiteSpace(text[i - 1]) && !char.IsWhiteSpace(text[i]))
            {
                yield return text[start..i];
                start = i;
            }
        }

        if (start < text.Length)
            yield return text[start..];
    }

    /// <summary>JSON text cut after each structural character and each space, so that a person sees it being written.</summary>
    public static IEnumerable<string> Json(string json)
    {
        var start = 0;
        for (var i = 0; i < json.Length; i++)
        {
            if (json[i] is '{' or ':' or ',' or ' ' or '[')
            {
                yield return json[start..(i + 1)];
                start = i + 1;
            }
        }

        if (start < json.Length)
            yield return json[start..];
    }
}
