using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using Omega.Trading.Expressions;
using Omega.Trading.Indicators;

namespace Omega.Desk.Functions;

/// <summary>Reads indicators as people and models write them: <c>rsi</c>, <c>RSI(14)</c>, <c>ema:50</c>, <c>ema_50</c>, <c>macd(12, 26, 9)</c>, or an expression. Pure.</summary>
internal static partial class IndicatorSpelling
{
    private static readonly string[] Names = [.. IndicatorCatalog.All.Select(indicator => indicator.Name)];

    /// <summary>Spellings that stand for themselves in a sentence.</summary>
    public static IEnumerable<string> Examples => Names.Except(["momentum", "highest", "lowest"], StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Spoken = new Dictionary<string, string>
    {
        ["bb"] = "bollinger",
        ["bbands"] = "bollinger",
        ["bollingerbands"] = "bollinger",
        ["stoch"] = "stochastic",
        ["stochastics"] = "stochastic",
        ["williams"] = "williams_r",
        ["willr"] = "williams_r",
        ["sar"] = "psar",
        ["parabolicsar"] = "psar",
        ["historicalvolatility"] = "hv",
        ["volatility"] = "hv",
        ["averagetruerange"] = "atr",
        ["pivotpoints"] = "pivots",
        ["fibonacci"] = "fib_retracement",
        ["fibonacciretracement"] = "fib_retracement",
        ["fibonacciextension"] = "fib_extension",
        ["standarddeviation"] = "stddev",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Reads one.</summary>
    /// <param name="text">As given.</param>
    /// <param name="place">Its place in the list, from 0.</param>
    /// <exception cref="Refusal">It is neither an indicator nor an expression.</exception>
    public static AskedValue Read(string text, int place)
    {
        if (Call().Match(text) is not { Success: true } match)
            return ReadExpression(text, place);
        var name = match.Groups["name"].Value.ToLowerInvariant();
        if (Find(name) is { } descriptor)
        {
            double[] values = [.. Number().Matches(match.Groups["values"].Value).Select(number => double.Parse(number.ValueSpan, CultureInfo.InvariantCulture))];
            return new AskedIndicator(descriptor.With(values));
        }

        try
        {
            // Prices of the language, such as close, are no indicators.
            return ReadExpression(text, place);
        }
        catch (ExpressionException)
        {
            var near = Spelling.Near(name, Names);
            throw new Refusal("unknown_indicator", $"Unknown indicator \"{name}\".{Spelling.Question(near)}", $"indicators/{place}", text, near, Names);
        }
    }

    private static IndicatorDescriptor? Find(string name)
    {
        var plain = Spelling.Plain(name);
        var known = Spoken.GetValueOrDefault(plain) ?? Names.FirstOrDefault(each => Spelling.Plain(each) == plain);
        return known is null ? null : IndicatorCatalog.Find(known);
    }

    private static AskedExpression ReadExpression(string text, int place) => new($"expression_{place + 1}", Expression.Parse(text));

    [GeneratedRegex(@"^(?<name>[A-Za-z](?:[A-Za-z_ ]*[A-Za-z])?)(?:\s*[(:_ ]\s*(?<values>-?[0-9.]+(?:\s*[,_ ]\s*-?[0-9.]+)*)\s*\)?|\(\s*\))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Call();

    [GeneratedRegex(@"-?[0-9]+(?:\.[0-9]+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
