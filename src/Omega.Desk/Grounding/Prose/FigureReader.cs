namespace Omega.Desk.Prose;

/// <summary>Finds the figures of a text with sign, scale and unit. Dates, times, numbers of names and lists, versions and citations are none.</summary>
internal sealed class FigureReader
{
    private readonly ProseText _prose;
    private readonly Block _block;

    private FigureReader(ProseText prose, Block block) => (_prose, _block) = (prose, block);

    public static void Read(ProseText prose)
    {
        foreach (var block in prose.Blocks)
        {
            var reader = new FigureReader(prose, block);
            var from = prose.Figures.Count;
            for (var at = block.First; at < block.End; at++)
            {
                if (prose.Tokens[at].IsNumber && !prose.Taken[at] && reader.Figure(at) is { } figure)
                {
                    prose.Figures.Add(figure);
                    for (var inside = figure.First; inside < figure.End; inside++)
                        prose.FigureAt[inside] = figure;
                    at = figure.End - 1;
                }
            }

            for (var i = from; i + 1 < prose.Figures.Count; i++)
                reader.Range(prose.Figures[i], prose.Figures[i + 1]);
        }
    }

    private Token At(int index) => _prose.At(index, _block);

    private ProseFigure? Figure(int at)
    {
        if (!NumberText.TryRead(_prose.Tokens[at].Text, out var number) || DatesAndTimes.IsPart(_prose, _block, at, number) || IsName(at))
            return null;
        var (first, sign, code) = Before(at);
        var figure = new ProseFigure
        {
            First = first,
            At = at,
            End = at + 1,
            Magnitude = number.Value,
            Step = Math.Pow(10, -number.Decimals),
            Digits = number.Digits,
            IsWhole = number.IsWhole,
            Sign = sign,
            Code = code,
            Unit = code is null ? FigureUnit.Number : FigureUnit.Currency,
        };
        if (!Behind(figure))
            return null;
        Nearness(figure);
        return figure;
    }

    /// <summary>Part of a name, a citation, a version: "analyze_market:1", "[2]", "#3", "gpt4", "2:1".</summary>
    private bool IsName(int at)
    {
        var (token, before, after) = (_prose.Tokens[at], At(at - 1), At(at + 1));
        if (token.Glued && before.IsWord && before.Text is not ("us" or "usd" or "usdt" or "eur" or "x"))
            return true;
        if (before.Is('#') || (before.Is('[') && after.Is(']')))
            return true;
        if (token.Glued && before.Is(':') && before.Glued && At(at - 2) is { IsWord: true } && _prose.MentionAt[at - 2] is not { IsQuantity: true })
            return true;
        if (token.Glued && before.Is('/') && before.Glued && At(at - 2).IsNumber)
            return _prose.FigureAt[at - 2] is null;
        return after.Is('/') && after.Glued && At(at + 2) is { IsNumber: true, Glued: true } over && over.Text.Length <= 2 && token.Text.Length <= 2 && _prose.At(at - 1, _block).IsWord && _prose.MentionAt[at - 1] is not { IsQuantity: true };
    }

    /// <summary>Sign and currency before the number.</summary>
    private (int First, int Sign, string? Code) Before(int at)
    {
        var (first, sign, code) = (at, 0, (string?)null);
        for (var step = 0; step < 3; step++)
        {
            var before = At(first - 1);
            var glued = _prose.Tokens[first].Glued;
            if (before.Kind == TokenKind.Symbol && before.Text is not null && code is null && Currency(before.Text) is { } symbol)
                (first, code) = (first - 1, symbol);
            else if (before.IsWord && code is null && sign == 0 && before.Text is "usd" or "usdt" or "usdc" or "eur" or "gbp" or "us")
                (first, code) = (first - 1, before.Text == "us" ? "usd" : before.Text);
            else if (sign == 0 && glued && (before.Is('-') || before.Is('+')) && !IsJoined(first - 1))
                (first, sign) = (first - 1, before.Is('-') ? -1 : 1);
            else if (before.Is('±') || before.Is('~') || before.Is('≈'))
                return (first, sign, code);
            else
                break;
        }

        return (first, sign, code);
    }

