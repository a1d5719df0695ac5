using System.Text.Json;
using Omega.Cli.Functions;
using Omega.Cli.Screen;
using Omega.Gpt;

namespace Omega.Cli.Tests.Functions;

public sealed class ApprovalRulesTests
{
    private static readonly FunctionDefinition Order = new("order", null, JsonElement.Parse("""{"type":"object"}"""));

    private static Terminal Terminal(bool person) => new(Stream.Null, TextWriter.Null) { IsInputTerminal = person, IsErrorTerminal = person };

    private static ApprovalRequest Request { get; } = new()
    {
        Approval = "a1",
        Call = "t.1.0",
        Turn = "t",
        Conversation = "c",
        Function = Order,
        Arguments = "{}",
        ExpiresAt = DateTimeOffset.UnixEpoch,
    };

    [Theory]
    [InlineData(false, false, "", "Nobody", "denied")]
    [InlineData(false, false, "none", "Nobody", "denied")]
    [InlineData(false, false, "other", "Nobody", "denied")]
    [InlineData(false, false, "order", "Nobody", "approved")]
    [InlineData(false, false, "all", "Nobody", "approved")]
    [InlineData(false, true, "", "Person", "open")]
    [InlineData(false, true, "ask", "Person", "open")]
    [InlineData(false, true, "order", "Person", "approved")]
    [InlineData(false, true, "none", "Nobody", "denied")]
    [InlineData(true, true, "", "Nobody", "denied")]
    [InlineData(true, false, "ask", "Lines", "open")]
    [InlineData(true, false, "ask order", "Lines", "approved")]
    public async Task Decide_Rules_FailClosed(bool json, bool person, string words, string asked, string outcome)
    {
        var open = new Approvals();
        var (approver, by) = ApprovalRules.Parse(words.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Decide(json, Terminal(person), open);

        var decision = approver(Request, TestContext.Current.CancellationToken);

        Assert.Equal(asked, by.ToString());
        Assert.Equal(outcome, !decision.IsCompleted ? "open" : (await decision).IsApproved ? "approved" : "denied");
        if (outcome == "denied")
            Assert.Contains("--approve order", (await decision).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_AskWithoutAnybody_IsRefused() =>
        Assert.Equal(ExitCode.Usage, Assert.Throws<CliException>(() => ApprovalRules.Parse(["ask"]).Decide(json: false, Terminal(false), new Approvals())).ExitCode);

    [Fact]
    public void Parse_Contradiction_IsRefused() => Assert.Throws<CliException>(() => ApprovalRules.Parse(["all", "none"]));

    [Fact]
    public void Check_NameThatNoFunctionHas_IsRefused()
    {
        var rules = ApprovalRules.Parse(["oder"]);

        Assert.Equal("--approve: there is no function \"oder\". There are: order.", Assert.Throws<CliException>(() => rules.Check(new FunctionSet(Order))).Message);
    }
}
