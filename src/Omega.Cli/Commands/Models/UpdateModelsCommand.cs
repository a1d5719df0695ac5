using System.CommandLine;
using Omega.Cli.Commands.Functions;
using Omega.Cli.Screen;
using Omega.Gpt.Models;

namespace Omega.Cli.Commands.Models;

/// <summary><c>omega models update</c>: checks a catalogue whole, shows what it changes, and uses it from then on.</summary>
internal sealed class UpdateModelsCommand : Command, IExamples
{
    private readonly CliHost _host;

    public UpdateModelsCommand(CliHost host)
        : base("update", "Take models and prices from a file or an https URL, over those that ship with the program.")
    {
        _host = host;
        var from = new Argument<string?>("from") { Description = "A JSON file, or an https URL of one", Arity = ArgumentArity.ZeroOrOne };
        var dryRun = OptionParsing.Switch("--dry-run", "Only show what would change");
        var reset = OptionParsing.Switch("--reset", "Take the last update back");
        var json = OptionParsing.Switch("--json", "The changes as a JSON array");
        Arguments.Add(from);
        foreach (var option in (Option[])[dryRun, reset, json])
            Options.Add(option);
        SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(from), parsed.GetValue(dryRun), parsed.GetValue(reset), parsed.GetValue(json), cancellationToken));
    }

    public IReadOnlyList<string> Examples => ["omega models update prices.json --dry-run", "omega models update https://example.com/models.json", "omega models update --reset"];

    private async Task<int> RunAsync(string? from, bool dryRun, bool reset, bool asJson, CancellationToken cancellationToken)
    {
        var store = _host.CatalogStore;
        if (reset != from is null)
            throw CliException.Usage(reset ? "--reset takes no file." : "Name a file or an https URL, or give --reset. See: omega models update --help");
        if (reset)
        {
            if (!dryRun)
                _host.Terminal.Line(store.Reset() ? "The update is taken back; what ships with the program holds." : "There was no update.", Tone.Dim);
            return ExitCode.Answered;
        }

        var document = await CatalogSource.ReadAsync(from!, _host.Time, cancellationToken).ConfigureAwait(false);
        var update = dryRun ? store.Examine(document.Span, from!) : store.Keep(document, from!);
        if (asJson)
            WriteJson(update.Changes);
        else
            WriteTable(update.Changes);
        _host.Terminal.Line(
            dryRun ? "Nothing was written (--dry-run)." : $"Kept in {store.UpdateFile}{ModelText.AsOf(update.Catalog)}. Take it back with: omega models update --reset",
            Tone.Dim);
        return ExitCode.Answered;
    }

    private void WriteTable(IReadOnlyList<CatalogChange> changes)
    {
        if (changes.Count == 0)
        {
            _host.Terminal.OutputLine("Nothing changes.");
            return;
        }

        var table = new TextTable(new TextColumn("change"), new("model"), new("what", Flexible: true));
        foreach (var change in changes.OrderBy(change => change.Kind))
            table.Add(ModelText.Lower(change.Kind), PlainText.Clean(change.Model), PlainText.Clean(change.What));
        foreach (var line in table.Lines(_host.Terminal))
            _host.Terminal.OutputLine(line);
    }

    private void WriteJson(IReadOnlyList<CatalogChange> changes) => _host.Terminal.Output(FunctionText.Indented(json =>
    {
        json.WriteStartArray();
        foreach (var change in changes)
        {
            json.WriteStartObject();
            json.WriteString("change", ModelText.Lower(change.Kind));
            json.WriteString("model", change.Model);
            json.WriteString("what", change.What);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }));
}
