using System.CommandLine;
using Omega.Gpt.Models;

namespace Omega.Cli.Commands.Models;

/// <summary>Which models to list, and how.</summary>
internal sealed class ModelListArguments
{
    private readonly Argument<string?> _text = new("text") { Description = "Only models whose name holds this", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _provider = OptionParsing.Text("--provider", "Only this provider's models", "NAME");
    private readonly Option<ModelLifecycle?> _state = new("--state")
    {
        Description = "Only models in this state (active, preview, deprecated or retired)",
        HelpName = "STATE",
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (Enum.TryParse<ModelLifecycle>(text, ignoreCase: true, out var state) && Enum.IsDefined(state) && !char.IsAsciiDigit(text[0]))
                return state;
            result.AddError($"--state is \"{text}\"; allowed: active, preview, deprecated or retired.");
            return null;
        },
    };

    private readonly Option<double?> _context = OptionParsing.Number("--min-context", "Only models whose context is at least this", "TOKENS", NumberRange.Tokens);
    private readonly Option<double?> _price = OptionParsing.Number("--max-price", "Only models whose input and output cost at most this for a million tokens, at their lowest tier", "USD", new NumberRange(0, 10000));
    private readonly Option<bool> _json = OptionParsing.Switch("--json", "As a JSON array");

    public void AddTo(Command command)
    {
        command.Arguments.Add(_text);
        foreach (var option in (Option[])[_provider, _state, _context, _price, _json])
            command.Options.Add(option);
    }

    /// <exception cref="CliException">An option is unknown.</exception>
    public ModelFilter Read(ParseResult parsed)
    {
        if (UnknownOptions.Find(parsed, _text) is { } unknown)
            throw CliException.Usage(unknown);
        return new ModelFilter
        {
            Text = parsed.GetValue(_text),
            Provider = parsed.GetValue(_provider),
            State = parsed.GetValue(_state),
            MinContext = (int?)parsed.GetValue(_context),
            MaxPrice = (decimal?)parsed.GetValue(_price),
            Json = parsed.GetValue(_json),
        };
    }
}

/// <summary>Which models to list; null is any.</summary>
internal sealed record ModelFilter
{
    public string? Text { get; init; }

    public string? Provider { get; init; }

    public ModelLifecycle? State { get; init; }

    public int? MinContext { get; init; }

    /// <summary>US dollars for a million tokens, input and output each.</summary>
    public decimal? MaxPrice { get; init; }

    public bool Json { get; init; }

    /// <summary>Whether a model is meant. What is unknown of a model never fits a bound.</summary>
    public bool Fits(ModelInfo model, DateOnly day) =>
        (Text is null || model.ToString().Contains(Text, StringComparison.OrdinalIgnoreCase) || model.Aliases.Any(alias => alias.Contains(Text, StringComparison.OrdinalIgnoreCase)))
        && (Provider is null || model.Provider.Equals(Provider, StringComparison.OrdinalIgnoreCase))
        && (State is null || StateOf(model, day) == State)
        && (MinContext is null || model.Context >= MinContext)
        && (MaxPrice is null || (model.Prices is [var tier, ..] && tier.Input <= MaxPrice && tier.Output <= MaxPrice));

    /// <summary>A model whose last day has come is retired, whatever the catalogue said when it was written.</summary>
    public static ModelLifecycle StateOf(ModelInfo model, DateOnly day) => model.IsRetired(day) ? ModelLifecycle.Retired : model.Lifecycle;
}
