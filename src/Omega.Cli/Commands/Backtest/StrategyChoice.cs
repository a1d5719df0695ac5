using Omega.Cli.Commands.Strategies;
using Omega.Trading;
using Omega.Trading.Strategies;

namespace Omega.Cli.Commands.Backtest;

/// <summary>A strategy as named on the command line, with its parameters.</summary>
/// <param name="Strategy">Ready to run.</param>
/// <param name="Parameters">Its parameters as people write them.</param>
internal sealed record StrategyChoice(IStrategy Strategy, string Parameters)
{
    /// <summary>Reads <c>NAME</c>, <c>FILE.json</c>, or either with values of its own: <c>ema-cross:fast=10,slow=30</c>.</summary>
    /// <param name="host">Where files are looked up.</param>
    /// <param name="text">As given.</param>
    /// <returns>The strategy and the values.</returns>
    /// <exception cref="CliException">There is no such built-in strategy.</exception>
    /// <exception cref="TradingException">The file is not a strategy.</exception>
    public static (StrategySpec Spec, List<string> Values) Read(CliHost host, string text)
    {
        // A colon may also stand in a path; values always have an equals sign.
        var colon = text.LastIndexOf(':');
        var hasValues = colon > 0 && text.IndexOf('=', colon) > 0;
        var name = hasValues ? text[..colon] : text;
        try
        {
            return (StrategiesCommand.Find(host, name), hasValues ? [.. text[(colon + 1)..].Split(',')] : []);
        }
        catch (TradingException exception) when (exception is not StrategySpecException && !name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            throw CliException.Usage(exception.Message);
        }
    }

    /// <summary>Makes a strategy runnable with values that differ from its defaults.</summary>
    /// <param name="spec">The strategy.</param>
    /// <param name="values">Each <c>name=value</c>; a later one wins.</param>
    /// <exception cref="CliException">A value is not of that form, is of no parameter, or is not allowed; the message says what is.</exception>
    public static StrategyChoice Of(StrategySpec spec, IEnumerable<string> values)
    {
        var given = new Dictionary<string, double>();
        try
        {
            foreach (var (name, value) in values.Select(Split))
                given[name] = spec.Parameter(name).Parse(value);
            var strategy = spec.Compile(given);
            return new(strategy, string.Join(", ", spec.Parameters.Select(parameter => $"{parameter.Name} {parameter.Show(strategy.Parameters[parameter.Name])}")));
        }
        catch (TradingException exception)
        {
            throw CliException.Usage(exception.Message);
        }
    }

    /// <summary>A value's name and text.</summary>
    /// <exception cref="CliException">It is not of the form <c>name=value</c>.</exception>
    public static (string Name, string Value) Split(string text)
    {
        var equals = text.IndexOf('=');
        return equals > 0 && equals < text.Length - 1
            ? (text[..equals].Trim(), text[(equals + 1)..].Trim())
            : throw CliException.Usage($"The parameter \"{text}\" is not of the form name=value, as in fast=12.");
    }
}
