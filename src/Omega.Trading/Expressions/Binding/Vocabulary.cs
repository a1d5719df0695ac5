using System.Collections.Frozen;
using Omega.Trading.Indicators;

namespace Omega.Trading.Expressions;

/// <summary>The names of the language.</summary>
internal static class Vocabulary
{
    public const string Position = "position";

    public static readonly FrozenDictionary<string, PriceField> Prices = new Dictionary<string, PriceField>
    {
        ["open"] = PriceField.Open,
        ["high"] = PriceField.High,
        ["low"] = PriceField.Low,
        ["close"] = PriceField.Close,
        ["volume"] = PriceField.Volume,
    }.ToFrozenDictionary();

    /// <summary>Means of a bar's prices.</summary>
    public static readonly FrozenDictionary<string, PriceField[]> Means = new Dictionary<string, PriceField[]>
    {
        ["hl2"] = [PriceField.High, PriceField.Low],
        ["hlc3"] = [PriceField.High, PriceField.Low, PriceField.Close],
        ["ohlc4"] = [PriceField.Open, PriceField.High, PriceField.Low, PriceField.Close],
    }.ToFrozenDictionary();

    public static readonly FrozenDictionary<string, MathFunction> Maths = new Dictionary<string, MathFunction>
    {
        ["abs"] = MathFunction.Absolute,
        ["sqrt"] = MathFunction.SquareRoot,
        ["log"] = MathFunction.Logarithm,
        ["exp"] = MathFunction.Exponential,
        ["min"] = MathFunction.Minimum,
        ["max"] = MathFunction.Maximum,
    }.ToFrozenDictionary();

    /// <summary>Whether the value says that <c>a</c> rose above <c>b</c>, or fell below it.</summary>
    public static readonly FrozenDictionary<string, bool> Crossings = new Dictionary<string, bool> { ["crossover"] = true, ["crossunder"] = false }.ToFrozenDictionary();

    public static readonly FrozenDictionary<string, PositionField> PositionFields = new Dictionary<string, PositionField>
    {
        ["bars"] = PositionField.Bars,
        ["return"] = PositionField.Return,
        ["entry"] = PositionField.Entry,
    }.ToFrozenDictionary();

    private static readonly string[] Words = ["and", "or", "not", "true", "false"];

    public static IEnumerable<string> PriceNames => Prices.Keys.Concat(Means.Keys);

    public static IEnumerable<string> FunctionNames => Crossings.Keys.Concat(Maths.Keys).Concat(IndicatorCatalog.All.Select(indicator => indicator.Name));

    public static bool IsFunction(string name) => Crossings.ContainsKey(name) || Maths.ContainsKey(name) || IndicatorCatalog.TryFind(name, out _);

    /// <summary>Whether a name has a meaning in every expression, so that a parameter cannot have it.</summary>
    public static bool IsTaken(string name) =>
        Prices.ContainsKey(name) || Means.ContainsKey(name) || IsFunction(name) || FrameNames.TryFind(name, out _) || name == Position || Words.Contains(name);

    /// <summary>Whether a text can be a name: a letter or <c>_</c>, then letters, digits and <c>_</c>.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= 40 && !char.IsAsciiDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
