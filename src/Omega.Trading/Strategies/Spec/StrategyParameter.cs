using System.Globalization;

namespace Omega.Trading.Strategies;

/// <summary>A parameter of a strategy, with the range that a search may try.</summary>
/// <param name="Name">Its name in expressions and on the command line.</param>
/// <param name="Default">The value where none is given; of choices, the number of one, from 0.</param>
/// <param name="Minimum">Smallest value allowed.</param>
/// <param name="Maximum">Largest value allowed.</param>
public sealed record StrategyParameter(string Name, double Default, double Minimum, double Maximum)
{
    /// <summary>What it does, or null.</summary>
    public string? Description { get; init; }

    /// <summary>Distance of the values that a search tries; null leaves it to the search.</summary>
    public double? Step { get; init; }

    /// <summary>Whether only whole numbers are allowed.</summary>
    public bool IsInteger { get; init; }

    /// <summary>The names of its values 0, 1, 2, …; empty where it is a number.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What is allowed, in words.</summary>
    public string Range => Choices.Count > 0
        ? string.Join(" or ", Choices)
        : string.Create(CultureInfo.InvariantCulture, $"{(IsInteger ? "a whole number" : "a number")} from {Minimum} to {Maximum}");

    /// <summary>A value as people write it: the name of a choice, or the number.</summary>
    /// <param name="value">An allowed value.</param>
    public string Show(double value) => Choices.Count > 0 ? Choices[(int)value] : value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Reads a value as people write it.</summary>
    /// <param name="text">A number, or the name of a choice.</param>
    /// <exception cref="TradingException">It is not allowed; the message says what is.</exception>
    public double Parse(string text)
    {
        for (var i = 0; i < Choices.Count; i++)
        {
            if (Choices[i] == text)
                return i;
        }

        if (Choices.Count == 0 && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            return Check(value);
        throw new TradingException($"Parameter {Name} is \"{text}\"; allowed: {Range}.{NearNames.Question(text, Choices)}");
    }

    /// <summary>The value itself, where it is allowed.</summary>
    /// <param name="value">The value; NaN never is.</param>
    /// <exception cref="TradingException">It is not allowed; the message says what is.</exception>
    public double Check(double value) =>
        value >= Minimum && value <= Maximum && (!IsInteger || value == Math.Floor(value))
            ? value
            : throw new TradingException(string.Create(CultureInfo.InvariantCulture, $"Parameter {Name} is {value}; allowed: {Range}."));
}
