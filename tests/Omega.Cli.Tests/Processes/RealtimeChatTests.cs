using Omega.TestKit;

namespace Omega.Cli.Tests.Processes;

/// <summary>The sample, as a stranger runs it.</summary>
public sealed class RealtimeChatTests
{
    [Fact]
    public async Task Sample_OneQuestion_AnswersAndTellsTimesCallsAndRetries()
    {
        await using var run = ProcessRun.StartDotnet(Path.Combine(AppContext.BaseDirectory, "RealtimeChat.dll"), [], new ProcessRunOptions { InheritEnvironment = false });

        await run.WriteAsync("Hello\n");
        await run.Output.WaitForAsync("0 retries]");
        await run.WriteAsync("\n");

        Assert.Equal(0, await run.WaitForExitAsync());
        Assert.Matches(@"> Hello! [\s\S]+\[offline/analyst: first token \d+ ms, total \d+ ms, 0 calls, 0 retries\]", run.Output.Text);
        Assert.Equal("", run.Error.Text);
    }
}
