using System.Text.Json;
using Omega.Gpt;

namespace Omega.Cli.Tests.Commands;

public sealed class SessionsTests : IDisposable
{
    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    private string PathOf(string session) => Path.Combine(_cli.Home, "conversations", session + ".json");

    [Fact]
    public async Task List_Nothing_SaysHowToBegin()
    {
        var result = await _cli.RunAsync("sessions");

        Assert.Equal((0, ""), (result.Code, result.Output));
        Assert.Contains("omega chat", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_SoundAndDamaged_ListsBothAndLeavesTheFile()
    {
        await _cli.RunAsync("ask", "Hello there", "-s", "good");
        const string Damage = """{"omega":1,"id":"bad","title":7""";
        await File.WriteAllTextAsync(PathOf("bad"), Damage);

        var list = await _cli.RunAsync("sessions", "list");
        var json = await _cli.RunAsync("sessions", "list", "--json");
        var ask = await _cli.RunAsync("ask", "Hi", "-s", "bad");

        Assert.Equal(0, list.Code);
        Assert.Contains("Hello there", list.Output, StringComparison.Ordinal);
        Assert.Contains(list.Lines, line => line.StartsWith("bad ", StringComparison.Ordinal) && line.Contains("damaged", StringComparison.Ordinal));
        Assert.Contains("damaged: bad:", list.Error, StringComparison.Ordinal);
        var entries = JsonElement.Parse(json.Output).EnumerateArray().ToDictionary(entry => entry.GetProperty("id").GetString()!);
        Assert.Equal(JsonValueKind.Null, entries["good"].GetProperty("damage").ValueKind);
        Assert.Equal(JsonValueKind.String, entries["bad"].GetProperty("damage").ValueKind);
        Assert.Equal((1, ""), (ask.Code, ask.Output));
        Assert.Equal(Damage, await File.ReadAllTextAsync(PathOf("bad")));
    }

    [Fact]
    public async Task Show_Session_TellsWhoSaidWhat()
    {
        await _cli.RunAsync("ask", "What can you do?", "-s", "demo");

        var text = await _cli.RunAsync("sessions", "show", "demo");
        var json = await _cli.RunAsync("sessions", "show", "demo", "--json");

        Assert.Contains("\nYou\nWhat can you do?\n", text.Output, StringComparison.Ordinal);
        Assert.Contains("\noffline/analyst\nThis is Omega", text.Output, StringComparison.Ordinal);
        Assert.Equal("demo", JsonElement.Parse(json.Output).GetProperty("id").GetString());
    }

    [Fact]
    public async Task RenameAndExport_Session_UseTheNewTitle()
    {
        await _cli.RunAsync("ask", "What can you do?", "-s", "demo");

        Assert.Equal(0, (await _cli.RunAsync("sessions", "rename", "demo", "First", "light")).Code);
        var markdown = await _cli.RunAsync("sessions", "export", "demo");
        var file = await _cli.RunAsync("sessions", "export", "demo", _cli.At("demo.json"));

        Assert.StartsWith("# First light\n\n## You\n\nWhat can you do?\n\n## offline/analyst\n\n", markdown.Output, StringComparison.Ordinal);
        Assert.Equal((0, ""), (file.Code, file.Output));
        Assert.Equal("First light", JsonElement.Parse(await File.ReadAllTextAsync(_cli.At("demo.json"))).GetProperty("title").GetString());
    }

    [Fact]
    public async Task Delete_WithYes_Deletes()
    {
        await _cli.RunAsync("ask", "Hi", "-s", "demo");

        Assert.Equal(0, (await _cli.RunAsync("sessions", "delete", "demo", "--yes")).Code);
        Assert.Equal(1, (await _cli.RunAsync("sessions", "delete", "demo", "--yes")).Code);
        Assert.Null(await new FileConversationStore(_cli.Home).LoadAsync("demo"));
    }

    [Theory]
    [InlineData("show")]
    [InlineData("export")]
    [InlineData("rename", "title")]
    public async Task Command_NoSuchSession_SaysSo(string command, params string[] more)
    {
        var result = await _cli.RunAsync(["sessions", command, "nobody", .. more]);

        Assert.Equal((1, ""), (result.Code, result.Output));
        Assert.Contains("There is no session \"nobody\"", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(PathOf("nobody")));
    }
}
