namespace Omega.TestKit.Tests;

public sealed class ProcessRunTests
{
    private static readonly bool Unix = !OperatingSystem.IsWindows();

    private static ProcessRun Shell(string script, ProcessRunOptions? options = null)
    {
        Assert.SkipUnless(Unix, "needs a Unix shell");
        return ProcessRun.Start("sh", ["-c", script], options);
    }

    [Fact]
    public async Task Output_WhileItRuns_ComesAsItIsWritten()
    {
        await using var run = Shell("printf 'zaż\\303'; read line; printf '\\263%s' \"$line\"; printf oops >&2; exit 3");

        await run.Output.WaitForAsync(text => text.Length == 4);
        Assert.False(run.HasExited);
        Assert.Equal([0x7a, 0x61, 0xc5, 0xbc, 0xc3], run.Output.Bytes);
        await run.WriteAsync("łw\n");

        Assert.Equal(3, await run.WaitForExitAsync());
        Assert.Equal("zażółw", run.Output.Text);
        Assert.Equal("oops", run.Error.Text);
        Assert.Equal(run.Output.Bytes.Length, run.Output.Reads.Sum());
        Assert.True(run.Output.Reads.Count > 1);
    }

    [Fact]
    public async Task CloseInput_Reader_SeesTheEnd()
    {
        await using var run = Shell("cat; echo end");

        await run.WriteAsync("a\n");
        run.CloseInput();

        Assert.Equal(0, await run.WaitForExitAsync());
        Assert.Equal("a\nend\n", run.Output.Text);
    }

    [Theory]
    [InlineData(ProcessSignal.Interrupt, "INT")]
    [InlineData(ProcessSignal.Terminate, "TERM")]
    public async Task Send_ASignalItTraps_TheProgramDecides(ProcessSignal signal, string trap)
    {
        await using var run = Shell($"trap 'echo caught; exit 7' {trap}; echo ready; while :; do :; done");
        await run.Output.WaitForAsync("ready");

        run.Send(signal);

        Assert.Equal(7, await run.WaitForExitAsync());
        Assert.Contains("caught", run.Output.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_Kill_NothingMoreRuns()
    {
        await using var run = Shell("trap 'echo caught' EXIT; echo ready; read line");
        await run.Output.WaitForAsync("ready");

        run.Send(ProcessSignal.Kill);

        Assert.Equal(137, await run.WaitForExitAsync());
        Assert.Equal("ready\n", run.Output.Text);
    }

    [Fact]
    public async Task Send_StopAndContinue_FrozenBetween()
    {
        await using var run = Shell("while read line; do echo \"got $line\"; done");
        await run.WriteAsync("1\n");
        await run.Output.WaitForAsync("got 1");

        run.Send(ProcessSignal.Stop);
        await run.WriteAsync("2\n");
        await Assert.ThrowsAsync<TimeoutException>(() => run.Output.WaitForAsync("got 2", TimeSpan.FromMilliseconds(50)));
        run.Send(ProcessSignal.Continue);

        await run.Output.WaitForAsync("got 2");
    }

    [Fact]
    public async Task Environment_SetRemovedAndNotInherited_AsAsked()
    {
        const string Show = "printf '%s,%s,%s' \"$OMEGA_A\" \"${HOME-none}\" \"$PWD\"";
        using var folder = new TempFolder();

        await using var changed = Shell(Show, new() { Environment = new Dictionary<string, string?> { ["OMEGA_A"] = "1", ["HOME"] = null }, WorkingDirectory = folder.Path });
        await using var bare = Shell(Show, new() { InheritEnvironment = false });
        await changed.WaitForExitAsync();
        await bare.WaitForExitAsync();

        Assert.Equal($"1,none,{folder.Path}", changed.Output.Text);
        Assert.StartsWith(",none,", bare.Output.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitForExit_StillRunning_SaysWhatItWroteAndDisposeKillsIt()
    {
        int id;
        await using (var run = Shell("echo here; read line"))
        {
            id = run.Id;
            await run.Output.WaitForAsync("here");
            var error = await Assert.ThrowsAsync<TimeoutException>(() => run.WaitForExitAsync(TimeSpan.FromMilliseconds(20)));
            Assert.Contains("here", error.Message, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentException>(() => System.Diagnostics.Process.GetProcessById(id));
    }

    [Fact]
    public async Task WaitForAsync_OutputEndsWithoutIt_FailsAtOnce()
    {
        await using var run = Shell("echo other");

        var error = await Assert.ThrowsAsync<TimeoutException>(() => run.Output.WaitForAsync("this"));

        Assert.Contains("ended without \"this\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartDotnet_ADll_Runs()
    {
        await using var run = ProcessRun.StartDotnet(typeof(ProcessRunTests).Assembly.Location, ["-assemblyInfo"]);

        Assert.Equal(0, await run.WaitForExitAsync(TimeSpan.FromSeconds(60)));
        Assert.Contains("test-framework", run.Output.Text, StringComparison.Ordinal);
    }
}
