namespace Omega.Desk.Prose;

/// <summary>What the words around a figure say of it besides its name: market, timeframe, strategy, confidence, side, direction.</summary>
internal static class Surroundings
{
    /// <summary>What strategies are compared with.</summary>
    public const string Holding = "buy and hold";

    public static void Read(ProseText prose, ProseFigure figure)
    {
        var block = prose.BlockAt[figure.At];
        figure.Market ??= Find(prose, figure, block, TermKind.Market)?.Term.Names[0];
        figure.Timeframe ??= Find(prose, figure, block, TermKind.Timeframe)?.Term.Names[0];
        figure.Strategy ??= Find(prose, figure, block, TermKind.Strategy)?.Term.Names[0];
        foreach (var group in (ReadOnlySpan<string>)["confidence", "leg", "level"])
        {
            // "Support and resistance": each says itself which it is.
            if (group == "level" && figure.Labels.Exists(label => label.Modifiers.Exists(modifier => modifier.Group == group)))
                continue;
            if (Find(prose, figure, block, TermKind.Modifier, group) is { } mention)
                figure.Context.AddRange(mention.Modifiers.Where(modifier => modifier.Group == group));
        }

        figure.IsBesideHolding = figure.Strategy == Holding || IsContrast(prose, figure, block) || Speaks(prose, figure, block);
        foreach (var mention in Loose(prose, figure, block))
            figure.Context.AddRange(mention.Modifiers);
        figure.Direction = Direction(prose, figure, block);
    }

    /// <summary>Whether the sentence, or the one before where it does not go on about another, speaks of buying and holding.</summary>
    private static bool Speaks(ProseText prose, ProseFigure figure, Block block)
    {
        var from = Refers(prose, figure, block) ? figure.Sentence : figure.Sentence - 1;
        for (var at = block.First; at < block.End; at++)
        {
            if (prose.Sentences[at] is var sentence && sentence >= from && sentence <= figure.Sentence && prose.MentionAt[at] is { Term.Kind: TermKind.Strategy } mention && mention.Term.Names[0] == Holding)
                return true;
        }

        return false;
    }

    private static Mention? Find(ProseText prose, ProseFigure figure, Block block, TermKind kind, string? group = null)
    {
        var (sentence, segment) = (prose.Sentences[figure.At], prose.Segments[figure.At]);
        Mention? before = null, behind = null, carried = null, bound = null, next = null;
        for (var at = figure.First - 1; at >= block.First && prose.Sentences[at] == sentence; at--)
        {
            if (!Fits(prose.MentionAt[at], kind, group))
                continue;
            if (prose.Segments[at] == segment && before is not null && group is null && prose.MentionAt[at]!.Term.Names[0] != before.Term.Names[0] && !HasFigure(prose, at, before.First))
                return null;
            if (prose.Segments[at] == segment)
                before ??= prose.MentionAt[at];
            else if (carried is null && IsBound(prose, block, prose.MentionAt[at]!))
                bound ??= prose.MentionAt[at];
            else if (carried is null)
                carried = prose.MentionAt[at];
            else if (group is null && prose.MentionAt[at]!.Term.Names[0] != carried.Term.Names[0] && !HasFigure(prose, at, carried.First))
                bound ??= prose.MentionAt[at];
        }

        // Where another one came between, nobody can tell which is meant.
        if (carried is not null && bound is not null && group is null && carried.Term.Names[0] != bound.Term.Names[0])
            return before;
        var other = false;
        for (var at = figure.End; at < block.End && prose.Sentences[at] == sentence && prose.Segments[at] <= segment + 1; at++)
        {
            other |= prose.Segments[at] > segment && prose.FigureAt[at] is not null;
            if (!Fits(prose.MentionAt[at], kind, group))
                continue;
            if (prose.Segments[at] == segment)
                behind ??= HasFigure(prose, figure.End, at) ? null : prose.MentionAt[at];
            else
                next ??= prose.MentionAt[at];
        }

        if (before is not null && behind is not null)
            return figure.First - before.End <= behind.First - figure.End ? before : behind;
        if ((before ?? behind) is { } near)
            return near;
        if (block.Kind == BlockKind.Row)
            return Tables.Heads(prose, block, Tables.Column(prose, block, figure.At)).Select(at => prose.MentionAt[at]).FirstOrDefault(mention => Fits(mention, kind, group)) ?? Above(prose, block, kind, group);

        // "0.79 against 0.07": what the first is of the second is not.
        if (group is null && carried is not null && IsContrast(prose, figure, block))
            return next;

        // "63 (4h)", "63, on the 4h": what follows counts where it holds no figure of its own.
        if (next is not null && !other && (prose.Tokens[next.First - 1].Is('(') || (carried is null && prose.Tokens[next.First - 1].Text is "on" or "for" or "in" or "the" or ",")))
            return next;
        return carried ?? (group is null && Refers(prose, figure, block) ? Earlier(prose, figure, block, kind) : null) ?? Above(prose, block, kind, group);
    }

    /// <summary>"0.79 for buy and hold" says it of that figure alone.</summary>
    private static bool IsBound(ProseText prose, Block block, Mention mention)
    {
        for (var at = mention.First - 1; at >= block.First && prose.Segments[at] == prose.Segments[mention.First]; at--)
        {
            if (prose.FigureAt[at] is not null)
                return true;
        }

        return false;
    }

