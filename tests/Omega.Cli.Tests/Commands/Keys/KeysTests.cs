using System.Text.Json;
using Omega.TestKit;

namespace Omega.Cli.Tests.Commands.Keys;

public sealed class KeysTests : IDisposable
{
    private const string Secret = "sk-planted-0123456789";

    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Add_KeyOnStandardInput_IsStoredAndListedWithoutIt(bool hasPerson)
    {
        (_cli.HasPerson, _cli.HasPipe) = (hasPerson, !hasPerson);
        _cli.Typed = Secret + "\n";

        var added = await _cli.RunAsync("keys", "add", "OpenAI-Responses", "--weight", "3");
        var listed = await _cli.RunAsync("keys");

        Assert.Equal((0, ""), (added.Code, added.Output));
        Assert.Contains("Added openai-1 for openai.", added.Error, StringComparison.Ordinal);
        Assert.Equal(hasPerson, added.Error.Contains("Key for openai (not shown): ", StringComparison.Ordinal));
        Assert.Matches("^openai +openai-1 +active +3 +0 d +key store$", listed.Lines[1]);
        Assert.DoesNotContain("planted", added.Output + added.Error + listed.Output + listed.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("keys", "add", "openai", Secret)]
    [InlineData("keys", "add", "openai", "--key", Secret)]
    [InlineData("keys", "add", Secret)]
    [InlineData("keys", "rotate", Secret)]
    [InlineData("keys", "rotate", "openai-1", Secret)]
    [InlineData("keys", "remove", Secret)]
    [InlineData("keys", "test", Secret)]
    public async Task AnyCommand_KeyOnTheCommandLine_IsRefusedAndNotRepeated(params string[] arguments)
    {
        _cli.Typed = "sk-another\n";

        var result = await _cli.RunAsync(arguments);

        Assert.NotEqual(0, result.Code);
        Assert.NotEqual("", result.Error);
        Assert.DoesNotContain(Secret, result.Output + result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_cli.Home, "keys.json")));
    }

    [Theory]
    [InlineData("", "The key is read from standard input, and there is none: omega keys add openai < FILE, or printf %s \"$KEY\" | omega keys add openai")]
    [InlineData("one\ntwo\n", "Standard input has more than one line; one key is wanted.")]
    [InlineData("one two\n", "The key has white space, control characters or characters beyond ASCII; one key and nothing else is wanted.")]
    public async Task Add_InputThatIsNoKey_SaysWhatIsWanted(string typed, string message)
    {
        (_cli.Typed, _cli.HasPipe) = (typed, true);

        var result = await _cli.RunAsync("keys", "add", "openai");

        Assert.Equal((2, $"error: {message}\n"), (result.Code, result.Error.ReplaceLineEndings("\n")));
    }

    [Fact]
    public async Task Add_UnknownProvider_AsksBackBeforeTheKey()
    {
        var result = await _cli.RunAsync("keys", "add", "opnai");

        Assert.Contains("Unknown provider \"opnai\". Did you mean \"openai\"?", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RotateDisableEnableRemove_Key_ChangeTheList()
    {
        await AddAsync("openai", Secret);
        _cli.Typed = "sk-newer-0123456789\n";
        Assert.Equal(0, (await _cli.RunAsync("keys", "rotate", "openai-1")).Code);
        Assert.Equal("sk-newer-0123456789", await SecretOfAsync("openai-1"));

        Assert.Equal(0, (await _cli.RunAsync("keys", "disable", "openai-1")).Code);
        Assert.Equal("disabled", await StateAsync());
        Assert.Equal(0, (await _cli.RunAsync("keys", "enable", "openai-1")).Code);
        Assert.Equal("active", await StateAsync());

        Assert.Equal(0, (await _cli.RunAsync("keys", "remove", "openai-1")).Code);
        Assert.Equal("[]\n", (await _cli.RunAsync("keys", "list", "--json")).Output);
        Assert.Equal(2, (await _cli.RunAsync("keys", "remove", "openai-1")).Code);

        async Task<string?> StateAsync() => JsonElement.Parse((await _cli.RunAsync("keys", "list", "--json")).Output)[0].GetProperty("state").GetString();
    }

    [Fact]
    public async Task List_VariablesAndOldKeys_SaysWhereFromAndWhatToReplace()
    {
        await AddAsync("groq", Secret);
        var path = Path.Combine(_cli.Home, "keys.json");
        var year = DateTimeOffset.Parse(JsonElement.Parse(await File.ReadAllTextAsync(path)).GetProperty("keys")[0].GetProperty("added").GetString()!, null).Year;
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace($"\"added\": \"{year}", $"\"added\": \"{year - 1}", StringComparison.Ordinal));
        await File.WriteAllTextAsync(_cli.At(".env"), "OPENAI_API_KEY=sk-a\nOPENAI_API_KEY_2=sk-b\n");

        var result = await _cli.RunAsync("keys", "list");

        Assert.Matches("^openai +OPENAI_API_KEY +active +1 +\\? +OPENAI_API_KEY in .env$", result.Lines[1]);
        Assert.Matches("^openai +OPENAI_API_KEY_2 +active +1 +\\? +OPENAI_API_KEY_2 in .env$", result.Lines[2]);
        Assert.Matches("^groq +groq-1 +active +1 +36[56] d +key store$", result.Lines[3]);
        Assert.Matches("note: groq-1 is 36[56] days old. Make a new key at groq and hand it in: omega keys rotate groq-1", result.Error);

        _cli.Environment["OMEGA_KEY_MAX_AGE"] = "400";
        Assert.DoesNotContain("days old", (await _cli.RunAsync("keys", "list")).Error, StringComparison.Ordinal);
        _cli.Environment["OMEGA_KEY_MAX_AGE"] = "soon";
        Assert.Equal((2, "error: OMEGA_KEY_MAX_AGE is \"soon\"; allowed: a number from 1 to 3650."), await FirstErrorAsync("keys", "list"));
    }

    [Fact]
    public async Task List_StoreThatCannotBeUnlocked_StillListsAndSaysWhy()
    {
        _cli.Environment["OMEGA_KEYS_PASSPHRASE"] = "correct horse";
        await AddAsync("openai", Secret);
        _cli.Environment.Remove("OMEGA_KEYS_PASSPHRASE");

        var listed = await _cli.RunAsync("keys", "list");
        var asked = await _cli.RunAsync("ask", "Hi", "-m", "openai/gpt-4.1");

        Assert.Matches("^openai +openai-1 +active ", listed.Lines[1]);
        Assert.Contains("is protected by a passphrase: set OMEGA_KEYS_PASSPHRASE.", listed.Error, StringComparison.Ordinal);
        Assert.Equal(4, asked.Code);
        Assert.Contains("There is no key for openai. The key store", asked.Error, StringComparison.Ordinal);
        Assert.Contains("!!  store", (await _cli.RunAsync("doctor")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_Keys_AsksTheProviderAndSaysWhatItSaid()
    {
        await using var server = ModelServer.Start();
        _cli.Environment["OPENAI_BASE_URL"] = server.BaseUrl;
        await AddAsync("openai", Secret);

        var good = await _cli.RunAsync("keys", "test");
        server.Models = Reply.OpenAIError(401, $"Incorrect API key provided: {Secret}.", code: "invalid_api_key");
        var bad = await _cli.RunAsync("keys", "test", "openai");

        Assert.Equal(0, good.Code);
        Assert.Matches("^openai +openai-1 +active +the provider knows it$", good.Lines[1]);
        Assert.Equal(4, bad.Code);
        Assert.Matches("^openai +openai-1 +revoked +openai: Incorrect API key provided: \\[key\\].$", bad.Lines[1]);
        Assert.All(server.Requests, request => Assert.Equal(("GET", "/v1/models", $"Bearer {Secret}"), (request.Method, request.Path, request.Header("Authorization"))));
    }

    [Fact]
    public async Task Ask_StoredKeyRevoked_GoesOnWithTheNext()
    {
        await using var server = ModelServer.Start();
        _cli.Environment["OPENAI_BASE_URL"] = server.BaseUrl;
        await AddAsync("openai", Secret);
        await AddAsync("openai", "sk-second-0123456789");
        server.Enqueue(Reply.OpenAIError(401, "No.", code: "invalid_api_key"), Reply.Stream(ChatCompletionsStream.Create().Text("Hello.").Finish("stop").Done()));

        var result = await _cli.RunAsync("ask", "Hi", "-m", "openai/gpt-4.1");

        Assert.Equal((0, "Hello."), (result.Code, result.Output));
        Assert.Contains("the key openai-1 was refused; openai-2 takes its place", result.Error, StringComparison.Ordinal);
        Assert.Contains("key from the key store and 1 more", (await _cli.RunAsync("doctor")).Output, StringComparison.Ordinal);
    }

    private async Task<(int, string)> FirstErrorAsync(params string[] arguments)
    {
        var result = await _cli.RunAsync(arguments);
        return (result.Code, result.Error.Split('\n')[0].TrimEnd());
    }

    private async Task AddAsync(string provider, string secret)
    {
        _cli.Typed = secret + "\n";
        Assert.Equal(0, (await _cli.RunAsync("keys", "add", provider)).Code);
    }

    // The store gives keys to the engine alone, so a server is asked which one it got.
    private async Task<string?> SecretOfAsync(string id)
    {
        await using var server = ModelServer.Start();
        _cli.Environment["OPENAI_BASE_URL"] = server.BaseUrl;
        await _cli.RunAsync("keys", "test", id);
        return Assert.Single(server.Requests).Header("Authorization")?["Bearer ".Length..];
    }
}
