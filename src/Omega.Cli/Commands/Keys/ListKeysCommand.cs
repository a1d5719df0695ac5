using System.Buffers;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Omega.Cli.Screen;

namespace Omega.Cli.Commands.Keys;

/// <summary><c>omega keys list</c>: every key of variables and of the store, never any part of a key.</summary>
internal sealed class ListKeysCommand : Command
{
    private readonly CliHost _host;

    public ListKeysCommand(CliHost host)
        : base("list", "List keys: whose, in which state, how old. Never any part of a key.")
    {
        _host = host;
        var json = OptionParsing.Switch("--json", "As a JSON array");
        Options.Add(json);
        SetAction(parsed => Run(parsed.GetValue(json)));
    }

    public int Run(bool json)
    {
        var limit = KeyAge.Limit(_host.Settings);
        var providers = KeysCommand.Providers(_host);
        var rows = KeyRow.Of(providers, _host.Keys, _host.Settings, _host.Time);
        if (json)
            WriteJson(rows);
        else
            WriteTable(rows);
        foreach (var warning in rows.Select(row => KeyAge.Warning(row, limit)).Concat(_host.Keys.Warnings()).Append(providers.KeyProblem).OfType<string>())
            _host.Terminal.Marked("note", warning, Tone.Warning);
        return ExitCode.Answered;
    }

    private void WriteTable(IReadOnlyList<KeyRow> rows)
    {
        if (rows.Count == 0)
        {
            _host.Terminal.Line("There are no keys yet. Set a variable such as OPENAI_API_KEY, or add one: omega keys add PROVIDER", Tone.Dim);
            return;
        }

        var table = new TextTable(new TextColumn("provider"), new("id"), new("state"), new("weight", Right: true), new("age", Right: true), new("from", Flexible: true));
        foreach (var row in rows)
            table.Add(row.Status.Provider, row.Status.Id, row.Status.State.ToString().ToLowerInvariant(), row.Status.Weight.ToString(CultureInfo.InvariantCulture), row.AgeText, row.Origin);
        foreach (var line in table.Lines(_host.Terminal))
            _host.Terminal.OutputLine(line);
    }

    private void WriteJson(IReadOnlyList<KeyRow> rows)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartArray();
            foreach (var row in rows)
            {
                json.WriteStartObject();
                json.WriteString("provider", row.Status.Provider);
                json.WriteString("id", row.Status.Id);
                json.WriteString("state", row.Status.State.ToString().ToLowerInvariant());
                json.WriteNumber("weight", row.Status.Weight);
                if (row.Status.Since is { } since)
                    json.WriteString("since", since);
                else
                    json.WriteNull("since");
                json.WriteString("from", row.Origin);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        buffer.Write("\n"u8);
        _host.Terminal.Output(buffer.WrittenSpan);
    }
}
