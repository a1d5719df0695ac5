using System.CommandLine;
using Omega.Cli.Commands.Functions;
using Omega.Cli.Screen;

namespace Omega.Cli.Commands.Models;

/// <summary><c>omega models list</c></summary>
internal sealed class ListModelsCommand : Command, IExamples
{
    public ListModelsCommand(CliHost host)
        : base("list", "List known models: context, price, state.")
    {
        var arguments = new ModelListArguments();
        arguments.AddTo(this);
        SetAction(parsed => Run(host, arguments.Read(parsed)));
    }

    public IReadOnlyList<string> Examples => ["omega models list --provider openai --state deprecated", "omega models list --max-price 1 --min-context 200000", "omega models list claude --json"];

    public static int Run(CliHost host, ModelFilter filter)
    {
        var day = ModelsCommand.Today(host);
        var catalog = host.Catalog;
        if (filter.Provider is { } provider && !catalog.All.Any(model => model.Provider.Equals(provider, StringComparison.OrdinalIgnoreCase)))
            throw CliException.Usage($"No models of \"{provider}\" are known. Known providers: {string.Join(", ", catalog.All.Select(model => model.Provider).Distinct())}.");
        var models = catalog.All.Where(model => filter.Fits(model, day)).ToList();
        if (filter.Json)
        {
            host.Terminal.Output(FunctionText.Indented(json =>
            {
                json.WriteStartArray();
                foreach (var model in models)
                    ModelJson.Write(json, model, day);
                json.WriteEndArray();
            }));
            return ExitCode.Answered;
        }

        if (models.Count == 0)
            throw CliException.Failed(filter.Text is { } text ? $"No known model has \"{text}\" in its name{(filter with { Text = null, Json = false } == new ModelFilter() ? "" : " and fits the rest")}. See all with: omega models" : "No known model fits. See all with: omega models");
        var table = new TextTable(new TextColumn("model"), new("context", Right: true), new("output", Right: true), new("$ in/M", Right: true), new("$ out/M", Right: true), new("state", Flexible: true));
        foreach (var model in models)
            table.Add(model.ToString(), ModelText.Tokens(model.Context), ModelText.Tokens(model.MaxOutput), ModelText.Price(model, tier => tier.Input), ModelText.Price(model, tier => tier.Output), ModelText.State(model, day));
        foreach (var line in table.Lines(host.Terminal))
            host.Terminal.OutputLine(line);
        host.Terminal.Line($"Prices in US dollars for a million tokens{ModelText.AsOf(catalog)}; + more for long inputs, ~ varies, ? unknown.", Tone.Dim);
        return ExitCode.Answered;
    }
}
