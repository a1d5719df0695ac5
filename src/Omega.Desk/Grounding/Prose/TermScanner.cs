using System.Runtime.InteropServices;
using Omega.Desk.Facts;

namespace Omega.Desk.Prose;

/// <summary>Finds the terms of a text, and the numbers that belong to their names: EMA 20, VaR(95%), the 4h chart, 61.8 % of Fibonacci.</summary>
internal static class TermScanner
{
    private static readonly Term Average = new([], TermKind.Quantity, ["ema", "sma", "wma", "volume"], [], FactUnit.Currency, false, true);
    private static readonly double[] Confidences = [90, 95, 97.5, 99, 99.5, 99.9];
    private static readonly double[] Ratios = [0.236, 0.382, 0.5, 0.618, 0.65, 0.786, 1.272, 1.618, 23.6, 38.2, 50, 61.8, 65, 78.6, 127.2, 161.8];

    public static void Scan(ProseText prose)
    {
        foreach (var block in prose.Blocks)
            Terms(prose, block);
        var tables = Tables(prose);
        foreach (var block in prose.Blocks)
        {
            Timeframes(prose, block);
            Lengths(prose, block);
            var (hasTail, hasLeg) = block.Kind == BlockKind.Row ? tables[block.Header ?? block] : Names(prose, block);
            if (hasTail || hasLeg)
                Levels(prose, block, hasTail, hasLeg);
        }

        prose.Mentions.Sort((one, other) => one.First.CompareTo(other.First));
        foreach (var mention in prose.Mentions)
        {
            if (mention.IsQuantity)
                Gather(prose, mention);
        }
    }

    private static void Terms(ProseText prose, Block block)
    {
        var tokens = CollectionsMarshal.AsSpan(prose.Tokens);
        for (var at = block.First; at < block.End;)
        {
            prose.BlockAt[at] = block;
            if (prose.Vocabulary.Find(tokens[at..block.End], out var length) is { } term && !IsOther(prose, block, term, at, at + length))
            {
                Add(prose, new Mention(term, at, at + length));
                for (var inside = at; inside < at + length; inside++)
                    prose.BlockAt[inside] = block;
                at += length;
            }
            else
            {
                at++;
            }
        }
    }

    /// <summary>Words that look like a term and are something else here.</summary>
    private static bool IsOther(ProseText prose, Block block, Term term, int first, int end)
    {
        var (before, after) = (prose.At(first - 1, block), prose.At(end, block));
        return prose.Tokens[first].Text switch
        {
            // "Close to", "close above"; "may" and the like are no terms at all.
            "close" or "closes" or "closed" => after.IsWord && after.Text is "to" or "above" or "below" or "watch",
            "trade" or "trades" => term.Words.Length == 1 && after.IsWord && after.Text is "off" or "idea" or "setup" or "plan",
            "last" or "open" => term.Words.Length == 1 && !after.Is(':') && after.Text is not ("is" or "was" or "at"),

            // Beside a number it is a unit, and no market is spoken of: 0.5 BTC.
            "btc" or "eth" or "sol" or "bitcoin" or "ether" => term.Words.Length == 1 && term.Kind == TermKind.Market && before.IsNumber && (first < 2 || prose.Tokens[first - 2].Kind != TokenKind.Symbol || !prose.Tokens[first - 2].Is('$')),
            "atr" or "atrs" => before.IsNumber && !(after.IsNumber || after.Is(':') || after.Is('=') || after.Text is "of" or "is" or "at"),
            "link" => true,

            // The head of a column, not the verb.
            "hold" => !(before.Is('|') && after.Is('|')),
            _ => false,
        };
    }

    private static void Timeframes(ProseText prose, Block block)
    {
        for (var at = block.First; at < block.End; at++)
        {
            if (!prose.Tokens[at].IsNumber || prose.Tokens[at].Text.Length > 2 || !int.TryParse(prose.Tokens[at].Text, out var count))
                continue;
            var next = prose.At(at + 1, block);
            var hyphen = next.Is('-') && next.Glued ? 1 : 0;
            var unit = prose.At(at + 1 + hyphen, block);
            if (!unit.IsWord || !unit.Glued || (hyphen == 0 && prose.Text[unit.Start] == 'M') || Vocabulary.TimeframeName(count, unit.Text) is not { } name)
                continue;
            prose.Taken[at] = true;
            if (count == 24)
                continue;
            for (var inside = at; inside <= at + 1 + hyphen; inside++)
                prose.MentionAt[inside] = null;
            Add(prose, new Mention(new Term([], TermKind.Timeframe, [name], [], FactUnit.Unknown, false, false), at, at + 2 + hyphen));
        }
    }

