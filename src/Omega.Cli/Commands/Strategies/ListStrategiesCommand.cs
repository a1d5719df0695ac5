using System.Buffers;
using System.CommandLine;
using System.Text.Json;
using Omega.Cli.Screen;
using Omega.Trading.Strategies;

namespace Omega.Cli.Commands.Strategies;

/// <summary><c>omega strategies list</c>: those that are built in.</summary>
internal sealed class ListStrategiesCommand : Command
{
    private readonly CliHost _host;

    public ListStrategiesCommand(CliHost host)
        : base("list", "List the built-in strategies.")
    {
        _host = host;
        var json = OptionParsing.Switch("--json", "As a JSON array");
        Options.Add(json);
        SetAction(parsed => Run(parsed.GetValue(json)));
    }

    public int Run(bool json)
    {
        if (json)
            WriteJson();
        else
            WriteTable();
        return ExitCode.Answered;
    }

    private void WriteTable()
    {
        var table = new TextTable(new TextColumn("name"), new("parameters"), new("does", Flexible: true));
        foreach (var strategy in BuiltInStrategies.All)
        {
            var parameters = string.Join(' ', strategy.Parameters.Select(parameter => $"{parameter.Name}={parameter.Show(parameter.Default)}"));
            table.Add(strategy.Name, parameters, strategy.Description);
        }

        foreach (var line in table.Lines(_host.Terminal))
            _host.Terminal.OutputLine(line);
        _host.Terminal.Line("Rules of one: omega strategies show NAME. Your own are JSON files: omega strategies show NAME --json > mine.json", Tone.Dim);
    }

    private void WriteJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartArray();
            foreach (var strategy in BuiltInStrategies.All)
                json.WriteRawValue(strategy.Json);
            json.WriteEndArray();
        }

        buffer.Write("\n"u8);
        _host.Terminal.Output(buffer.WrittenSpan);
    }
}
