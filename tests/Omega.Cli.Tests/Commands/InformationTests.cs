using System.Text.Json;
using Omega.Gpt.Models;
using Omega.TestKit;

namespace Omega.Cli.Tests.Commands;

public sealed class InformationTests : IDisposable
{
    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("version")]
    [InlineData("--version")]
    public async Task Version_DamagedConfiguration_StillAnswersInOneLine(string command)
    {
        Directory.CreateDirectory(_cli.Home);
        await File.WriteAllTextAsync(Path.Combine(_cli.Home, "omega.json"), "{");

        var result = await _cli.RunAsync(command);

        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.StartsWith("omega 0.", Assert.Single(result.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_All_AreListedWithContextPriceAndState()
    {
        var result = await _cli.RunAsync("models");

        Assert.Equal(0, result.Code);
        Assert.Equal(ModelCatalog.Default.All.Count + 1, result.Lines.Length);
        Assert.Matches("^model +context +output +\\$ in/M +\\$ out/M +state$", result.Lines[0]);
    }

    [Fact]
    public async Task Models_JsonAndFilter_GivesTheMatchingOnes()
    {
        var result = await _cli.RunAsync("models", "CLAUDE", "--json");

        var models = JsonElement.Parse(result.Output).EnumerateArray().ToList();
        Assert.NotEmpty(models);
        Assert.All(models, model => Assert.Contains("claude", model.GetProperty("model").GetString(), StringComparison.Ordinal));
        Assert.All(models, model => Assert.True(model.TryGetProperty("context", out _) && model.TryGetProperty("prices", out _) && model.TryGetProperty("state", out _)));
    }

    [Fact]
    public async Task Models_NoMatch_SaysSoAndFails()
    {
        var result = await _cli.RunAsync("models", "no-such-model");

        Assert.Equal((1, ""), (result.Code, result.Output));
    }

    [Fact]
    public async Task Doctor_Fresh_IsReadyAndSaysWhoAnswers()
    {
        var result = await _cli.RunAsync("doctor");

        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Contains("no key (OPENAI_API_KEY)", result.Output, StringComparison.Ordinal);
        Assert.Contains("offline/analyst", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("Ready.\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_KeyAndServer_TellsWhereTheKeyIsFromAndThatTheServerAnswers()
    {
        await using var server = ModelServer.Start();
        using var closed = new RefusingPort();
        await File.WriteAllTextAsync(_cli.At(".env"), $"OPENAI_API_KEY=sk-secret\nOPENAI_BASE_URL={server.BaseUrl}/v1?token=secret\nOMEGA_BASE_URL={closed.BaseUrl}");

        var result = await _cli.RunAsync("doctor");

        Assert.Equal(0, result.Code);
        Assert.Contains(result.Lines, line => line.Contains("ok  openai ", StringComparison.Ordinal) && line.Contains("key from OPENAI_API_KEY in .env", StringComparison.Ordinal) && line.Contains("reachable in", StringComparison.Ordinal));
        Assert.Contains(result.Lines, line => line.Contains("!!  compatible ", StringComparison.Ordinal) && line.Contains("not reachable", StringComparison.Ordinal));
        Assert.DoesNotContain("secret", result.Output, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Doctor_DamagedConfiguration_IsNotReady()
    {
        Directory.CreateDirectory(_cli.Home);
        await File.WriteAllTextAsync(Path.Combine(_cli.Home, "omega.json"), "{");

        var result = await _cli.RunAsync("doctor", "--json");

        Assert.Equal(1, result.Code);
        var report = JsonElement.Parse(result.Output);
        Assert.False(report.GetProperty("usable").GetBoolean());
        Assert.Contains(report.GetProperty("checks").EnumerateArray(), check => check.GetProperty("state").GetString() == "wrong" && check.GetProperty("name").GetString() == "omega.json");
    }

    [Fact]
    public async Task Doctor_McpServers_AreListedAndNotStarted()
    {
        Directory.CreateDirectory(_cli.Home);
        await File.WriteAllTextAsync(Path.Combine(_cli.Home, "omega.json"), """
            {"mcp": {
              "files": {"command": "no-such-program", "args": ["--token", "sk-secret"]},
              "tools": {"url": "https://u:secret@tools.example.com/mcp?key=secret", "headers": {"Authorization": "secret"}}}}
            """);

        var result = await _cli.RunAsync("doctor", "--json");

        Assert.Equal(0, result.Code);
        string[] expected = ["files good no-such-program and 2 arguments (not started)", "tools good https://tools.example.com/mcp (not started)"];
        Assert.Equal(expected, Checks(result, "MCP servers"));
        Assert.DoesNotContain("secret", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_McpSectionThatIsNone_SaysWhere()
    {
        Directory.CreateDirectory(_cli.Home);
        await File.WriteAllTextAsync(Path.Combine(_cli.Home, "omega.json"), """{"mcp": {"files": {"comand": "x"}}}""");

        var result = await _cli.RunAsync("doctor", "--json");

        Assert.Equal(1, result.Code);
        Assert.Contains("mcp.files.comand", Assert.Single(Checks(result, "MCP servers")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_TelemetryExport_TellsWhereToAndNoHeader()
    {
        Assert.Equal(["export off off; OTEL_EXPORTER_OTLP_ENDPOINT names a collector"], Checks(await _cli.RunAsync("doctor", "--json"), "Telemetry"));
        _cli.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://collector:4318";
        _cli.Environment["OTEL_EXPORTER_OTLP_HEADERS"] = "authorization=secret";
        _cli.Environment["OTEL_METRICS_EXPORTER"] = "none";

        var result = await _cli.RunAsync("doctor", "--json");

        Assert.Equal(["spans good to http://collector:4318/v1/traces (http/protobuf)", "metrics off not exported"], Checks(result, "Telemetry"));
        Assert.DoesNotContain("secret", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_EveryCommand_EndsWithExamples()
    {
        foreach (var command in (string[])["ask", "chat", "models", "keys", "usage", "sessions", "functions", "market", "risk", "data", "indicators", "strategies", "doctor", "version"])
        {
            var output = new StringWriter();
            var code = await HelpAsync(output, command);
            Assert.Equal(0, code);
            Assert.Contains($"Examples:{Environment.NewLine}  ", output.ToString(), StringComparison.Ordinal);
            Assert.Contains($"omega {command}", output.ToString(), StringComparison.Ordinal);
        }
    }

    private async Task<int> HelpAsync(StringWriter output, string command)
    {
        var screen = new Screen.ScreenTexts();
        return await Program.RunAsync(new CliHost(screen.Terminal, _cli.Environment.GetValueOrDefault, _cli.WorkingDirectory, TimeProvider.System) { Help = output }, [command, "--help"]);
    }

    private static IReadOnlyList<string> Checks(CliResult result, string group) =>
    [
        .. JsonElement.Parse(result.Output).GetProperty("checks").EnumerateArray()
            .Where(check => check.GetProperty("group").GetString() == group)
            .Select(check => $"{check.GetProperty("name").GetString()} {check.GetProperty("state").GetString()} {check.GetProperty("finding").GetString()}"),
    ];
}