    /// <summary>Numbers of names: behind the name, or as "20-period" and "50 EMA" before it.</summary>
    private static void Lengths(ProseText prose, Block block)
    {
        for (var at = block.First; at < block.End; at++)
        {
            if (prose.MentionAt[at] is { IsQuantity: true } mention && at == mention.End - 1 && mention.Term.TakesLengths)
                Behind(prose, block, mention);
            else if (prose.Tokens[at].IsNumber && !prose.Taken[at])
                Before(prose, block, at);
        }
    }

    private static void Behind(ProseText prose, Block block, Mention mention)
    {
        var at = mention.End;
        var token = prose.At(at, block);
        if (token.Is('-') && token.Glued && prose.At(at + 1, block) is { IsNumber: true, Glued: true })
            token = prose.At(++at, block);
        if (token.IsNumber && IsLength(prose, block, mention, at, token.Glued))
        {
            Take(prose, mention, at);
            for (at++; prose.At(at, block).Is('/') && prose.At(at + 1, block).IsNumber && IsLength(prose, block, mention, at + 1, true); at += 2)
            {
                // "EMA 20/50" names two.
                var second = new Mention(mention.Term, at + 1, at + 2) { Lengths = [] };
                prose.Taken[at + 1] = true;
                if (NumberText.TryRead(prose.Tokens[at + 1].Text, out var number))
                    second.Lengths.Add(number.Value);
                Add(prose, second);
            }
        }
        else if (token.Is('('))
        {
            Bracket(prose, block, mention, at);
        }
    }

    /// <summary>"(14)", "(12, 26, 9)", "(95%)": whole numbers right behind the name, or such as the results have in their names.</summary>
    private static void Bracket(ProseText prose, Block block, Mention mention, int open)
    {
        var at = open + 1;
        while (at < block.End && !prose.Tokens[at].Is(')'))
        {
            var token = prose.Tokens[at];
            var fits = token.IsNumber ? IsLength(prose, block, mention, at, prose.Tokens[open].Glued) : token.Is(',') || token.Is('%') || token.Is('/');
            if (!fits || at - open > 8)
                return;
            at++;
        }

        if (at >= block.End || at == open + 1)
            return;
        for (var inside = open; inside <= at; inside++)
        {
            prose.Taken[inside] = true;
            if (prose.Tokens[inside].IsNumber)
                Take(prose, mention, inside);
        }

        mention.End = at + 1;
        for (var inside = open; inside <= at; inside++)
            prose.MentionAt[inside] = mention;
    }

    private static bool IsLength(ProseText prose, Block block, Mention mention, int at, bool glued)
    {
        if (!NumberText.TryRead(prose.Tokens[at].Text, out var number) || !number.IsWhole || number.Value > 1000)
            return false;
        var after = prose.At(at + 1, block);
        if (glued)
            return true;
        if (after.Is('%') || (after.IsWord && after.Glued))
            return after.Is('%') && Confidences.Contains(number.Value) && IsTail(mention);
        return prose.Vocabulary.HasLength(mention.Term, number.Value) || (mention.Term.Names[0] is "ema" or "sma" && number.Value <= 400 && number.Value >= 5);
    }

    private static void Before(ProseText prose, Block block, int at)
    {
        if (!NumberText.TryRead(prose.Tokens[at].Text, out var number) || !number.IsWhole || number.Value > 1000)
            return;
        var next = at + 1;
        if (prose.At(next, block).Is('-'))
            next++;
        var isPeriod = prose.At(next, block) is { IsWord: true } word && WordLists.Periods.Contains(word.Text) && (next > at + 1 || word.Text == "period");
        if (isPeriod)
            next++;
        if (isPeriod && prose.At(next, block).Text is "average" or "mean" or "ma" or "one" && !(prose.At(next + 1, block).IsWord && prose.MentionAt[next + 1] is { IsQuantity: true }))
        {
            // "The 20-bar average", and "the 50-bar one" after it.
            prose.Taken[at] = true;
            Add(prose, new Mention(Average, next, next + 1) { Lengths = [number.Value] });
            return;
        }

        for (var seek = next; seek < Math.Min(block.End, next + (isPeriod ? 4 : 1)); seek++)
        {
            if (prose.MentionAt[seek] is not { IsQuantity: true } mention)
                continue;
            if (isPeriod || mention.Term.Names[0] is "ema" or "sma" or "wma")
            {
                prose.Taken[at] = true;
                (mention.Lengths ??= []).Add(number.Value);
            }

            return;
        }

        prose.Taken[at] |= isPeriod;
    }

    private static void Take(ProseText prose, Mention mention, int at)
    {
        prose.Taken[at] = true;
        if (NumberText.TryRead(prose.Tokens[at].Text, out var number))
            (mention.Lengths ??= []).Add(number.Value);
        if (mention.End != at)
            return;
        mention.End = at + 1;
        prose.MentionAt[at] = mention;
        if (mention.End < prose.BlockAt[mention.First].End && prose.Tokens[mention.End].Is('%'))
            prose.MentionAt[mention.End++] = mention;
    }