    /// <summary>A dash that stands right behind a word or number joins; it is no minus.</summary>
    private bool IsJoined(int at) => _prose.Tokens[at].Glued && (At(at - 1).IsWord || At(at - 1).IsNumber || At(at - 1).Is('%') || At(at - 1).Is(')'));

    private static string? Currency(string symbol) => symbol switch
    {
        "$" => "usd",
        "€" => "eur",
        "£" => "gbp",
        "¥" => "jpy",
        _ => null,
    };

    /// <summary>Scale and unit behind the number; false where what follows makes it no figure.</summary>
    private bool Behind(ProseFigure figure)
    {
        Scale(figure);
        var (token, next) = (At(figure.End), At(figure.End + 1));
        if (token.Kind == TokenKind.Symbol)
        {
            if (token.Is('%'))
                return Unit(figure, FigureUnit.Percent, next is { IsWord: true, Text: "pt" or "points" } ? 2 : 1);
            if (token.Is('×'))
                return next.Text is "atr" ? Unit(figure, FigureUnit.Atr, 2) : Unit(figure, FigureUnit.Multiple, 1);
            if (token.Is('σ'))
                return Unit(figure, FigureUnit.Sigma, 1);
            if (token.Is('₿'))
                return Asset(figure, "btc", 1);
            return !token.Is('-') || !next.IsWord || !next.Glued || Hyphened(figure, next);
        }

        if (!token.IsWord)
            return true;
        switch (token.Text)
        {
            case "percent" or "pct" or "pp" or "ppt":
                return Unit(figure, FigureUnit.Percent, 1);
            case "per" when next.Text == "cent":
                return Unit(figure, FigureUnit.Percent, 2);
            case "percentage" when next.Text is "point" or "points":
                return Unit(figure, FigureUnit.Percent, 2);
            case "bps" or "bp":
                return Unit(figure, FigureUnit.BasisPoints, 1);
            case "basis" when next.Text is "point" or "points":
                return Unit(figure, FigureUnit.BasisPoints, 2);
            case "x" or "times":
                return next.Text is "atr" or "atrs" ? Unit(figure, FigureUnit.Atr, 2) : Unit(figure, FigureUnit.Multiple, 1);
            case "atr" or "atrs" when _prose.MentionAt[figure.End] is null:
                return Unit(figure, FigureUnit.Atr, 1);
            case "sigma" or "sigmas":
                return Unit(figure, FigureUnit.Sigma, 1);
            case "standard" when next.Text is "deviations" or "deviation":
                return Unit(figure, FigureUnit.Sigma, 2);
            case "dollar" or "dollars" or "usd" or "usdt" or "usdc" or "bucks":
                figure.Code ??= token.Text is "usdt" or "usdc" ? token.Text : "usd";
                return Unit(figure, FigureUnit.Currency, 1);
            case "euro" or "euros" or "eur":
                figure.Code ??= "eur";
                return Unit(figure, FigureUnit.Currency, 1);
        }

        if (figure.Unit == FigureUnit.Number && Vocabulary.AssetName(token.Text) is { } asset)
            return Asset(figure, asset, 1);
        if (DatesAndTimes.Seconds(token.Text, token.Glued) is { } seconds)
        {
            (figure.Magnitude, figure.Step) = (figure.Magnitude * seconds, figure.Step * seconds);
            return Unit(figure, FigureUnit.Duration, 1);
        }

        // Glued to a word that is no unit, it is part of a name or an ordinal: 3rd, 4o.
        return !token.Glued;
    }

