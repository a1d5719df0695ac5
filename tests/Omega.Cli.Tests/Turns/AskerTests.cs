using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using Omega.Cli.Input;
using Omega.Cli.Tests.Screen;
using Omega.Cli.Turns;
using Omega.Gpt;
using Omega.TestKit;

namespace Omega.Cli.Tests.Turns;

public sealed class AskerTests
{
    private readonly Approvals _approvals = new();
    private readonly FakeTimeProvider _time = new();
    private readonly ScreenTexts _screen = new(isTerminal: true);

    private Task<ApprovalDecision> Ask(string approval, out FunctionCallApprovalRequiredEvent question)
    {
        var request = new ApprovalRequest
        {
            Approval = approval,
            Call = "t.1.0",
            Turn = "t",
            Conversation = "c",
            Function = new FunctionDefinition("order", null, JsonElement.Parse("""{"type":"object"}""")),
            Arguments = """{"symbol":"BTC","quantity":5}""",
            ExpiresAt = _time.GetUtcNow() + TimeSpan.FromMinutes(5),
        };
        question = new FunctionCallApprovalRequiredEvent(request.Call, approval, "order", request.Arguments, request.ExpiresAt);
        return _approvals.AskAsync(request, CancellationToken.None).AsTask();
    }

    private PersonAsker Person(TextReader typed) => new(_screen.Terminal, new LinePrompt(_screen.Terminal, new LineInput(() => typed)), _approvals, _time);

    [Theory]
    [InlineData("y\n", true, null, null)]
    [InlineData("\n YES \n", true, null, null)]
    [InlineData("n\n", false, null, null)]
    [InlineData("too much\n", false, null, "too much")]
    [InlineData("", false, null, "the person left without an answer")]
    [InlineData("e\n{\"quantity\": 1}\n", true, "{\"quantity\": 1}", null)]
    [InlineData("e\n[1]\ne\n{\"quantity\": \ne\n\ny\n", true, null, null)]
    public async Task Ask_Person_AnswersInAWord(string typed, bool approved, string? arguments, string? reason)
    {
        var decision = Ask("a1", out var question);

        await Person(new StringReader(typed)).AskAsync(question, TestContext.Current.CancellationToken);

        var given = await decision.Soon();
        Assert.Equal((approved, arguments, reason), (given.IsApproved, given.Arguments, given.Reason));
        Assert.StartsWith("approve: order needs your approval\n  symbol: \"BTC\"\n  quantity: 5\nrun it? y yes · n no · e edit · or say why not: ", _screen.Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_QuestionThatIsAnsweredAlready_AsksNobody()
    {
        await Person(new StringReader("y\n")).AskAsync(new FunctionCallApprovalRequiredEvent("t.1.0", "gone", "order", "{}", _time.GetUtcNow()), TestContext.Current.CancellationToken);

        Assert.Equal("", _screen.Error);
    }

    [Fact]
    public async Task Ask_NobodyAnswersInTime_GoesOnAndTheLineThatComesLaterIsTheNextOnes()
    {
        using var typing = new SlowReader();
        var lines = new LineInput(() => typing);
        _ = Ask("a1", out var question);
        var asking = new PersonAsker(_screen.Terminal, new LinePrompt(_screen.Terminal, lines), _approvals, _time).AskAsync(question, TestContext.Current.CancellationToken).AsTask();
        await typing.Reading.Soon();

        _time.Advance(TimeSpan.FromMinutes(5));
        await asking.Soon();
        typing.Type("next question");

        Assert.Contains("Nobody answered in time; it is not run.", _screen.Error, StringComparison.Ordinal);
        Assert.Equal("next question", await lines.ReadAsync(TestContext.Current.CancellationToken).AsTask().Soon());
    }

    [Theory]
    [InlineData("""{"approval": "a1", "decision": "approve"}""", true, null, null)]
    [InlineData("""{"approval": "a1", "decision": "approve", "arguments": {"quantity": 1}}""", true, "{\"quantity\": 1}", null)]
    [InlineData("""{"approval": "a1", "decision": "deny", "reason": "no money"}""", false, null, "no money")]
    [InlineData("""{"approval": "a1", "decision": "deny"}""", false, null, null)]
    public async Task Ask_Lines_AnswersByTheApprovalsId(string line, bool approved, string? arguments, string? reason)
    {
        using var typing = new SlowReader();
        var decision = Ask("a1", out var question);
        await using var asker = new LineAsker(_screen.Terminal, new LineInput(() => typing), _approvals);
        await asker.AskAsync(question, TestContext.Current.CancellationToken);

        typing.Type("nonsense", """{"decision": "approve"}""", """{"approval": "a1", "decision": "maybe"}""", """{"approval": "b2", "decision": "approve"}""", line);

        var given = await decision.Soon();
        Assert.Equal((approved, arguments, reason), (given.IsApproved, given.Arguments, given.Reason));
        Assert.Equal(
            [
                "note: answer left out: not JSON at character 2.",
                "note: answer left out: there is no \"approval\".",
                "note: answer left out: \"decision\" must be \"approve\" or \"deny\".",
                "note: answer left out: no question \"b2\" waits for an answer.",
            ],
            _screen.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ask_LinesEnd_WhatWaitsIsDenied(bool before)
    {
        using var typing = new SlowReader();
        await using var asker = new LineAsker(_screen.Terminal, new LineInput(() => typing), _approvals);
        if (before)
            typing.End();
        var decision = Ask("a1", out var question);
        await asker.AskAsync(question, TestContext.Current.CancellationToken);

        typing.End();

        Assert.Equal("standard input ended without an answer", (await decision.Soon()).Reason);
    }

    /// <summary>Lines that come when the test says so.</summary>
    private sealed class SlowReader : TextReader
    {
        private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
        private readonly TaskCompletionSource _reading = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reading => _reading.Task;

        public void Type(params string[] lines)
        {
            foreach (var line in lines)
                _lines.Writer.TryWrite(line);
        }

        public void End() => _lines.Writer.TryComplete();

        public override string? ReadLine()
        {
            _reading.TrySetResult();
            return _lines.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult() && _lines.Reader.TryRead(out var line) ? line : null;
        }

        protected override void Dispose(bool disposing)
        {
            End();
            base.Dispose(disposing);
        }
    }
}
