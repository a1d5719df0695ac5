using System.Buffers;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Omega.Cli.Screen;
using Omega.Gpt.Models;

namespace Omega.Cli.Commands;

/// <summary><c>omega models</c>: what the catalogue knows.</summary>
internal sealed class ModelsCommand : Command, IExamples
{
    private readonly CliHost _host;
    private readonly Argument<string?> _filter = new("text") { Description = "Only models whose name holds this", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _json = OptionParsing.Switch("--json", "As a JSON array");

    public ModelsCommand(CliHost host)
        : base("models", "List known models: context, price, state. Other models of a known provider work too.")
    {
        _host = host;
        Arguments.Add(_filter);
        Options.Add(_json);
        SetAction(Run);
    }

    public IReadOnlyList<string> Examples => ["omega models", "omega models claude", "omega models --json | jq -r '.[].model'"];

    private DateOnly Today => DateOnly.FromDateTime(_host.Time.GetUtcNow().UtcDateTime);

    private int Run(ParseResult parsed)
    {
        var text = parsed.GetValue(_filter);
        if (UnknownOptions.Find(parsed, _filter) is { } unknown)
            throw CliException.Usage(unknown);
        var catalog = ModelCatalog.Default;
        var models = catalog.All
            .Where(model => text is null || model.ToString().Contains(text, StringComparison.OrdinalIgnoreCase) || model.Aliases.Any(alias => alias.Contains(text, StringComparison.OrdinalIgnoreCase)))
            .ToList();
        if (parsed.GetValue(_json))
        {
            WriteJson(models);
            return ExitCode.Answered;
        }

        if (models.Count == 0)
            throw CliException.Failed($"No known model has \"{text}\" in its name. See all with: omega models");
        var table = new TextTable(new TextColumn("model"), new("context", Right: true), new("output", Right: true), new("$ in/M", Right: true), new("$ out/M", Right: true), new("state", Flexible: true));
        foreach (var model in models)
            table.Add(model.ToString(), Tokens(model.Context), Tokens(model.MaxOutput), Price(model, tier => tier.Input), Price(model, tier => tier.Output), State(model));
        foreach (var line in table.Lines(_host.Terminal))
            _host.Terminal.OutputLine(line);
        _host.Terminal.Line($"Prices in US dollars for a million tokens{(catalog.Updated is { } day ? $", as of {day:yyyy-MM-dd}" : "")}; + more for long inputs, ~ varies, ? unknown.", Tone.Dim);
        return ExitCode.Answered;
    }

    private string State(ModelInfo model)
    {
        var state = model switch
        {
            _ when model.IsRetired(Today) => "retired",
            { RetiresOn: { } day } => $"retires {day:yyyy-MM-dd}",
            _ => model.Lifecycle.ToString().ToLowerInvariant(),
        };
        return model.Successor is { } successor && state != "active" ? $"{state} → {successor}" : state;
    }

    private static string Tokens(int? count) => count switch
    {
        null => "?",
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{count.Value / 1_000_000.0:0.##}M"),
        >= 1000 => string.Create(CultureInfo.InvariantCulture, $"{count.Value / 1000.0:0.#}k"),
        _ => count.Value.ToString(CultureInfo.InvariantCulture),
    };

    private static string Price(ModelInfo model, Func<PriceTier, decimal> part) => model.Prices switch
    {
        [] => "?",
        [var only] => (model.PricesVary ? "~" : "") + Money(part(only)),
        [var first, ..] => (model.PricesVary ? "~" : "") + Money(part(first)) + "+",
    };

    private static string Money(decimal usd) => usd.ToString("0.00###", CultureInfo.InvariantCulture);

    private void WriteJson(List<ModelInfo> models)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartArray();
            foreach (var model in models)
                Write(json, model);
            json.WriteEndArray();
        }

        buffer.Write("\n"u8);
        _host.Terminal.Output(buffer.WrittenSpan);
    }

    private void Write(Utf8JsonWriter json, ModelInfo model)
    {
        json.WriteStartObject();
        json.WriteString("model", model.ToString());
        Number("context", model.Context);
        Number("max_output", model.MaxOutput);
        json.WriteStartArray("prices");
        foreach (var tier in model.Prices)
        {
            json.WriteStartObject();
            json.WriteNumber("above_input", tier.AboveInput);
            json.WriteString("input", tier.Input.ToString(CultureInfo.InvariantCulture));
            json.WriteString("output", tier.Output.ToString(CultureInfo.InvariantCulture));
            Money("cache_read", tier.CacheRead);
            Money("cache_write", tier.CacheWrite);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("prices_vary", model.PricesVary);
        json.WriteString("state", model.IsRetired(Today) ? "retired" : model.Lifecycle.ToString().ToLowerInvariant());
        json.WriteString("retires_on", model.RetiresOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteString("successor", model.Successor);
        json.WriteBoolean("reasoning", model.Capabilities.Reasoning);
        json.WriteBoolean("functions", model.Capabilities.Functions);
        json.WriteBoolean("images", model.Capabilities.Images);
        json.WriteEndObject();

        void Number(string name, int? value)
        {
            if (value is { } number)
                json.WriteNumber(name, number);
            else
                json.WriteNull(name);
        }

        void Money(string name, decimal? value) => json.WriteString(name, value?.ToString(CultureInfo.InvariantCulture));
    }
}