    private static bool IsContrast(ProseText prose, ProseFigure figure, Block block) =>
        prose.At(figure.First - 1, block).Text is "against" or "versus" or "vs" or "than" || (prose.At(figure.First - 1, block).Text is "to" && prose.At(figure.First - 2, block) is { Kind: not TokenKind.None } && prose.FigureAt[figure.First - 2] is not null);

    private static bool HasFigure(ProseText prose, int from, int to)
    {
        for (var at = from; at < to; at++)
        {
            if (prose.FigureAt[at] is not null)
                return true;
        }

        return false;
    }

    /// <summary>Whether the sentence goes on about what the one before was about: "Its VWAP is …".</summary>
    private static bool Refers(ProseText prose, ProseFigure figure, Block block)
    {
        for (var at = figure.First - 1; at >= block.First && prose.Sentences[at] == prose.Sentences[figure.At]; at--)
        {
            if (prose.Tokens[at].Text is "its" or "it" or "there")
                return true;
        }

        return false;
    }

    private static Mention? Earlier(ProseText prose, ProseFigure figure, Block block, TermKind kind)
    {
        Mention? found = null;
        for (var at = figure.First - 1; at >= block.First && prose.Sentences[at] >= prose.Sentences[figure.At] - 1; at--)
        {
            if (!Fits(prose.MentionAt[at], kind, null))
                continue;
            if (!IsSubject(prose, block, at) || IsBound(prose, block, prose.MentionAt[at]!))
                return null;
            if (found is not null && prose.MentionAt[at]!.Term.Names[0] != found.Term.Names[0])
                return null;
            found = prose.MentionAt[at];
        }

        return found;
    }

    /// <summary>Whether a token stands in the first segment of its sentence.</summary>
    private static bool IsSubject(ProseText prose, Block block, int token)
    {
        for (var at = token; at >= block.First && prose.Sentences[at] == prose.Sentences[token]; at--)
        {
            if (prose.Segments[at] != prose.Segments[token])
                return false;
        }

        return true;
    }

    /// <summary>Modifiers that stand alone in the segment: "and the lower one 64,990".</summary>
    private static IEnumerable<Mention> Loose(ProseText prose, ProseFigure figure, Block block)
    {
        for (var at = figure.First - 1; at >= block.First && prose.Segments[at] == prose.Segments[figure.At]; at--)
        {
            if (prose.MentionAt[at] is { Term.Kind: TermKind.Modifier } mention && mention.First == at && (!mention.IsAttached || mention.Modifiers[0].Group == "side") && mention.Modifiers[0].Group is "band" or "line" or "kd" or "di" or "extent" or "method" or "side")
                yield return mention;
        }

        // "8.7 % at worst", "$20M of shorts".
        for (var at = figure.End; at < Math.Min(block.End, figure.End + 2) && prose.Segments[at] == prose.Segments[figure.At]; at++)
        {
            if (prose.MentionAt[at] is { Term.Kind: TermKind.Modifier, IsAttached: false } mention && mention.Modifiers[0].Group is "extent" or "side")
                yield return mention;
        }

        if (prose.At(figure.First - 1, block).Is('('))
        {
            // "its signal (151.3)": the bracket is a segment of its own.
            var before = figure.First - 2;
            if (before >= block.First && prose.MentionAt[before] is { Term.Kind: TermKind.Modifier, IsAttached: false } mention)
                yield return mention;
        }
    }

    /// <summary>The nearest line in a colon or heading above that says it.</summary>
    private static Mention? Above(ProseText prose, Block block, TermKind kind, string? group)
    {
        for (var lead = block.Lead; lead is not null; lead = lead.Lead)
        {
            if (Only(prose, lead, kind, group) is { } mention)
                return mention;
        }

        return block.Heading is { } heading ? Only(prose, heading, kind, group) : null;
    }

    /// <summary>The one that a line names; null where it names several.</summary>
    private static Mention? Only(ProseText prose, Block line, TermKind kind, string? group)
    {
        Mention? only = null;
        for (var at = line.First; at < line.End; at++)
        {
            if (prose.MentionAt[at] is not { } mention || mention.First != at || !Fits(mention, kind, group))
                continue;
            if (only is not null)
                return null;
            only = mention;
        }

        return only;
    }

    private static bool Fits(Mention? mention, TermKind kind, string? group) =>
        mention is not null && (group is null ? mention.Term.Kind == kind : mention.Modifiers.Exists(modifier => modifier.Group == group));

    /// <summary>−1 where a word says that the figure is a fall, 1 where it is a rise, the nearest word counting.</summary>
    private static int Direction(ProseText prose, ProseFigure figure, Block block)
    {
        if (prose.At(figure.First - 1, block).Text is "to" or "at" or "from" or "near")
            return 0;
        for (var distance = 1; distance <= 5; distance++)
        {
            if (Turn(prose, figure, block, figure.First - distance) is var before and not 0)
                return before;
            if (distance <= 3 && Turn(prose, figure, block, figure.End + distance - 1) is var behind and not 0)
                return behind;
        }

        return 0;
    }

    private static int Turn(ProseText prose, ProseFigure figure, Block block, int at)
    {
        if (at < block.First || at >= block.End || prose.Segments[at] != prose.Segments[figure.At] || !prose.Tokens[at].IsWord)
            return 0;
        if (prose.MentionAt[at] is { Term.Words.Length: > 1 } phrase)
            return phrase.Term.Words[0] is "gave" or "given" ? -1 : 0;
        return WordLists.Falls.Contains(prose.Tokens[at].Text) ? -1 : WordLists.Rises.Contains(prose.Tokens[at].Text) ? 1 : 0;
    }
}
