using System.Text.Json;
using Omega.Cli.Functions;
using Omega.Gpt;

namespace Omega.Cli.Tests.Functions;

public sealed class McpSettingsTests
{
    private static IReadOnlyList<McpOptions> Read(string section) =>
        McpSettings.Read("omega.json", JsonElement.Parse(section), name => name == "SHOP_TOKEN" ? "s3cret" : null);

    [Fact]
    public void Read_Servers_TakesEveryField()
    {
        var servers = Read("""
            {
              "files": {"command": "mcp-files", "args": ["--root", "/data"], "env": {"TOKEN": "x-${SHOP_TOKEN}"}, "directory": "/srv", "prefix": "", "allow": ["read"],
                        "effects": {"read": "pure"}, "approval": false, "timeout": 5, "connect_timeout": 60},
              "shop": {"url": "https://shop.example.com/mcp", "headers": {"Authorization": "Bearer ${SHOP_TOKEN}"}}
            }
            """);

        var files = servers[0];
        var command = Assert.IsType<McpProgram>(files.Endpoint).Command;
        Assert.Equal(("files", "mcp-files", "/srv", ""), (files.Name, command.Program, command.WorkingDirectory, files.Prefix));
        Assert.Equal(["--root", "/data"], command.Arguments);
        Assert.Equal("x-s3cret", command.Environment["TOKEN"]);
        Assert.Equal(["read"], files.Allow);
        Assert.Equal(FunctionEffect.Pure, files.Effects["read"]);
        Assert.Equal((false, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(60)), (files.RequiresApproval, files.CallTimeout, files.ConnectTimeout));
        var shop = Assert.IsType<McpAddress>(servers[1].Endpoint);
        Assert.Equal(("https://shop.example.com/mcp", "Bearer s3cret"), (shop.Url.AbsoluteUri, shop.Headers["Authorization"]));
        Assert.True(servers[1].RequiresApproval);
    }

    [Theory]
    [InlineData("[]", "omega.json: \"mcp\" must be an object of servers by name")]
    [InlineData("""{"a": "mcp-files"}""", "omega.json: \"mcp.a\" must be an object with \"command\" or \"url\".")]
    [InlineData("""{"a": {}}""", "omega.json: \"mcp.a\" needs either \"command\" or \"url\".")]
    [InlineData("""{"a": {"command": "x", "url": "http://y"}}""", "omega.json: \"mcp.a\" needs either \"command\" or \"url\".")]
    [InlineData("""{"a": {"command": "x", "alow": []}}""", "omega.json: \"mcp.a.alow\" is not known. Known: command,")]
    [InlineData("""{"a": {"command": ["x"]}}""", "omega.json: \"mcp.a.command\" must be a text in quotes.")]
    [InlineData("""{"a": {"command": "x", "args": "y"}}""", "omega.json: \"mcp.a.args\" must be an array of texts.")]
    [InlineData("""{"a": {"command": "x", "env": {"N": 1}}}""", "omega.json: \"mcp.a.env\" must be an object of texts.")]
    [InlineData("""{"a": {"command": "x", "env": {"N": "${GONE}"}}}""", "omega.json: \"mcp.a.env.N\" names ${GONE}, which is not set.")]
    [InlineData("""{"a": {"command": "x", "headers": {}}}""", "omega.json: \"mcp.a.headers\" belongs to a \"url\"")]
    [InlineData("""{"a": {"url": "http://x", "args": []}}""", "omega.json: \"mcp.a.args\" belongs to a \"command\"")]
    [InlineData("""{"a": {"url": "ftp://x"}}""", "omega.json: \"mcp.a.url\" is \"ftp://x\"; it must begin with http:// or https://.")]
    [InlineData("""{"a": {"url": "http://x", "effects": {"t": "none"}}}""", "omega.json: \"mcp.a.effects.t\" is \"none\"; it must be \"pure\"")]
    [InlineData("""{"a": {"url": "http://x", "approval": "no"}}""", "omega.json: \"mcp.a.approval\" must be true or false.")]
    [InlineData("""{"a": {"url": "http://x", "timeout": 0}}""", "omega.json: \"mcp.a.timeout\" must be a number of seconds above 0, up to 86400.")]
    public void Read_WrongSection_SaysWhere(string section, string expected)
    {
        var error = Assert.Throws<CliException>(() => Read(section));

        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }
}
