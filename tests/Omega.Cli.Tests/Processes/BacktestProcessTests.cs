using Omega.Cli.Tests.Commands.Backtest;
using Omega.TestKit;

namespace Omega.Cli.Tests.Processes;

public sealed class BacktestProcessTests : IDisposable
{
    private readonly OmegaProcess _omega = new();

    public void Dispose() => _omega.Dispose();

    [Fact]
    public async Task Backtest_CandlesFromAPipe_AnswersOnStandardOutputAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no /dev/stdin.");
        var result = await _omega.RunAsync(CandleText.Walk(300), "backtest", "--strategy", "ema-cross", "--candles", "/dev/stdin", "--csv", "equity");
        Assert.Equal((0, "", 301), (result.Code, result.Error, result.Lines.Length));
        Assert.DoesNotContain('\e', result.Output);
    }

    [Theory]
    [InlineData(ProcessSignal.Interrupt, 130)]
    [InlineData(ProcessSignal.Terminate, 143)]
    public async Task Backtest_Signal_StopsAndLeavesNoPage(ProcessSignal signal, int code)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no /dev/stdin.");
        var page = Path.Combine(Path.GetDirectoryName(_omega.Home)!, "report.html");
        await using var run = _omega.Start("backtest", "--strategy", "ema-cross", "--candles", "/dev/stdin", "--html", page);
        // More than a pipe and the program's buffer hold: when all of it is written, the program reads.
        await run.WriteAsync(CandleText.Walk(20_000));

        run.Send(signal);
        try
        {
            while (!run.HasExited)
                await run.WriteAsync("1902942400,10,12,9,11,1\n");
        }
        catch (IOException)
        {
            // It reads no more.
        }

        Assert.Equal(code, await run.WaitForExitAsync());
        Assert.Equal("", run.Output.Text);
        Assert.Contains("Stopped. No file was changed.", run.Error.Text, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(page)!, "report*"));
    }
}
