namespace Omega.Desk.Prose;

/// <summary>Numbers that tell when: dates, times of day, years; and words for lengths of time.</summary>
internal static class DatesAndTimes
{
    /// <summary>Whether a number is part of a date, a time or a version, or a year.</summary>
    public static bool IsPart(ProseText prose, Block block, int at, NumberText number)
    {
        var (token, before, after) = (prose.Tokens[at], prose.At(at - 1, block), prose.At(at + 1, block));
        if (number.IsWhole && token.Text.Length <= 4)
        {
            // 14:30, 2024-03-01, 1/3/2024, and the parts behind the first.
            if (after.Is(':') && after.Glued && prose.At(at + 2, block) is { IsNumber: true, Glued: true, Text.Length: 2 })
                return true;
            if (token.Glued && before.Is(':') && before.Glued && prose.At(at - 2, block).IsNumber)
                return true;
            if (IsDate(prose, block, at))
                return true;
            if (token.Text.Length <= 2 && (IsMonth(before) || IsMonth(after) || (IsMonth(prose.At(at + 2, block)) && after.Glued) || (before.Is('t') && before.Glued)))
                return true;
            if (token.Text.Length == 4 && number.Value is >= 1990 and <= 2100 && IsYear(prose, block, at))
                return true;
        }

        return after is { IsWord: true, Glued: true, Text: "t" } && prose.At(at + 2, block) is { IsNumber: true, Glued: true };
    }

    /// <summary>The seconds of a unit of time; null for other words. Letters count only right behind the number.</summary>
    public static double? Seconds(string word, bool glued) => word switch
    {
        "second" or "seconds" or "sec" or "secs" => 1,
        "s" when glued => 1,
        "ms" or "milliseconds" or "millisecond" => 0.001,
        "minute" or "minutes" or "min" or "mins" => 60,
        "m" when glued => 60,
        "hour" or "hours" or "hrs" or "hr" => 3600,
        "h" when glued => 3600,
        "day" or "days" => 86_400,
        "d" when glued => 86_400,
        "week" or "weeks" => 7 * 86_400,
        "w" when glued => 7 * 86_400,
        "month" or "months" => 30.44 * 86_400,
        "year" or "years" or "yr" or "yrs" => 365 * 86_400,
        "y" when glued => 365 * 86_400,
        _ => null,
    };

    private static bool IsDate(ProseText prose, Block block, int at)
    {
        // Three numbers joined by one kind of dash or slash; this one is any of them.
        for (var first = at - 4; first <= at; first += 2)
        {
            var (one, two) = (prose.At(first + 1, block), prose.At(first + 3, block));
            if (prose.At(first, block).IsNumber && one.Kind == TokenKind.Symbol && one.Text is "-" or "/" && two.Text == one.Text && one.Glued && two.Glued
                && prose.At(first + 2, block) is { IsNumber: true, Glued: true } && prose.At(first + 4, block) is { IsNumber: true, Glued: true })
                return true;
        }

        return false;
    }

    private static bool IsMonth(Token token) => token.IsWord && WordLists.Months.Contains(token.Text);

    private static bool IsYear(ProseText prose, Block block, int at)
    {
        var (before, after) = (prose.At(at - 1, block), prose.At(at + 1, block));
        if (before.Is('$') || before.Is('€') || after.Is('%'))
            return false;

        // "2017–2024", "2021-2024", "Q1 2024", "(2024)".
        if (IsRangeOfYears(before, prose.At(at - 2, block)) || IsRangeOfYears(after, prose.At(at + 2, block)))
            return true;
        if (before.IsNumber && prose.Taken[at - 1])
            return true;
        if (before.IsWord && WordLists.BeforeYears.Contains(before.Text))
            return !(before.Text is "of" or "to" or "the" or "over" && prose.MentionAt[at + 1 < block.End ? at + 1 : at] is { IsQuantity: true });
        return before.Kind == TokenKind.Symbol && before.Text is "(" or "," or "|" && !(after.IsWord && prose.MentionAt[at + 1] is { IsQuantity: true }) && !(before.Is('|') && !after.Is('|'));
    }

    private static bool IsRangeOfYears(Token dash, Token other) =>
        dash.Kind == TokenKind.Symbol && dash.Text is "-" or "–" or "/" && other.IsNumber && other.Text.Length == 4 && other.Text[0] is '1' or '2';
}
