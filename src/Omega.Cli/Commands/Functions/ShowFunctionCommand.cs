using System.CommandLine;
using Omega.Cli.Functions;
using Omega.Cli.Screen;
using Omega.Gpt;

namespace Omega.Cli.Commands.Functions;

/// <summary><c>omega functions show</c></summary>
internal sealed class ShowFunctionCommand : Command, IExamples
{
    private readonly CliHost _host;
    private readonly Argument<string> _name = new("name") { Description = "The function" };
    private readonly FunctionArguments _functions = new();
    private readonly Option<bool> _json = OptionParsing.Switch("--json", "As a JSON object");

    public ShowFunctionCommand(CliHost host)
        : base("show", "Show a function: what the model is told, and how it is run.")
    {
        _host = host;
        Arguments.Add(_name);
        _functions.AddTo(this);
        Options.Add(_json);
        SetAction((parsed, cancellationToken) => RunAsync(parsed, cancellationToken));
    }

    public IReadOnlyList<string> Examples => ["omega functions show get_weather --functions functions.json"];

    /// <exception cref="CliException">There is no such function.</exception>
    public static FunctionDefinition Find(FunctionSources sources, string name)
    {
        if (sources.Functions.Find(name) is { } definition)
            return definition;
        throw CliException.Usage(sources.Functions.Count == 0
            ? "There are no functions. Name a file with --functions FILE, or a server with --mcp \"NAME=COMMAND…\"."
            : $"There is no function \"{name}\". There are: {string.Join(", ", sources.Functions.Select(known => known.Name))}.");
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var sources = await FunctionText.OpenAsync(_host, _functions.Read(parsed, _host.Settings), cancellationToken).ConfigureAwait(false);
        var definition = Find(sources, parsed.GetValue(_name)!);
        var terminal = _host.Terminal;
        if (parsed.GetValue(_json))
        {
            terminal.Output(FunctionText.Indented(json => FunctionText.Write(json, definition, sources)));
            return ExitCode.Answered;
        }

        var function = sources.Functions.FindFunction(definition.Name);
        terminal.OutputLine(Tones.Paint(definition.Name, Tone.Strong, terminal.OutputColour));
        if (definition.Description is { } description)
            terminal.OutputLine(PlainText.Clean(description));
        terminal.OutputLine("");
        terminal.OutputLine($"from      {PlainText.Clean(sources.OriginOf(definition.Name))}");
        terminal.OutputLine(function is null
            ? "run by    nobody here: its calls wait for results (omega ask --results)"
            : $"effect    {FunctionText.Effect(function)}\napproval  {FunctionText.Approval(function)}\ntimeout   {FunctionText.Seconds(function.Options.Timeout)} s");
        terminal.OutputLine("arguments");
        terminal.Output(FunctionText.Indented(definition.Parameters.WriteTo));
        return ExitCode.Answered;
    }
}
