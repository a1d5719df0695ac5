using System.Text.Json;
using Omega.Gpt.Models;
using Omega.TestKit;

namespace Omega.Cli.Tests.Commands.Models;

public sealed class ModelsTests : IDisposable
{
    private const string Update = """
        {"updated": "2999-01-01", "models": [
          {"provider": "openai", "name": "gpt-5.5", "prices": [{"input": 1.25, "output": 30}]},
          {"provider": "openai", "name": "gpt-99", "context": 7}]}
        """;

    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("anthropic/", "--provider", "Anthropic")]
    [InlineData("claude", "list", "claude")]
    [InlineData("openai/", "list", "--provider", "openai", "--state", "retired")]
    public async Task List_Filters_GiveOnlyWhatFits(string all, params string[] arguments)
    {
        var result = await _cli.RunAsync(["models", .. arguments]);

        Assert.Equal(0, result.Code);
        Assert.NotEmpty(result.Lines[1..]);
        Assert.All(result.Lines[1..], line => Assert.Contains(all, line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task List_Bounds_LeaveOutWhatIsDearerSmallerOrUnknown()
    {
        var result = await _cli.RunAsync("models", "list", "--max-price", "1", "--min-context", "200000", "--json");

        var models = JsonElement.Parse(result.Output).EnumerateArray().ToList();
        Assert.NotEmpty(models);
        Assert.All(models, model =>
        {
            Assert.True(model.GetProperty("context").GetInt32() >= 200_000);
            Assert.All((string[])["input", "output"], part => Assert.True(decimal.Parse(model.GetProperty("prices")[0].GetProperty(part).GetString()!, System.Globalization.CultureInfo.InvariantCulture) <= 1));
        });
    }

    [Theory]
    [InlineData(2, "allowed: active", "list", "--state", "gone")]
    [InlineData(2, "Known providers: openai", "list", "--provider", "nobody")]
    [InlineData(2, "Did you mean", "show", "gpt-5.55")]
    [InlineData(2, "asked of openai as it is", "show", "openai/gpt-99")]
    [InlineData(2, "--reset", "update")]
    [InlineData(2, "takes no file", "update", "x.json", "--reset")]
    [InlineData(2, "not an https URL", "update", "http://example.invalid/models.json")]
    [InlineData(2, "could not be read", "update", "missing.json")]
    public async Task Models_WrongArguments_AreToldWithTheRemedy(int code, string says, params string[] arguments)
    {
        var result = await _cli.RunAsync(["models", .. arguments]);

        Assert.Equal((code, ""), (result.Code, result.Output));
        Assert.Contains(says, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_Known_TellsAllOfIt()
    {
        var result = await _cli.RunAsync("models", "show", "gpt-5.5");

        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Equal("openai/gpt-5.5", result.Lines[0]);
        foreach (var part in (string[])["state", "o200k_base", "5.00 in, 30.00 out, 0.50 cached", "(input above 272,000)", "not temperature", "https://developers.openai.com"])
            Assert.Contains(part, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_Json_IsTheListsObject()
    {
        var shown = JsonElement.Parse((await _cli.RunAsync("models", "show", "claude-haiku-4-5", "--json")).Output);

        Assert.Equal("anthropic/claude-haiku-4-5", shown.GetProperty("model").GetString());
        Assert.True(shown.GetProperty("prefix_continuation").GetBoolean());
        Assert.Equal(JsonValueKind.Null, shown.GetProperty("tokenizer").ValueKind);
    }

    [Fact]
    public async Task Update_File_IsUsedFromThenOnUntilItIsReset()
    {
        var file = _cli.At("new.json");
        await File.WriteAllTextAsync(file, Update);

        var dry = await _cli.RunAsync("models", "update", file, "--dry-run");
        Assert.Equal(0, dry.Code);
        Assert.Contains("$5.00 in", dry.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await _cli.RunAsync("models", "show", "gpt-99")).Code);

        var kept = await _cli.RunAsync("models", "update", file, "--json");
        string[] changes = [.. JsonElement.Parse(kept.Output).EnumerateArray().Select(change => $"{change.GetProperty("change").GetString()} {change.GetProperty("model").GetString()}")];
        Assert.Equal(["price openai/gpt-5.5", "added openai/gpt-99"], changes);
        Assert.Contains("1.25 in", (await _cli.RunAsync("models", "show", "gpt-5.5")).Output, StringComparison.Ordinal);

        Assert.Equal(0, (await _cli.RunAsync("models", "update", "--reset")).Code);
        Assert.Equal(2, (await _cli.RunAsync("models", "show", "gpt-99")).Code);
    }

    [Fact]
    public async Task Update_Url_IsReadWithinItsBounds()
    {
        await using var server = ModelServer.Start();
        var url = server.Url("/models").ToString();
        server.Models = Reply.Json(Update);
        Assert.Equal(0, (await _cli.RunAsync("models", "update", url)).Code);

        foreach (var (reply, says) in ((Reply, string)[])
        [
            (Reply.Redirect("https://elsewhere.invalid/models.json"), "redirects to https://elsewhere.invalid"),
            (Reply.Empty(404), "HTTP 404"),
            (Reply.Document("application/json", new byte[CatalogStore.MaxBytes + 1]), "4 MB"),
            (Reply.Json("[]"), "cannot be read"),
        ])
        {
            server.Models = reply;
            var result = await _cli.RunAsync("models", "update", url);
            Assert.NotEqual(0, result.Code);
            Assert.Contains(says, result.Error, StringComparison.Ordinal);
        }

        Assert.Equal(0, (await _cli.RunAsync("models", "show", "gpt-99")).Code);
    }

    [Fact]
    public async Task Doctor_DamagedUpdate_IsNotReadyAndSaysWhatToDo()
    {
        Directory.CreateDirectory(_cli.Home);
        await File.WriteAllTextAsync(Path.Combine(_cli.Home, "models.update.json"), "{");

        var doctor = await _cli.RunAsync("doctor");
        var ask = await _cli.RunAsync("ask", "Hi");

        Assert.Equal((1, 2), (doctor.Code, ask.Code));
        Assert.All((string[])[doctor.Output, ask.Error], said => Assert.Contains("omega models update --reset", said, StringComparison.Ordinal));
    }
}
