using System.Text.Json;
using Omega.Gpt.Functions.Outside;

namespace Omega.Gpt.Tests.Functions.Outside;

public sealed class McpToolListTests
{
    private static readonly McpOptions Server = new("shop", new McpProgram(new CommandOptions("true")));

    private static McpToolList Read(McpOptions options, params string[] tools)
    {
        var list = new McpToolList(options);
        list.Add(JsonElement.Parse($$"""{"tools": [{{string.Join(", ", tools)}}]}"""));
        list.End();
        return list;
    }

    private static string Tool(string name, string schema = """{"type": "object"}""") => $$"""{"name": {{JsonSerializer.Serialize(name)}}, "description": "d", "inputSchema": {{schema}}}""";

    [Fact]
    public void Add_SoundTools_GetThePrefixAndAnAlphabetThatModelsTake()
    {
        var list = Read(Server, Tool("buy"), Tool("list.all/items"), """{"name": "titled", "title": "A title", "inputSchema": {"type": "object"}}""");

        Assert.Equal(["shop_buy", "shop_list_all_items", "shop_titled"], list.Tools.Select(tool => tool.Definition.Name));
        Assert.Equal(["d", "d", "A title"], list.Tools.Select(tool => tool.Definition.Description));
        Assert.Equal(["buy", "list.all/items", "titled"], list.Tools.Select(tool => tool.ServerName));
        Assert.Empty(list.Notes);
    }

    [Theory]
    [InlineData("""{"name": "x", "inputSchema": {"type": "string"}}""", "$.tools[1].inputSchema: its type must be \"object\". The tool \"x\" is left out.")]
    [InlineData("""{"name": "x", "inputSchema": []}""", "$.tools[1].inputSchema: its type must be \"object\".")]
    [InlineData("""{"name": "x"}""", "$.tools[1].inputSchema: it is missing.")]
    [InlineData("""{"name": "x", "inputSchema": {"type": "object", "properties": {"n": {"type": "whole"}}}}""", "$.tools[1].inputSchema.properties.n.type: ")]
    [InlineData("""{"name": "x", "inputSchema": {"type": "object", "properties": {"n": {"$ref": "https://example.com/s.json"}}}}""", "$.tools[1].inputSchema.properties.n")]
    [InlineData("""{"name": "bad name!", "inputSchema": {"type": "object"}}""", "$.tools[1].name: \"shop_bad name!\" is not a function's name")]
    [InlineData("""{"name": "good", "inputSchema": {"type": "object"}}""", "$.tools[1]: there is a tool \"good\" already")]
    [InlineData("""{"inputSchema": {"type": "object"}}""", "$.tools[1] has no \"name\"")]
    [InlineData("17", "$.tools[1] has no \"name\"")]
    public void Add_UnusableTool_IsRefusedWithItsPathAndTheOthersStay(string tool, string expected)
    {
        var list = Read(Server, Tool("good"), tool, Tool("last"));

        Assert.Equal(["shop_good", "shop_last"], list.Tools.Select(taken => taken.Definition.Name));
        Assert.StartsWith(expected, Assert.Single(list.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Add_TwoNamesThatBecomeOne_TheSecondIsRefused()
    {
        var list = Read(Server, Tool("a.b"), Tool("a_b"));

        Assert.Equal("a.b", Assert.Single(list.Tools).ServerName);
        Assert.StartsWith("$.tools[1].name: \"shop_a_b\" is there already", Assert.Single(list.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Add_AllowList_TakesNothingElseAndNamesWhatIsMissing()
    {
        var list = Read(Server with { Allow = ["buy", "sell"], Effects = new Dictionary<string, FunctionEffect> { ["by"] = FunctionEffect.Pure } }, Tool("buy"), Tool("steal"));

        Assert.Equal("buy", Assert.Single(list.Tools).ServerName);
        Assert.Equal(["allow names \"sell\", which the server does not have.", "effects names \"by\", which the server does not have. Did you mean \"buy\"?"], list.Notes);
    }

    [Fact]
    public void Add_MoreToolsThanTheBound_LeavesOutTheRest()
    {
        var list = Read(Server, [.. Enumerable.Range(0, McpToolList.MaxTools + 5).Select(i => Tool($"t{i}"))]);

        Assert.Equal(McpToolList.MaxTools, list.Tools.Count);
        Assert.Contains("more than 256 tools", Assert.Single(list.Notes), StringComparison.Ordinal);
        Assert.False(list.HasRoom);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"tools": {}}""")]
    public void Add_NoList_Throws(string page) => Assert.Throws<JsonException>(() => new McpToolList(Server).Add(JsonElement.Parse(page)));
}
