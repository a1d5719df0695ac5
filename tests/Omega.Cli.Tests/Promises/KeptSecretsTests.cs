using System.Text.Json;
using Omega.TestKit;

namespace Omega.Cli.Tests.Promises;

/// <summary>
/// What stays behind when everything is kept: recordings, the flight recorder, the ledgers of usage and calls, the cache of answers, and what
/// is printed of them.
/// </summary>
public sealed class KeptSecretsTests : IAsyncDisposable
{
    private const string Key = "plantedkey-8b1f4c6e2a9d7350";
    private const string SecondKey = "plantedkey-second-e61c0b7f9d25";
    private const string Password = "planted-password-57a3e9";
    private const string Token = "planted-url-token-c40d81";
    private const string Prompt = "Who am I, of all people?";

    private static readonly string[] All = [Key, SecondKey, Password, Token];

    private readonly ModelServer _server = ModelServer.Start();

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Ask_AllIsKept_ServerSendsKeysBack_NoFileAndNoReportHoldsThem()
    {
        var clock = new ClockDriver();
        using var cli = new CliRun { Time = clock.Time };
        cli.Environment["OPENAI_API_KEY"] = Key;
        cli.Environment["OPENAI_API_KEY_2"] = SecondKey;
        cli.Environment["OPENAI_BASE_URL"] = $"http://user:{Password}@127.0.0.1:{_server.Port}/v1?token={Token}";
        cli.Environment["OMEGA_FLIGHT_RECORDER"] = cli.At("flight");
        await File.WriteAllTextAsync(cli.At("functions.json"), """[{"name": "note", "command": ["cat"], "parameters": {"type": "object"}}]""");
        var scan = new SecretScan(All);
        foreach (var (name, answer) in EchoingServer.Answers)
        {
            _server.Respond(answer);
            // What is recorded into a file is not recorded by the flight recorder. Each asks for itself: the cache answers what it was asked before.
            foreach (var record in (string[][])[["--record", cli.At("records", $"{name}.jsonl")], []])
                await RunAsync(name, ["ask", $"{Prompt} ({name}, {record.Length})", "-m", "openai/gpt-4.1", "--functions", cli.At("functions.json"), "--approve", "note", "--cache", .. record]);
        }

        var recordings = (string[])[.. Directory.GetFiles(cli.At("records")), .. Directory.GetFiles(cli.At("flight"))];
        foreach (var recording in recordings)
        {
            foreach (var json in (string[][])[[], ["--json"]])
                await RunAsync($"replay {Path.GetFileName(recording)}", ["replay", recording, .. json]);
            scan.Text($"{recording}, its pieces joined", Joined(await File.ReadAllLinesAsync(recording)));
        }

        foreach (var report in (string[][])[["usage"], ["usage", "--json"], ["usage", "--csv"], ["usage", "export"], ["usage", "--by", "key"], ["usage", "--by", "function"], ["usage", "--by", "session", "--json"]])
            await RunAsync(string.Join(' ', report), report);
        scan.Folder(cli.Home).Folder(cli.At("records")).Folder(cli.At("flight")).ThrowIfFound();

        // Each place was there and was looked through: what is no secret is found in it.
        Assert.Equal(EchoingServer.Answers.Count * 2, recordings.Length);
        foreach (var (place, text) in ((string, string)[])[("usage.db", "gpt-4.1"), ("calls.db", "note"), (".answer", ", are you?"), ("text.jsonl", Prompt), ("flight-", Prompt)])
            Assert.True(Files(cli).Any(file => file.Contains(place, StringComparison.Ordinal) && Contains(file, text)), $"No {place} holds \"{text}\".");
        Assert.Contains(_server.Requests, request => request.Header("Authorization") == $"Bearer {SecondKey}" && request.Query.Contains(Token, StringComparison.Ordinal));

        async Task RunAsync(string name, string[] words)
        {
            var result = await clock.RunAsync(cli.RunAsync(words), TimeSpan.FromMilliseconds(50));
            scan.Text($"{name}: output", result.Output).Text($"{name}: error", result.Error);
        }
    }

    private static IEnumerable<string> Files(CliRun cli) =>
        ((string[])[cli.Home, cli.At("records"), cli.At("flight")]).SelectMany(folder => Directory.GetFiles(folder, "*", SearchOption.AllDirectories));

    private static bool Contains(string file, string text) => File.ReadAllText(file).Contains(text, StringComparison.Ordinal);

    /// <summary>What somebody has who joins the pieces of a recording: of its deltas, its events and its wires.</summary>
    private static string Joined(string[] lines)
    {
        var json = lines.Select(line => JsonElement.Parse(line)).ToList();
        var wire = string.Concat(Of("received").Select(line => line.TryGetProperty("bytes", out var bytes) ? bytes.GetString() : ""));
        var contents = wire.Split('\n').Where(line => line.StartsWith("data: {", StringComparison.Ordinal)).Select(Content);
        return string.Join('\n', Pieces("delta"), Pieces("event"), string.Concat(contents));

        IEnumerable<JsonElement> Of(string type) => json.Where(line => line.GetProperty("type").GetString() == type);

        string Pieces(string type) => string.Concat(Of(type).Select(line => line.GetProperty(type)).Select(piece =>
            piece.TryGetProperty("text", out var text) ? text.GetString() : piece.TryGetProperty("delta", out var delta) ? delta.GetString() : ""));
    }

    /// <summary>All texts of the part of an answer that one event brings.</summary>
    private static string Content(string line)
    {
        try
        {
            return JsonElement.Parse(line["data: ".Length..]).TryGetProperty("choices", out var choices) && choices.GetArrayLength() > 0 ? Texts(choices[0].GetProperty("delta")) : "";
        }
        catch (JsonException)
        {
            return line;
        }
    }

    private static string Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Object => string.Concat(value.EnumerateObject().Where(property => property.Name is not ("role" or "id" or "type" or "name")).Select(property => Texts(property.Value))),
        JsonValueKind.Array => string.Concat(value.EnumerateArray().Select(Texts)),
        _ => "",
    };
}