    /// <summary>Levels of confidence and ratios of Fibonacci: what they say holds for the figures near them.</summary>
    private static void Levels(ProseText prose, Block block, bool hasTail, bool hasLeg)
    {
        for (var at = block.First; at < block.End; at++)
        {
            if (!prose.Tokens[at].IsNumber || prose.Taken[at] || !NumberText.TryRead(prose.Tokens[at].Text, out var number))
                continue;
            var isPercent = prose.At(at + 1, block).Is('%');
            var previous = prose.At(at - 1, block);
            var isMoney = previous.Is('$');
            if (hasTail && Confidences.Contains(number.Value) && !isMoney && (isPercent || prose.At(at + 1, block).Text is "percent" or "confidence" or "level" or "th"))
                Say(prose, at, isPercent, new Modifier("confidence", number.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            else if (hasLeg && Ratios.Contains(number.Value) && (isPercent ? number.Value > 2 : number.Value < 2) && !isMoney)
                Say(prose, at, isPercent, new Modifier("leg", Ratio(number.Value)));
        }
    }

    /// <summary>Whether a block names a risk of the tail, and a leg.</summary>
    private static (bool HasTail, bool HasLeg) Names(ProseText prose, Block block)
    {
        var (hasTail, hasLeg) = (false, false);
        for (var at = block.First; at < block.End; at++)
        {
            if (prose.MentionAt[at] is not { IsQuantity: true } mention)
                continue;
            hasTail |= IsTail(mention);
            hasLeg |= mention.Term.Names.Contains("fibonacci");
        }

        return (hasTail, hasLeg);
    }

    /// <summary>The same of whole tables, by their first row.</summary>
    private static Dictionary<Block, (bool HasTail, bool HasLeg)> Tables(ProseText prose)
    {
        var tables = new Dictionary<Block, (bool HasTail, bool HasLeg)>();
        foreach (var row in prose.Blocks)
        {
            if (row.Kind != BlockKind.Row)
                continue;
            var (hasTail, hasLeg) = tables.GetValueOrDefault(row.Header ?? row);
            var (tail, leg) = Names(prose, row);
            tables[row.Header ?? row] = (hasTail || tail, hasLeg || leg);
        }

        return tables;
    }

    /// <summary>A ratio of Fibonacci as a modifier's value.</summary>
    public static string Ratio(double value) => (value > 2 ? value / 100 : value).ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);

    private static bool IsTail(Mention mention) => mention.IsQuantity && mention.Term.Names[0] is "var" or "cvar" or "confidence";

    private static void Say(ProseText prose, int at, bool isPercent, Modifier modifier)
    {
        prose.Taken[at] = true;
        Add(prose, new Mention(new Term([], TermKind.Modifier, [modifier.Group], [modifier], FactUnit.Unknown, false, false), at, isPercent ? at + 2 : at + 1));
    }

    /// <summary>Adds the modifiers beside a quantity to it, and its level of confidence to the risk it measures.</summary>
    private static void Gather(ProseText prose, Mention mention)
    {
        var block = prose.BlockAt[mention.First];
        var (at, gap) = (mention.First - 1, 0);
        while (at >= block.First && gap < 2)
        {
            if (prose.MentionAt[at] is { Term.Kind: TermKind.Modifier } modifier)
            {
                modifier.IsAttached = true;
                mention.Modifiers.AddRange(modifier.Modifiers);
                at = modifier.First - 1;
            }
            else if (prose.MentionAt[at] is null && !prose.Tokens[at].IsNumber && (prose.Tokens[at].Is('-') || prose.Tokens[at].Is('+') || (prose.Tokens[at].IsWord && !WordLists.Parts.Contains(prose.Tokens[at].Text) && !WordLists.Links.Contains(prose.Tokens[at].Text))))
            {
                gap++;
                at--;
            }
            else
            {
                break;
            }
        }

        at = mention.End;
        if (at < block.End && (prose.Tokens[at].Is('(') || prose.Tokens[at].Is('-')))
            at++;
        if (at < block.End && prose.MentionAt[at] is { Term.Kind: TermKind.Modifier } behind && (behind.End >= block.End || !(prose.MentionAt[behind.End] is { IsQuantity: true })))
        {
            behind.IsAttached = true;
            mention.Modifiers.AddRange(behind.Modifiers);
        }

        if (IsTail(mention) && mention.Lengths is { } lengths)
        {
            foreach (var length in lengths)
                mention.Modifiers.Add(new Modifier("confidence", length.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            mention.Lengths = null;
        }
    }

    private static void Add(ProseText prose, Mention mention)
    {
        prose.Mentions.Add(mention);
        for (var at = mention.First; at < mention.End; at++)
            prose.MentionAt[at] = mention;
    }
}
