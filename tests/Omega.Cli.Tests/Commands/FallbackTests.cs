using Omega.TestKit;

namespace Omega.Cli.Tests.Commands;

public sealed class FallbackTests : IAsyncLifetime
{
    private readonly CliRun _cli = new();
    private readonly ModelServer _first = ModelServer.Start();
    private readonly ModelServer _second = ModelServer.Start();

    public ValueTask InitializeAsync()
    {
        _cli.Environment["OPENAI_API_KEY"] = "sk-test-key-000000000000";
        _cli.Environment["OPENAI_BASE_URL"] = _first.BaseUrl;
        _cli.Environment["OMEGA_BASE_URL"] = _second.BaseUrl;
        _cli.Environment["OMEGA_MODEL"] = "openai/gpt-4.1";
        _second.Respond(_ => Reply.Stream(ChatCompletionsStream.Create("spare").Text("From the spare.").Finish("stop").Usage(1, 2).Done()));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
        _cli.Dispose();
    }

    [Theory]
    [InlineData("--fallback", "compatible/spare")]
    [InlineData("OMEGA_FALLBACK", "compatible/spare, ollama/other")]
    public async Task Ask_ModelWithoutQuota_TheFallbackAnswersAndOneLineSaysSo(string name, string value)
    {
        _first.Respond(_ => Reply.QuotaExceeded());
        string[] option = name[0] == '-' ? [name, value] : [];
        if (name[0] != '-')
            _cli.Environment[name] = value;

        var result = await _cli.RunAsync(["ask", "Hi", .. option]);

        Assert.Equal((0, "From the spare."), (result.Code, result.Output));
        Assert.Single(_first.Requests);
        Assert.Contains("compatible/spare is asked in the place of openai/gpt-4.1: its quota is used up.\n", result.Error, StringComparison.Ordinal);
        Assert.Contains("compatible/spare · ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_Alias_IsTheModelsOfItsSetting()
    {
        _first.Respond(_ => Reply.QuotaExceeded());
        _cli.Environment["OMEGA_FAST"] = "openai/gpt-4.1-mini,compatible/spare";

        var result = await _cli.RunAsync("ask", "Hi", "-m", "fast");

        Assert.Equal((0, "From the spare."), (result.Code, result.Output));
        Assert.Equal("gpt-4.1-mini", _first.Requests[0].Json.GetProperty("model").GetString());
    }

    [Fact]
    public async Task Ask_CutStream_GoesOnAndSaysSoInOneLineEach()
    {
        _first.Enqueue(
            Reply.Stream(ChatCompletionsStream.Create().Text("One ", "two ")).End(BodyEnd.CloseWithoutLastChunk),
            Reply.Stream(ChatCompletionsStream.Create().Text("One ", "two ", "three.").Finish("stop").Usage(1, 2).Done()));

        var result = await _cli.RunAsync("ask", "Hi");

        Assert.Equal((0, "One two three."), (result.Code, result.Output));
        Assert.Contains("the stream broke after 8 characters (the connection broke)\n", result.Error, StringComparison.Ordinal);
        Assert.Contains("the connection broke; attempt 2 in ", result.Error, StringComparison.Ordinal);
        Assert.Contains("it goes on: what was shown came again, to the character\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_OneAttempt_RetriesNothing()
    {
        _cli.Environment["OMEGA_ATTEMPTS"] = "1";
        _first.Respond(_ => Reply.OpenAIError(503, "Overloaded.", "overloaded_error"));

        var result = await _cli.RunAsync("ask", "Hi");

        Assert.NotEqual(0, result.Code);
        Assert.Single(_first.Requests);
    }

    [Theory]
    [InlineData("OMEGA_ATTEMPTS", "0", "a whole number from 1 to 20")]
    [InlineData("OMEGA_IDLE_TIMEOUT", "soon", "a number above 0, up to 86400")]
    public async Task Ask_WrongSetting_IsNamed(string name, string value, string allowed)
    {
        _cli.Environment[name] = value;

        var result = await _cli.RunAsync("ask", "Hi");

        Assert.Equal(2, result.Code);
        Assert.Contains(name, result.Error, StringComparison.Ordinal);
        Assert.Contains(allowed, result.Error, StringComparison.Ordinal);
    }
}
