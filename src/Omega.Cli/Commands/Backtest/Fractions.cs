using System.CommandLine;
using System.Globalization;

namespace Omega.Cli.Commands.Backtest;

/// <summary>Amounts and fractions of money on the command line.</summary>
internal static class Fractions
{
    /// <summary>A cost: <c>0.001</c>, <c>10bps</c> and <c>0.1%</c> are the same.</summary>
    /// <param name="name">The option.</param>
    /// <param name="description">What it is.</param>
    /// <param name="most">The largest fraction allowed.</param>
    public static Option<decimal?> Cost(string name, string description, decimal most) => new(name)
    {
        Description = description,
        HelpName = "COST",
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (Read(text) is { } fraction && fraction >= 0 && fraction <= most)
                return fraction;
            var digits = text.TrimEnd('%', ' ');
            var hint = decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > most && digits == text ? $" Did you mean {text}bps?" : "";
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is \"{text}\"; allowed: a fraction from 0 to {most}, as 0.001, 10bps or 0.1%.{hint}"));
            return null;
        },
    };

    /// <summary>An amount above 0.</summary>
    public static Option<decimal?> Amount(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "AMOUNT",
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) && amount is > 0 and <= 1_000_000_000_000m)
                return amount;
            result.AddError($"{name} is \"{text}\"; allowed: a number above 0, up to 1000000000000, without separators.");
            return null;
        },
    };

    private static decimal? Read(string text)
    {
        var (digits, unit) = text switch
        {
            _ when text.EndsWith("bps", StringComparison.OrdinalIgnoreCase) => (text[..^3], 0.0001m),
            _ when text.EndsWith('%') => (text[..^1], 0.01m),
            _ => (text, 1m),
        };
        // Bounded before the product: a decimal overflows.
        return decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1_000_000 ? number * unit : null;
    }
}
