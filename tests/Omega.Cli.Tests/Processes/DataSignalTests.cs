using System.Globalization;
using System.Text;
using Omega.TestKit;

namespace Omega.Cli.Tests.Processes;

/// <summary>A signal in the middle of an import.</summary>
public sealed class DataSignalTests : IDisposable
{
    private readonly OmegaProcess _omega = new();

    public void Dispose() => _omega.Dispose();

    [Theory]
    [InlineData(ProcessSignal.Interrupt, 130)]
    [InlineData(ProcessSignal.Terminate, 143)]
    public async Task Import_Signal_StopsAndKeepsNothing(ProcessSignal signal, int code)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no /dev/stdin.");
        await using var run = _omega.Start("data", "import", "/dev/stdin", "--instrument", "BTC");
        // More than a pipe and the program's buffer hold: when all of it is written, the program reads.
        var rows = new StringBuilder("time,open,high,low,close,volume\n");
        for (var i = 0; i < 20_000; i++)
            rows.Append(CultureInfo.InvariantCulture, $"{1502942400 + (i * 3600L)},10,12,9,11,1\n");
        await run.WriteAsync(rows.ToString());

        run.Send(signal);
        await FeedUntilClosedAsync(run);

        Assert.Equal(code, await run.WaitForExitAsync());
        Assert.Equal("", run.Output.Text);
        Assert.Contains("Stopped. No file was changed.", run.Error.Text, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_omega.Home, "candles")));
    }

    // The signal is noticed at the next read, so there has to be something to read.
    private static async Task FeedUntilClosedAsync(ProcessRun run)
    {
        try
        {
            while (!run.HasExited)
                await run.WriteAsync("1902942400,10,12,9,11,1\n");
        }
        catch (IOException)
        {
            // It reads no more.
        }
    }
}
