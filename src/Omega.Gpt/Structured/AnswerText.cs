namespace Omega.Gpt.Structured;

/// <summary>
/// Finds the JSON in an answer. Models that are not held to a schema like to wrap it: an answer that is one block fenced with three
/// backticks, and nothing else, counts as what is inside. Prose around it does not; it may say that the values are made up.
/// </summary>
internal static class AnswerText
{
    private const string Fence = "```";

    /// <summary>The JSON text; the answer itself where it is not one fenced block.</summary>
    public static string Unwrap(string answer)
    {
        var text = answer.AsSpan().Trim();
        var start = Start(text);
        if (start is not > 0 || !text.EndsWith(Fence) || text.Length < start + Fence.Length)
            return answer;
        var inside = text[start.Value..^Fence.Length];
        // A fence is a fence at the start of a line only; inside a JSON string there are no lines.
        return inside.TrimEnd().Length < inside.Length && !inside.Contains("\n" + Fence, StringComparison.Ordinal) ? inside.Trim().ToString() : answer;
    }

    /// <summary>
    /// Where the JSON of an answer begins: 0 without a fence, after the first line with one; null where too little is there to tell.
    /// </summary>
    /// <param name="text">The answer so far, without white space before it.</param>
    public static int? Start(ReadOnlySpan<char> text)
    {
        if (text.Length < Fence.Length)
            return Fence.AsSpan().StartsWith(text) ? null : 0;
        if (!text.StartsWith(Fence))
            return 0;
        var line = text.IndexOf('\n');
        return line < 0 ? null : line + 1;
    }
}
