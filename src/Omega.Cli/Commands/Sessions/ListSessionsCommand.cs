using System.Buffers;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Omega.Cli.Screen;
using Omega.Gpt;

namespace Omega.Cli.Commands.Sessions;

/// <summary><c>omega sessions list</c>: headers only; damaged sessions are listed as such.</summary>
internal sealed class ListSessionsCommand : Command
{
    private readonly CliHost _host;

    public ListSessionsCommand(CliHost host)
        : base("list", "List sessions, the last one first.")
    {
        _host = host;
        var json = OptionParsing.Switch("--json", "As a JSON array");
        Options.Add(json);
        SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(json), cancellationToken));
    }

    public async Task<int> RunAsync(bool json, CancellationToken cancellationToken)
    {
        var headers = new List<ConversationHeader>();
        await foreach (var header in _host.Store.ListAsync(cancellationToken).ConfigureAwait(false))
            headers.Add(header);
        if (json)
            WriteJson(headers);
        else
            WriteTable(headers);
        return ExitCode.Answered;
    }

    private void WriteTable(List<ConversationHeader> headers)
    {
        if (headers.Count == 0)
        {
            _host.Terminal.Line("There are no sessions yet. Begin one: omega chat", Tone.Dim);
            return;
        }

        var table = new TextTable(new TextColumn("name"), new("title", Flexible: true), new("model", Flexible: true), new("updated (UTC)"), new("size", Right: true));
        foreach (var header in headers)
        {
            table.Add(
                header.Id,
                header.Damage is null ? header.Title ?? "" : "damaged",
                header.Model ?? "",
                header.Updated.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                Size(header.Bytes));
        }

        foreach (var line in table.Lines(_host.Terminal))
            _host.Terminal.OutputLine(line);
        foreach (var header in headers.Where(header => header.Damage is not null))
            _host.Terminal.Marked("damaged", $"{header.Id}: {header.Damage} The file is left as it is.", Tone.Warning);
    }

    private void WriteJson(List<ConversationHeader> headers)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartArray();
            foreach (var header in headers)
            {
                json.WriteStartObject();
                json.WriteString("id", header.Id);
                json.WriteString("title", header.Title);
                json.WriteString("model", header.Model);
                if (header.Created is { } created)
                    json.WriteString("created", created);
                else
                    json.WriteNull("created");
                json.WriteString("updated", header.Updated);
                json.WriteNumber("bytes", header.Bytes);
                json.WriteString("damage", header.Damage);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        buffer.Write("\n"u8);
        _host.Terminal.Output(buffer.WrittenSpan);
    }

    private static string Size(long bytes) => bytes switch
    {
        < 1024 => $"{bytes} B",
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024):0.#} MB"),
    };
}
