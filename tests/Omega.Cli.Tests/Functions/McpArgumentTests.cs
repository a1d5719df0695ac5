using Omega.Cli.Functions;
using Omega.Gpt;

namespace Omega.Cli.Tests.Functions;

public sealed class McpArgumentTests
{
    private static readonly McpOptions Configured = new("files", new McpProgram(new CommandOptions("mcp-files"))) { Allow = ["read"] };

    [Fact]
    public void Parse_Command_IsAProgramWithItsArguments()
    {
        var server = McpArgument.Parse("git=uvx 'mcp server' --repo=a=b", []);

        var command = Assert.IsType<McpProgram>(server.Endpoint).Command;
        Assert.Equal(("git", "uvx"), (server.Name, command.Program));
        Assert.Equal(["mcp server", "--repo=a=b"], command.Arguments);
        Assert.True(server.RequiresApproval);
    }

    [Theory]
    [InlineData("https://tools.example.com/mcp", "tools", "https://tools.example.com/mcp")]
    [InlineData("https://mcp.example.com/?a=b", "example", "https://mcp.example.com/?a=b")]
    [InlineData("http://127.0.0.1:8080/mcp", "mcp", "http://127.0.0.1:8080/mcp")]
    [InlineData("shop=https://mcp.example.com/x", "shop", "https://mcp.example.com/x")]
    public void Parse_Address_IsOne(string text, string name, string address)
    {
        var server = McpArgument.Parse(text, []);

        Assert.Equal((name, address), (server.Name, Assert.IsType<McpAddress>(server.Endpoint).Url.AbsoluteUri));
    }

    [Fact]
    public void Parse_NameOfTheConfiguration_IsThatServer() => Assert.Same(Configured, McpArgument.Parse("files", [Configured]));

    [Theory]
    [InlineData("nothing", "--mcp: there is no server \"nothing\" in omega.json (there: files). Give \"NAME=COMMAND ARGUMENTS…\"")]
    [InlineData("x=", "--mcp: \"x=\" names no command.")]
    [InlineData("x=a 'b", "--mcp: a quote is left open in \"x=a 'b\".")]
    public void Parse_SomethingElse_SaysTheForms(string text, string expected)
    {
        var error = Assert.Throws<CliException>(() => McpArgument.Parse(text, [Configured]));

        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }
}
