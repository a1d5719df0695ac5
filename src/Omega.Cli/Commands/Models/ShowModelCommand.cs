using System.CommandLine;
using System.Globalization;
using Omega.Cli.Commands.Functions;
using Omega.Cli.Screen;
using Omega.Gpt;
using Omega.Gpt.Models;
using Omega.Gpt.Providers;

namespace Omega.Cli.Commands.Models;

/// <summary><c>omega models show</c>: everything that is known of one.</summary>
internal sealed class ShowModelCommand : Command, IExamples
{
    private readonly CliHost _host;

    public ShowModelCommand(CliHost host)
        : base("show", "Show everything that is known of a model.")
    {
        _host = host;
        var name = new Argument<string>("name") { Description = "The model, such as openai/gpt-5.5 or gpt-5.5" };
        var json = OptionParsing.Switch("--json", "As a JSON object");
        Arguments.Add(name);
        Options.Add(json);
        SetAction(parsed => Run(parsed.GetValue(name)!, parsed.GetValue(json)));
    }

    public IReadOnlyList<string> Examples => ["omega models show claude-sonnet-5-5", "omega models show openai/gpt-5.5 --json | jq .prices"];

    private int Run(string name, bool asJson)
    {
        var model = Find(name);
        var day = ModelsCommand.Today(_host);
        if (asJson)
        {
            _host.Terminal.Output(FunctionText.Indented(json => ModelJson.Write(json, model, day)));
            return ExitCode.Answered;
        }

        _host.Terminal.OutputLine(Tones.Paint(model.ToString(), Tone.Strong, _host.Terminal.OutputColour));
        foreach (var (label, value) in Lines(model, day))
            _host.Terminal.OutputLine($"{label,-14}{PlainText.Clean(value)}");
        return ExitCode.Answered;
    }

    /// <exception cref="CliException">It is not known; the message offers near names.</exception>
    private ModelInfo Find(string name)
    {
        ModelIdentity? identity = null;
        try
        {
            identity = ModelsCommand.Providers(_host).Identify(name);
        }
        catch (GptException)
        {
            // An unknown provider, or none: the catalogue may still know the name.
        }

        if ((identity?.Info ?? _host.Catalog.Find(name.Trim())) is { } model)
            return model;
        var question = _host.Catalog.Near(name.Trim()) switch
        {
            [] => "",
            [var only] => $" Did you mean {only}?",
            var near => $" Did you mean {string.Join(", ", near.SkipLast(1))} or {near[^1]}?",
        };
        throw CliException.Usage($"Nothing is known of \"{name}\".{question}{(identity is null ? "" : $" It would be asked of {identity.Provider} as it is.")} omega models lists what is known.");
    }

    private IEnumerable<(string Label, string Value)> Lines(ModelInfo model, DateOnly day)
    {
        var takes = model.Capabilities;
        if (model.Aliases.Count > 0)
            yield return ("also", string.Join(", ", model.Aliases));
        yield return ("state", ModelText.State(model, day) + (_host.Catalog.SuccessorOf(model, day) is { } next && next.Name != model.Successor && model.Successor is not null ? $" → {next.Name}" : ""));
        yield return ("context", $"{Count(model.Context)} tokens, of which {Count(model.MaxOutput)} output at most");
        yield return ("tokenizer", model.Tokenizer ?? "not public; counts are estimates");
        foreach (var line in Prices(model))
            yield return line;
        yield return ("takes", List(("functions", takes.Functions), ("images", takes.Images), ("files", takes.Files), ("JSON Schema", takes.JsonSchema)));
        yield return ("parameters", List(("temperature", takes.Temperature), ("top_p", takes.TopP), ("stop", takes.Stop), ("seed", takes.Seed), ("reasoning effort", takes.Reasoning)));
        if (takes.SamplingWithoutReasoning)
            yield return ("", "temperature and top_p only with reasoning effort none");
        if (!takes.TemperatureWithTopP)
            yield return ("", "temperature and top_p not together");
        yield return ("reasoning", takes.Reasoning
            ? $"{(takes.ReasonsByDefault ? "unless told not to" : "when asked to")}; efforts {(takes.Efforts is { } efforts ? string.Join(", ", efforts.Select(ModelText.Lower)) : "unknown, any is passed on")}"
            : "no");
        if (!takes.FunctionsOverChat)
            yield return ("wire", "Responses, as it calls no functions over Chat Completions");
        yield return ("continues", takes.PrefixContinuation ? "an answer whose beginning it is given" : "no answer that was begun: one that breaks off is asked for again");
        yield return ("source", model.Source ?? "unknown");
    }

    private static IEnumerable<(string Label, string Value)> Prices(ModelInfo model)
    {
        if (model.Prices is [])
            yield return ("price", "unknown");
        foreach (var tier in model.Prices)
        {
            var parts = new List<string> { $"{ModelText.Money(tier.Input)} in", $"{ModelText.Money(tier.Output)} out" };
            if (tier.CacheRead is { } read)
                parts.Add($"{ModelText.Money(read)} cached");
            if (tier.CacheWrite is { } write)
                parts.Add($"{ModelText.Money(write)} written to the cache");
            if (tier.CacheWriteHour is { } hour)
                parts.Add($"{ModelText.Money(hour)} written for an hour");
            yield return (tier.AboveInput == 0 ? "price" : "", $"$ for a million tokens: {string.Join(", ", parts)}{(tier.AboveInput == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" (input above {tier.AboveInput:N0})"))}");
        }

        if (model.PricesVary)
            yield return ("", "~ depends on hour or promotion as well; the dearest known is shown");
    }

    private static string Count(int? tokens) => tokens?.ToString("N0", CultureInfo.InvariantCulture) ?? "?";

    private static string List(params IEnumerable<(string Name, bool Taken)> parts)
    {
        var groups = parts.ToLookup(part => part.Taken, part => part.Name);
        return string.Join("; ", new[] { string.Join(", ", groups[true]), groups[false].Any() ? $"not {string.Join(", ", groups[false])}" : "" }.Where(text => text.Length > 0));
    }
}
