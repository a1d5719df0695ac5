using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Omega.Gpt;

namespace Omega.Cli.Commands;

/// <summary>Options whose values are checked where they are given: a wrong one is told with its value and the range, and exits 2.</summary>
internal static class OptionParsing
{
    public static Option<string?> Text(string name, string description, string helpName, params string[] aliases) =>
        new(name, aliases) { Description = description, HelpName = helpName };

    public static Option<double?> Number(string name, string description, string helpName, NumberRange range) =>
        new(name)
        {
            Description = $"{description} ({range})",
            HelpName = helpName,
            CustomParser = result => range.Parse(Token(result), $"{name} is", result.AddError),
        };

    public static Option<bool> Switch(string name, string description, params string[] aliases) =>
        new(name, aliases) { Description = description };

    public static Option<ReasoningEffort?> Effort(string name, string description) =>
        new(name)
        {
            Description = $"{description} ({Efforts.Allowed})",
            HelpName = "EFFORT",
            CustomParser = result => Efforts.Parse(Token(result), $"{name} is", result.AddError),
        };

    private static string Token(ArgumentResult result) => result.Tokens.Count > 0 ? result.Tokens[^1].Value : "";
}

/// <summary>Numbers that an option takes.</summary>
/// <param name="Min">The least.</param>
/// <param name="Max">The greatest.</param>
/// <param name="Whole">Whether only whole numbers are taken.</param>
/// <param name="AboveMin">Whether the least itself is excluded.</param>
internal sealed record NumberRange(double Min, double Max, bool Whole = false, bool AboveMin = false)
{
    public static readonly NumberRange Temperature = new(0, 2);
    public static readonly NumberRange Tokens = new(1, int.MaxValue, Whole: true);
    public static readonly NumberRange TopP = new(0, 1, AboveMin: true);
    public static readonly NumberRange Seed = new(-9007199254740991, 9007199254740991, Whole: true);
    public static readonly NumberRange TimeoutSeconds = new(0, 86400, AboveMin: true);
    public static readonly NumberRange Attempts = new(1, 20, Whole: true);
    public static readonly NumberRange Usd = new(0, 1_000_000, AboveMin: true);
    public static readonly NumberRange Megabytes = new(1, 1_000_000, Whole: true);
    public static readonly NumberRange Speed = new(0, 1_000_000, AboveMin: true);
    public static readonly NumberRange Typewriter = new(0, 100000, AboveMin: true);

    /// <summary>The number, or null after telling what is wrong.</summary>
    /// <param name="text">As given.</param>
    /// <param name="what">The beginning of the sentence: <c>--temperature is</c>.</param>
    /// <param name="tell">Takes the sentence.</param>
    public double? Parse(string text, string what, Action<string> tell)
    {
        var style = Whole ? NumberStyles.AllowLeadingSign : NumberStyles.Float;
        if (double.TryParse(text, style, CultureInfo.InvariantCulture, out var number) && number <= Max && (AboveMin ? number > Min : number >= Min))
            return number;
        tell($"{what} {(double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? text : $"\"{text}\"")}; allowed: {this}.");
        return null;
    }

    public override string ToString()
    {
        var kind = Whole ? "a whole number" : "a number";
        if (Min < -1e15)
            return kind;
        if (Max is int.MaxValue)
            return string.Create(CultureInfo.InvariantCulture, $"{kind} from {Min}");
        return AboveMin
            ? string.Create(CultureInfo.InvariantCulture, $"{kind} above {Min}, up to {Max}")
            : string.Create(CultureInfo.InvariantCulture, $"{kind} from {Min} to {Max}");
    }
}

/// <summary>Reasoning efforts by the names that people use.</summary>
internal static class Efforts
{
    public const string Allowed = "none, minimal, low, medium or high";

    public static ReasoningEffort? Parse(string text, string what, Action<string> tell)
    {
        switch (text.ToLowerInvariant())
        {
            case "none":
                return ReasoningEffort.None;
            case "minimal":
                return ReasoningEffort.Minimal;
            case "low":
                return ReasoningEffort.Low;
            case "medium":
                return ReasoningEffort.Medium;
            case "high":
                return ReasoningEffort.High;
        }

        tell($"{what} \"{text}\"; allowed: {Allowed}.");
        return null;
    }
}
