using System.CommandLine;
using Omega.Cli.Functions;
using Omega.Cli.Screen;

namespace Omega.Cli.Commands.Functions;

/// <summary><c>omega functions list</c></summary>
internal sealed class ListFunctionsCommand : Command, IExamples
{
    private readonly CliHost _host;
    private readonly FunctionArguments _functions = new();
    private readonly Option<bool> _json = OptionParsing.Switch("--json", "As a JSON array, with the parameters");

    public ListFunctionsCommand(CliHost host)
        : base("list", "List the functions: what each does to the world, and who runs it.")
    {
        _host = host;
        _functions.AddTo(this);
        Options.Add(_json);
        SetAction((parsed, cancellationToken) => RunAsync(parsed, cancellationToken));
    }

    public IReadOnlyList<string> Examples => ["omega functions list --functions functions.json", "omega functions list --mcp https://mcp.example.com/mcp --json"];

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var sources = await FunctionText.OpenAsync(_host, _functions.Read(parsed, _host.Settings), cancellationToken).ConfigureAwait(false);
        if (parsed.GetValue(_json))
        {
            _host.Terminal.Output(FunctionText.Indented(json =>
            {
                json.WriteStartArray();
                foreach (var definition in sources.Functions)
                    FunctionText.Write(json, definition, sources);
                json.WriteEndArray();
            }));
            return ExitCode.Answered;
        }

        if (sources.Functions.Count == 0)
        {
            _host.Terminal.Line("There are no functions. Name a file with --functions FILE, or a server with --mcp \"NAME=COMMAND…\".", Tone.Dim);
            return ExitCode.Answered;
        }

        var table = new TextTable(new TextColumn("NAME"), new TextColumn("EFFECT"), new TextColumn("APPROVAL"), new TextColumn("FROM", Flexible: true), new TextColumn("DOES", Flexible: true));
        foreach (var definition in sources.Functions)
        {
            var function = sources.Functions.FindFunction(definition.Name);
            table.Add(definition.Name, FunctionText.Effect(function), FunctionText.Approval(function), sources.OriginOf(definition.Name), FunctionText.Summary(definition));
        }

        foreach (var line in table.Lines(_host.Terminal))
            _host.Terminal.OutputLine(line);
        return ExitCode.Answered;
    }
}
