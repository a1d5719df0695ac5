namespace Omega.Desk.Prose;

/// <summary>Parts blocks into sentences, and these into segments.</summary>
internal static class Segmenter
{
    public static void Part(ProseText prose)
    {
        var (sentence, segment) = (-1, -1);
        foreach (var block in prose.Blocks)
        {
            sentence++;
            segment++;
            for (var at = block.First; at < block.End; at++)
            {
                prose.BlockAt[at] = block;
                var (inside, parts) = (prose.MentionAt[at] is { } mention && at > mention.First, Parts(prose, block, at));
                if (parts && !inside)
                    segment++;
                (prose.Sentences[at], prose.Segments[at]) = (sentence, segment);
                if (!inside && Ends(prose, block, at))
                {
                    sentence++;
                    segment++;
                }
            }
        }
    }

    private static bool Parts(ProseText prose, Block block, int at)
    {
        var token = prose.Tokens[at];
        if (token.IsWord)
            return WordLists.Parts.Contains(token.Text) && !(token.Text == "than" && prose.At(at - 1, block).Text is "more" or "less");
        if (token.IsNumber || prose.FigureAt[at] is not null)
            return false;
        return token.Text[0] switch
        {
            ',' or ';' or '(' or ')' or '[' or ']' or '|' or '—' or '&' => true,
            '–' or '-' => !token.Glued && at + 1 < block.End && !prose.Tokens[at + 1].Glued,
            _ => false,
        };
    }

    private static bool Ends(ProseText prose, Block block, int at)
    {
        var token = prose.Tokens[at];
        if (!(token.Is('.') || token.Is('!') || token.Is('?')) || (at + 1 < block.End && prose.Tokens[at + 1].Glued && !prose.Tokens[at + 1].Is(')')))
            return false;
        return prose.At(at - 1, block).Text is not ("vs" or "approx" or "e" or "g" or "i" or "etc" or "ca" or "no" or "cf");
    }
}