    private void Scale(ProseFigure figure)
    {
        var token = At(figure.End);
        if (!token.IsWord)
            return;
        var letter = _prose.Text[token.Start];
        var scale = token.Text switch
        {
            "k" when token.Glued => 1e3,
            "m" when token.Glued && (letter == 'M' || figure.Code is not null) => 1e6,
            "mn" or "mm" when token.Glued => 1e6,
            "b" or "bn" when token.Glued => 1e9,
            "t" or "tn" when token.Glued => 1e12,
            "thousand" => 1e3,
            "million" => 1e6,
            "billion" => 1e9,
            "trillion" => 1e12,
            _ => 0,
        };
        if (scale == 0)
            return;
        (figure.Magnitude, figure.Step, figure.IsWhole) = (figure.Magnitude * scale, figure.Step * scale, false);
        figure.End++;
    }

    /// <summary>"a 3-touch level", "a 45-day drawdown", "a two-step plan".</summary>
    private bool Hyphened(ProseFigure figure, Token word)
    {
        if (DatesAndTimes.Seconds(word.Text, false) is { } seconds)
        {
            (figure.Magnitude, figure.Step) = (figure.Magnitude * seconds, figure.Step * seconds);
            return Unit(figure, FigureUnit.Duration, 2);
        }

        return word.Text switch
        {
            "percent" => Unit(figure, FigureUnit.Percent, 2),
            "fold" => Unit(figure, FigureUnit.Multiple, 2),
            "sigma" => Unit(figure, FigureUnit.Sigma, 2),
            "btc" => Asset(figure, "btc", 2),
            "dollar" => Unit(figure, FigureUnit.Currency, 2),
            _ => _prose.MentionAt[figure.End + 1] is { IsQuantity: true },
        };
    }

    private static bool Unit(ProseFigure figure, FigureUnit unit, int length)
    {
        // "$5%" is nothing; a currency before the number stays.
        if (figure.Unit != FigureUnit.Currency || unit == FigureUnit.Currency)
            figure.Unit = unit;
        figure.End += length;
        return true;
    }

    private static bool Asset(ProseFigure figure, string asset, int length)
    {
        figure.Code = asset;
        return Unit(figure, FigureUnit.Quantity, length);
    }

    private void Nearness(ProseFigure figure)
    {
        for (var back = 1; back <= 3; back++)
        {
            var token = At(figure.First - back);
            if (token.Is('~') || token.Is('≈'))
                figure.IsAbout = true;
            if (!token.IsWord)
                return;
            figure.IsAbout |= WordLists.About.Contains(token.Text);
            if (back == 1 && WordLists.Over.Contains(token.Text))
                figure.Bound = 1;
            else if (back == 1 && WordLists.Under.Contains(token.Text))
                figure.Bound = -1;
            else if (back == 1 && token.Text == "than")
                figure.Bound = At(figure.First - 2).Text switch { "more" or "greater" => 1, "less" or "fewer" => -1, _ => 0 };
            if (!WordLists.Links.Contains(token.Text))
                return;
        }
    }

    /// <summary>Of "62.9–63.4k" and "1.5 to 2.1 %" the first takes scale and unit from the second.</summary>
    private void Range(ProseFigure low, ProseFigure high)
    {
        var (from, to) = (low.End, high.First);
        if (to - from != 1 || (low.Unit != FigureUnit.Number && low.Unit != high.Unit) || high.Sign != 0)
            return;
        var between = _prose.Tokens[from];
        low.IsRange = high.IsRange = between.Is('–') || between.Is('-') || between.Text is "to";
        if (!(between.Is('–') || between.Is('-') || between.Text is "to"))
        {
            if (!(between.Is('/') || between.Text is "and") || low.Unit != FigureUnit.Number || high.Unit == FigureUnit.Number)
                return;
        }

        var scale = high.Unit == FigureUnit.Duration || low.Magnitude * 1000 <= high.Magnitude ? ScaleOf(high) : 1;
        if (low.Unit == FigureUnit.Number)
            (low.Unit, low.Code) = (high.Unit, high.Code);
        if (low.IsWhole || scale > 1)
            (low.Magnitude, low.Step) = (low.Magnitude * scale, low.Step * scale);
    }

    private double ScaleOf(ProseFigure figure) =>
        NumberText.TryRead(_prose.Tokens[figure.At].Text, out var number) && number.Value > 0 ? figure.Magnitude / number.Value : 1;
}
